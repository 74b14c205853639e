using System.Security.Cryptography;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.CloseVote;
using ActiveCitizens.Web.Features.Elections.DecryptTally;
using ActiveCitizens.Web.Features.Elections.DownloadArchive;
using ActiveCitizens.Web.Features.Elections.SealElection;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Tests.Harness;
using ActiveCitizens.Web.Tests.Mandates;
using ActiveCitizens.Web.Tests.MunicipalCouncil;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProtocolElection = ActiveCitizens.Voting.Elections.Election;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>An elector with the code from the letter.</summary>
internal sealed record LetterHolder(Guid Id, int Number, DateOnly BornOn, PrivateCredential Code)
{
    public string Secret => BornOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A contest with everything its people hold.</summary>
internal sealed record SampleContest(Contest Contest, IReadOnlyList<LetterHolder> Electors, IReadOnlyList<Candidate> Candidates);

/// <summary>
/// An election with invented people, as far along as a test needs it. Voting hours are around the real time, for the database has a clock of its
/// own; the city's clock is set to it.
/// </summary>
internal sealed class SampleElection
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, ProtocolElection> _files = new();

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, ArchiveContents> _closed = new();

    private SampleElection(CityFactory city, Election election) => (City, Election) = (city, election);

    public CityFactory City { get; }

    /// <summary>As it was when the sample was made; read it again for its state.</summary>
    public Election Election { get; }

    public IReadOnlyList<SampleContest> Contests { get; private set; } = [];

    /// <summary>Private keys of the trustees, by number from 1: all needed, or as many as the threshold says.</summary>
    public IReadOnlyList<Scalar> TrusteeKeys { get; private set; } = [];

    /// <summary>Called, with roll, decided candidates in their order, keys and credentials: ready to be sealed.</summary>
    public static SampleElection Called(CityFactory city, int contests = 1, int electors = 5, int candidates = 12, ElectionRules? rules = null, int trustees = 3, int? threshold = null)
    {
        var real = DateTimeOffset.UtcNow;
        if (real > city.Clock.GetUtcNow())
        {
            city.Clock.SetUtcNow(real);
        }

        var now = city.Clock.GetUtcNow();
        var mandate = city.InDb(db => db.Set<Features.Mandates.Mandate>().AsNoTracking().FirstOrDefaultAsync(one => one.Year == 2090)) ?? SampleMandates.Add(city, 2090);
        var act = Acts.AddPosted(city);
        var election = Election.Create($"essai-{Guid.NewGuid():N}"[..14], "Conseils de quartier 2026", mandate.Id, isRehearsal: false, now);
        election.SetUp("Conseils de quartier 2026", rules ?? new(), now.AddHours(-1), now.AddHours(24), "05 00 00 00 00", threshold);
        election.Call(act.Id);
        var sample = new SampleElection(city, election);
        sample.MakeKeys(trustees, threshold);
        var neighbourhoods = city.InDb(db => db.Set<Neighbourhood>().AsNoTracking().OrderBy(one => one.Number).ToListAsync());
        city.InDb(async db =>
        {
            db.Add(election);
            await db.SaveChangesAsync();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            sample.Contests = [.. Enumerable.Range(0, contests).Select(i => sample.Fill(db, i < neighbourhoods.Count ? neighbourhoods[i] : Invented(i), electors, candidates, now))];
            db.Add(new BoardMember { Id = Guid.CreateVersion7(now), ElectionId = election.Id, Name = "Autorité des codes", Email = $"codes-{election.Slug}@example.org", Duty = BoardDuty.CredentialAuthority, TrusteeNumber = null, ContestId = null });
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        });
        return sample;
    }

    public static SampleElection Sealed(CityFactory city, int contests = 1, int electors = 5, int candidates = 12, ElectionRules? rules = null, int trustees = 3, int? threshold = null)
    {
        var sample = Called(city, contests, electors, candidates, rules, trustees, threshold);
        sample.Seal();
        return sample;
    }

    public SealElectionResult Seal() => In<SealElectionHandler, SealElectionResult>(handler => handler.SealAsync(Election.Id, default));

    /// <summary>A ballot of that elector's code, for the candidates at these places (from 0); none is a blank ballot.</summary>
    public byte[] BallotOf(SampleContest contest, LetterHolder elector, params IReadOnlyList<int> chosen)
    {
        var election = ReadElection(contest);
        var answers = election.Questions[0].Answers.Count;
        return BallotMaker.Make(election, elector.Code, [[chosen.Count == 0 ? 1 : 0, .. Enumerable.Range(0, answers).Select(i => chosen.Contains(i) ? 1 : 0)]], RandomNumberGenerator.Create());
    }

    public CastResult Cast(SampleContest contest, LetterHolder elector, params IReadOnlyList<int> chosen) => Cast(contest, elector, BallotOf(contest, elector, chosen));

    public CastResult Cast(SampleContest contest, LetterHolder elector, byte[] ballot, string? secret = null) =>
        In<CastBallotHandler, CastResult>(handler => handler.CastAsync(new(contest.Contest.Id, elector.Number, secret ?? elector.Secret, ballot), default));

    /// <summary>Moves the city's clock past the hours and closes the boxes.</summary>
    public CloseVoteResult Close()
    {
        City.Clock.Advance(TimeSpan.FromHours(25));
        return In<CloseVoteHandler, CloseVoteResult>(handler => handler.CloseAsync(Election.Id, default));
    }

    public CloseVoteResult CloseAgain() => In<CloseVoteHandler, CloseVoteResult>(handler => handler.CloseAsync(Election.Id, default));

    /// <summary>Hands in something while there is no tally yet.</summary>
    public DecryptTallyResult DecryptEarly(SampleContest contest) => In<DecryptTallyHandler, DecryptTallyResult>(handler => handler.KeepAsync(contest.Contest.Id, 1, [1, 2, 3], default));

    public DecryptTallyResult Decrypt(SampleContest contest, int trustee, Scalar? key = null)
    {
        var contents = _closed.GetOrAdd(contest.Contest.Id, _ => Verify(contest).Contents!);
        var document = PartialDecryption.Make(contents.Election, contents.ToDecrypt!, key ?? TrusteeKeys[trustee - 1], RandomNumberGenerator.Create());
        return In<DecryptTallyHandler, DecryptTallyResult>(handler => handler.KeepAsync(contest.Contest.Id, trustee, document, default));
    }

    public MemoryStream Archive(SampleContest contest)
    {
        var copy = new MemoryStream();
        City.InScope(services => services.GetRequiredService<ArchiveCopy>().WriteAsync(contest.Contest.Id, copy, default));
        copy.Position = 0;
        return copy;
    }

    public VerificationReport Verify(SampleContest contest, VerificationOptions? options = null) => Verifier.Verify(Archive(contest), options);

    public Contest Read(SampleContest contest) => City.InDb(db => db.Set<Contest>().AsNoTracking().SingleAsync(one => one.Id == contest.Contest.Id));

    public Election ReadState() => City.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Id == Election.Id));

    /// <summary>The election file; fixed when the sample is sealed.</summary>
    public ProtocolElection ReadElection(SampleContest contest) => _files.GetOrAdd(contest.Contest.Id, _ => ProtocolElection.Read(Read(contest).ElectionDocument));

    private static Neighbourhood Invented(int i) => new()
    {
        Id = Guid.NewGuid(), VersionId = Guid.NewGuid(), Code = $"Q{i + 1:00}", Number = i + 1, Name = $"Quartier {i + 1}", NameStatus = NameStatus.NotStated, NameSource = null, Slug = $"q{i + 1:00}",
        PollingBureau = $"{i + 1:0000}", Population = 1500, Electors = 800, Seats = 9, BudgetPerMandateCents = 375_000_00, Boundary = "", LabelLongitude = 0, LabelLatitude = 44, AreaSquareMetres = 1,
        BoundaryIsIllustrative = true, FiguresAreIllustrative = true,
    };

    private T In<THandler, T>(Func<THandler, Task<T>> act)
        where THandler : notnull
    {
        T answer = default!;
        City.InScope(async services => answer = await act(services.GetRequiredService<THandler>()));
        return answer;
    }

    private void MakeKeys(int trustees, int? threshold)
    {
        using var random = RandomNumberGenerator.Create();
        if (threshold is { } enough)
        {
            var (set, keys) = Ceremony(new CeremonySetting(Group.Ed25519, trustees, enough), random);
            TrusteeKeys = keys;
            Election.KeepTrustees(TrusteeSet.Of(Group.Ed25519, set).Bytes.ToArray());
            return;
        }

        TrusteeKeys = [.. Enumerable.Range(0, trustees).Select(_ => TrusteePrivateKey.Generate(Group.Ed25519, random))];
        Election.KeepTrustees(TrusteeSet.Of(Group.Ed25519, [.. TrusteeKeys.Select((key, i) => new Trustee.Mandatory(TrusteeKey.Prove(Group.Ed25519, key, $"Membre {i + 1}", random)))]).Bytes.ToArray());
    }

    /// <summary>The key ceremony, all members at one table.</summary>
    private static (Trustee.Pedersen Set, IReadOnlyList<Scalar> Keys) Ceremony(CeremonySetting setting, RandomNumberGenerator random)
    {
        List<CeremonyMember> members = [.. Enumerable.Range(1, setting.Size).Select(index => new CeremonyMember(setting, index, ThresholdSeed.Generate(random)))];
        var certificates = Done(CertificateSet.Read(setting, Of(member => member.MakeCertificate(random))));
        var commitments = Done(CommitmentSet.Read(certificates, Of(member => Done(member.MakeCommitment(certificates, random)))));
        var reveals = Done(RevealSet.Read(commitments, Of(member => Done(member.MakeReveal(commitments, random)))));
        var set = Done(reveals.Finish(Of(member => Done(member.MakeVerificationKey(reveals, null, random)))));
        return (set, [.. members.Select(member => Done(member.PrivateKey(reveals)))]);

        IReadOnlyList<ReadOnlyMemory<byte>> Of(Func<CeremonyMember, byte[]> make) => [.. members.Select(member => (ReadOnlyMemory<byte>)make(member))];

        static T Done<T>(CeremonyOutcome<T> outcome) => Assert.IsType<CeremonyOutcome<T>.Done>(outcome).Value;
    }

    private SampleContest Fill(Persistence.CityDbContext db, Neighbourhood neighbourhood, int electors, int candidates, DateTimeOffset now)
    {
        using var random = RandomNumberGenerator.Create();
        var contest = Contest.Create(Election.Id, neighbourhood, ProtocolElection.NewUuid(random), now);
        var issued = CredentialAuthority.Issue(Group.Ed25519, contest.Uuid, electors, null, random);
        contest.KeepCredentials(issued.PublicList.ToArray());
        db.Add(contest);
        var holders = new List<LetterHolder>();
        for (var i = 0; i < electors; i++)
        {
            var elector = new Elector
            {
                Id = Guid.CreateVersion7(now), ElectionId = Election.Id, ContestId = contest.Id, Number = i + 1, LastName = $"ÉLECTEUR{i + 1}", UsualName = null, FirstNames = "Dominique", Sex = i % 2 == 0 ? Sex.Female : Sex.Male,
                BornOn = new DateOnly(1940, 1, 1).AddDays(i * 97 % 22_000), BirthPlace = "Agen", Nationality = "Française", NationalNumber = null, AddressLines = $"{i + 1} rue de la République", PostCode = "47000", Town = "Agen",
                Email = null, SearchText = $"electeur{i + 1} dominique",
            };
            db.Add(elector);
            holders.Add(new(elector.Id, elector.Number, elector.BornOn, issued.Private[i]));
        }

        var standing = new List<Candidate>();
        for (var i = 0; i < candidates; i++)
        {
            var candidate = new Candidate
            {
                Id = Guid.CreateVersion7(now), ContestId = contest.Id, FirstNames = "Camille", LastName = $"Candidat{i + 1}", Sex = i % 2 == 0 ? Sex.Female : Sex.Male, BornOn = new DateOnly(1950, 1, 1).AddDays(i * 400), Email = $"c{i}-{contest.Uuid}@example.org",
            };
            candidate.Submit(now);
            candidate.Accept();
            candidate.Place(i + 1);
            db.Add(candidate);
            standing.Add(candidate);
        }

        return new(contest, holders, standing);
    }
}
