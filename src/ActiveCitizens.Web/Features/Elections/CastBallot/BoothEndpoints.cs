using System.Globalization;
using System.Linq.Expressions;
using System.Net.Mail;
using System.Text;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Assets;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>What the booth's page fetches and posts: the election file and the public list; a ballot to cast, and one to give up.</summary>
public static class BoothEndpoints
{
    /// <summary>More than the ballot of a thousand answers needs, form included.</summary>
    public const int MaxPostBytes = 4 << 20;

    public static void MapBooth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/vote/standalone.html", Standalone);
        var booth = routes.MapGroup("/vote/{slug}/{code}");
        booth.MapGet("election.json", (string slug, string code, ElectionDirectory contests, CityDbContext db, CancellationToken cancel) =>
            DocumentAsync(slug, code, contests, db, contest => contest.ElectionDocument, "election.json", cancel));
        booth.MapGet("credentials.json", (string slug, string code, ElectionDirectory contests, CityDbContext db, CancellationToken cancel) =>
            DocumentAsync(slug, code, contests, db, contest => contest.CredentialsDocument, "public_credentials.json", cancel));
        booth.MapPost("cast", CastAsync).WithMetadata(new PostLimits());
        booth.MapPost("audit", AuditAsync).WithMetadata(new PostLimits());
    }

    // An attachment, so that nobody runs it from our address: it is to be compared, kept, and opened without a network.
    private static IResult Standalone(AssetManifest assets, IWebHostEnvironment environment) =>
        Results.Stream(environment.WebRootFileProvider.GetFileInfo($"assets/{assets.NameOf("booth-standalone.html")}").CreateReadStream(), "text/html; charset=utf-8", "booth-standalone.html");

    private static async Task<IResult> DocumentAsync(string slug, string code, ElectionDirectory contests, CityDbContext db, Expression<Func<Contest, byte[]?>> document, string name, CancellationToken cancel)
    {
        var place = await contests.FindVotingPlaceAsync(slug, code, cancel);
        // Before the sealing nothing is final, and nothing is handed out.
        var content = place is null ? null : await db.Set<Contest>().Where(contest => contest.Id == place.ContestId && contest.ElectionDocument != null).Select(document).SingleOrDefaultAsync(cancel);
        return content is null ? Results.NotFound() : Results.File(content, "application/json", name);
    }

    private static async Task<IResult> CastAsync(string slug, string code, HttpContext http, IAntiforgery antiforgery, ElectionDirectory contests, CastBallotHandler handler, CastWords words, VotingReceipt receipts, City city, CancellationToken cancel)
    {
        if (await ReadFormAsync(http, antiforgery, cancel) is not { } form)
        {
            return Results.BadRequest();
        }

        var place = await contests.FindVotingPlaceAsync(slug, code, cancel);
        CastResult result = new CastResult.UnknownContest();
        var mailed = false;
        if (place is not null)
        {
            var ballot = Encoding.UTF8.GetBytes(form["ballot"].ToString());
            _ = int.TryParse(form["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var email = form["email"].ToString().Trim();
            mailed = email.Length is > 0 and <= Elector.EmailMaxLength && MailAddress.TryCreate(email, out _);
            var page = PublicPageOf(place, city, http.Request);
            result = await handler.CastAsync(new(place.ContestId, number, form["secret"].ToString(), ballot, mailed ? tracker => receipts.Of(email, tracker, place, page) : null), cancel);
        }

        var answer = words.Of(result, place ?? Nowhere);
        return Results.Json(new { next = answer.Next.ToString(), answer.Title, answer.Text, tracker = (result as CastResult.Cast)?.Tracker, mailed = mailed && answer.Next == AfterCast.Done }, statusCode: answer.StatusCode);
    }

    /// <summary>Keeps the hash of a ballot that its voter opens, before it is opened: it is never counted from then on.</summary>
    private static async Task<IResult> AuditAsync(string slug, string code, HttpContext http, IAntiforgery antiforgery, ElectionDirectory contests, SealedContests sealedContests, CityDbContext db, CancellationToken cancel)
    {
        if (await ReadFormAsync(http, antiforgery, cancel) is not { } form)
        {
            return Results.BadRequest();
        }

        if (await contests.FindVotingPlaceAsync(slug, code, cancel) is not { } place || await sealedContests.FindAsync(place.ContestId, cancel) is not { } contest)
        {
            return Results.NotFound();
        }

        // The whole ballot is asked for, not its hash alone: only the holder of a code can fill this table.
        if (contest.Verifier.Verify(Encoding.UTF8.GetBytes(form["ballot"].ToString())) is not BallotVerdict.Accepted { Ballot: var ballot })
        {
            return Results.UnprocessableEntity();
        }

        db.Add(new AuditedBallot { ContestId = place.ContestId, ContentHash = ballot.Digest.Hex });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Asked a second time because the first answer was lost.
        }

        return Results.NoContent();
    }

    /// <summary>Address of the contest's public page, as receipts have it.</summary>
    internal static string PublicPageOf(VotingPlace place, City city, HttpRequest request) =>
        $"{ReturnPath.SiteAddress(city, request).AbsoluteUri.TrimEnd('/')}/elections/{place.ElectionSlug}/{place.Code}";

    /// <returns>Null when the form does not come from our own page.</returns>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext http, IAntiforgery antiforgery, CancellationToken cancel)
    {
        try
        {
            return http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http) ? await http.Request.ReadFormAsync(cancel) : null;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static VotingPlace Nowhere => new(Guid.Empty, Guid.Empty, "", "", false, ElectionState.Draft, default, default, "", false, SecondSecret.DateOfBirth, "", 0, "", "", 0, BoxState.Preparing);

    private sealed class PostLimits : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxPostBytes;
    }
}
