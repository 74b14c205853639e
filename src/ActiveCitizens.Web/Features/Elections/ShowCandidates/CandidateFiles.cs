using ActiveCitizens.Web.Features.Shared.Operations;

namespace ActiveCitizens.Web.Features.Elections.ShowCandidates;

/// <summary>
/// Pictures and PDFs of those who can be elected. A PDF is the candidate's own file: it is only ever saved, never shown as a page of this site.
/// </summary>
public static class CandidateFiles
{
    public static void MapCandidateFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/elections/{slug}/{code}/candidates/{id:guid}/picture.jpg", async (string slug, string code, Guid id, CandidacyReader candidacies, CancellationToken cancel) =>
            await FindAsync(slug, code, id, candidacies, cancel) is { HasPhoto: true } && await candidacies.PhotoAsync(id, cancel) is { } photo ? Results.Bytes(photo, "image/jpeg") : Results.NotFound())
            .CacheOutput(policy => policy.AddPolicy<PublicPage>().Tag(ElectionsModule.CacheTag).Expire(PublicPage.Lifetime));
        routes.MapGet("/elections/{slug}/{code}/candidates/{id:guid}/statement.pdf", async (string slug, string code, Guid id, CandidacyReader candidacies, CancellationToken cancel) =>
            await FindAsync(slug, code, id, candidacies, cancel) is { HasPdf: true } && await candidacies.PdfAsync(id, cancel) is { } pdf ? Results.File(pdf, "application/pdf", "profession-de-foi.pdf") : Results.NotFound());
    }

    private static async Task<CandidacyLine?> FindAsync(string slug, string code, Guid id, CandidacyReader candidacies, CancellationToken cancel) =>
        await candidacies.FindAsync(slug, code, cancel) is { } place ? (await candidacies.EligibleAsync(place.ContestId, cancel)).FirstOrDefault(one => one.Id == id) : null;
}
