using System.Globalization;
using System.Security.Cryptography;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Election = ActiveCitizens.Web.Features.Elections.Election;
using ProtocolElection = ActiveCitizens.Voting.Elections.Election;

namespace ActiveCitizens.EndToEnd.Harness;

/// <param name="Number">Within the bureau.</param>
public sealed record PreparedElector(int Number, DateOnly BornOn, PrivateCredential Code)
{
    public string Secret => BornOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

public sealed record PreparedContest(Guid Id, string Code, ProtocolElection Election, IReadOnlyList<PreparedElector> Electors)
{
    /// <summary>A ballot for the candidates at these places, from 0.</summary>
    public byte[] BallotOf(PreparedElector elector, params IReadOnlyList<int> chosen) =>
        BallotMaker.Make(Election, elector.Code, [[chosen.Count == 0 ? 1 : 0, .. Enumerable.Range(0, Election.Questions[0].Answers.Count).Select(i => chosen.Contains(i) ? 1 : 0)]], RandomNumberGenerator.Create());
}

/// <summary>
/// An election with invented people that is open now, written straight into a city's empty database: for tests and measurements of the voting
/// alone. Everything that leads there has tests of its own.
/// </summary>
public sealed record PreparedElection(string Slug, IReadOnlyList<PreparedContest> Contests)
{
    public static async Task<PreparedElection> MakeAsync(CityDbContext db, int contests, int electorsEach, int candidates, TimeSpan open)
    {
        await db.Database.MigrateAsync();
        using var random = RandomNumberGenerator.Create();
        var now = DateTimeOffset.UtcNow;
        var mandate = Mandate.Prepare(new MandateContent(new DateOnly(2090, 1, 1), new DateOnly(2096, 1, 1), 9, 375_000_00, null, "Essai", "Codécider.", "L’argent reste celui de la commune."), now);
        var election = Election.Create("essai", "Essai", mandate.Id, isRehearsal: true, now);
        election.SetUp("Essai", new(), now.AddMinutes(-1), now + open, "05 00 00 00 00", trusteeThreshold: null);
        election.Call(null);
        var trustees = TrusteeSet.Of(Group.Ed25519, [new Trustee.Mandatory(TrusteeKey.Prove(Group.Ed25519, TrusteePrivateKey.Generate(Group.Ed25519, random), "Membre 1", random))]);
        election.KeepTrustees(trustees.Bytes.ToArray());
        db.AddRange(mandate, election);
        await db.SaveChangesAsync();
        var prepared = new List<PreparedContest>();
        var boxes = new List<(Contest Contest, ProtocolElection File)>();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var i = 1; i <= contests; i++)
        {
            var contest = Contest.Create(election.Id, Place(i), ProtocolElection.NewUuid(random), now);
            var issued = CredentialAuthority.Issue(Group.Ed25519, contest.Uuid, electorsEach, null, random);
            contest.KeepCredentials(issued.PublicList.ToArray());
            db.Add(contest);
            List<string> names = [.. Enumerable.Range(1, candidates).Select(k => $"Camille Candidat{k}")];
            db.AddRange(names.Select((_, k) => Standing(contest.Id, k + 1, now)));
            var file = new ElectionDraft($"Essai {i}", "Neuf sièges", Group.Ed25519, trustees.PublicKey(), [new HomomorphicQuestion("Qui ?", names, Blank: true, Min: 1, Max: Math.Min(9, candidates))], contest.Uuid).Fix();
            List<PreparedElector> electors = [.. Enumerable.Range(1, electorsEach).Select(n => new PreparedElector(n, new DateOnly(1940, 1, 1).AddDays(n * 97 % 22_000), issued.Private[n - 1]))];
            db.AddRange(electors.Select(elector => OnRoll(election.Id, contest.Id, elector, now)));
            prepared.Add(new(contest.Id, contest.NeighbourhoodCode.ToLowerInvariant(), file, electors));
            boxes.Add((contest, file));
        }

        await db.SaveChangesAsync();
        db.ChangeTracker.AutoDetectChangesEnabled = true;
        db.AddRange(boxes.Select(box => box.Contest.Seal(box.File, election.TrusteesDocument!, new string('0', 64), electorsEach, now)));
        election.Seal();
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return new("essai", prepared);
    }

    /// <summary>A context on a database of its own, outside any site.</summary>
    public static CityDbContext OpenSqlite(string connectionString)
    {
        var options = new DbContextOptionsBuilder<SqliteCityDbContext>().UseApplicationServiceProvider(Services());
        SqliteCityDbContext.Configure(options, connectionString);
        return new SqliteCityDbContext(options.Options);
    }

    public static CityDbContext OpenPostgres(string connectionString)
    {
        var options = new DbContextOptionsBuilder<PostgresCityDbContext>().UseApplicationServiceProvider(Services());
        PostgresCityDbContext.Configure(options, connectionString);
        return new PostgresCityDbContext(options.Options);
    }

    private static ServiceProvider Services() => new ServiceCollection().Configure<IdentityOptions>(CityDbContext.UseStoreVersion).BuildServiceProvider();

    private static Neighbourhood Place(int i) => new()
    {
        Id = Guid.NewGuid(), VersionId = Guid.NewGuid(), Code = $"Q{i:00}", Number = i, Name = $"Quartier {i}", NameStatus = NameStatus.NotStated, NameSource = null, Slug = $"q{i:00}", PollingBureau = $"{i:0000}", Population = null,
        Electors = null, Seats = 9, BudgetPerMandateCents = 0, Boundary = "", LabelLongitude = 0, LabelLatitude = 44, AreaSquareMetres = 1, BoundaryIsIllustrative = true, FiguresAreIllustrative = true,
    };

    private static Candidate Standing(Guid contestId, int order, DateTimeOffset now)
    {
        var candidate = new Candidate { Id = Guid.CreateVersion7(now), ContestId = contestId, FirstNames = "Camille", LastName = $"Candidat{order}", Sex = order % 2 == 0 ? Sex.Male : Sex.Female, BornOn = new DateOnly(1970, 1, 1).AddDays(order), Email = $"{order}@example.org" };
        candidate.Submit(now);
        candidate.Accept();
        candidate.Place(order);
        return candidate;
    }

    private static Elector OnRoll(Guid electionId, Guid contestId, PreparedElector elector, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), ElectionId = electionId, ContestId = contestId, Number = elector.Number, LastName = $"ÉLECTEUR{elector.Number}", UsualName = null, FirstNames = "Dominique", Sex = null, BornOn = elector.BornOn, BirthPlace = null,
        Nationality = null, NationalNumber = null, AddressLines = $"{elector.Number} rue de la République", PostCode = "47000", Town = "Agen", Email = null, SearchText = $"electeur{elector.Number} dominique",
    };
}
