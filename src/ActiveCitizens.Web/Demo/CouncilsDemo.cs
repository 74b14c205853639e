using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActiveCitizens.Web.Features.Neighbourhoods;

namespace ActiveCitizens.Web.Demo;

/// <summary>The demonstration city's councils as associations, through the same checks as their councillors' own papers.</summary>
public sealed class CouncilsDemo(NeighbourhoodDirectory neighbourhoods, CouncilDirectory councils, CouncilHandler papers) : DemoData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public override async Task LoadAsync(string folder, CancellationToken cancel)
    {
        await using var file = File.OpenRead(Path.Combine(folder, "councils.json"));
        var content = await JsonSerializer.DeserializeAsync<Content>(file, Json, cancel) ?? throw new InvalidDataException($"{file.Name} is empty.");
        foreach (var neighbourhood in (await neighbourhoods.MapAsync(cancel)).Neighbourhoods)
        {
            if (await councils.FindAsync(neighbourhood.Code, cancel) is not null)
            {
                continue;
            }

            var rna = "W470" + neighbourhood.Number.ToString("D6", CultureInfo.InvariantCulture);
            var on = neighbourhood.Published?.AssociationConstitutedOn ?? content.ConstitutedOn;
            await papers.ConstituteAsync(neighbourhood.Code, rna, on, content.Statutes, on, content.IllustrativeRemark, cancel);
            if (content.Councils.FirstOrDefault(council => council.Code == neighbourhood.Code) is { } known && await councils.FindAsync(neighbourhood.Code, cancel) is { } association)
            {
                await FillAsync(association, known, cancel);
            }
        }
    }

    private async Task FillAsync(CouncilAssociation association, Council known, CancellationToken cancel)
    {
        foreach (var office in known.Offices)
        {
            await papers.TakeOfficeAsync(association, office.Office, office.HolderName, office.From, cancel);
        }

        foreach (var meeting in known.Meetings)
        {
            await papers.RecordMeetingAsync(association, meeting.HeldOn, meeting.PresentCount, meeting.Minutes, cancel);
        }

        foreach (var member in known.Members)
        {
            await papers.AddMemberAsync(association, member.Name, member.From, cancel);
        }
    }

    private sealed record Content(DateOnly ConstitutedOn, string IllustrativeRemark, string Statutes, IReadOnlyList<Council> Councils);

    private sealed record Council(string Code, IReadOnlyList<Held> Offices, IReadOnlyList<Meeting> Meetings, IReadOnlyList<Member> Members);

    private sealed record Held(CouncilOfficeKind Office, string HolderName, DateOnly From);

    private sealed record Meeting(DateOnly HeldOn, int PresentCount, string Minutes);

    private sealed record Member(string Name, DateOnly From);
}
