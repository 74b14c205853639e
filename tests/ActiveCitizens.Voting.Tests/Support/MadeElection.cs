using System.Security.Cryptography;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Shuffles;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;

namespace ActiveCitizens.Voting.Tests.Support;

/// <summary>One entry of a trustees file to be made: a threshold set, or a mandatory trustee when both numbers are 1.</summary>
/// <param name="Decrypting">The members, from 1, who will decrypt.</param>
internal sealed record TrusteePlan(int Threshold, int Size, params int[] Decrypting)
{
    public static TrusteePlan Mandatory => new(1, 1, 1);
}

/// <summary>A vote: who, and the choices question by question.</summary>
internal sealed record Vote(int Voter, params int[][] Choices);

/// <summary>A whole election made by this library, with its secrets.</summary>
internal sealed class MadeElection
{
    private MadeElection(Election election, TrusteeSet trustees, IssuedCredentials credentials, IReadOnlyList<(int Owner, Scalar Key)> keys)
    {
        Election = election;
        Trustees = trustees;
        Issued = credentials;
        Keys = keys;
    }

    public Election Election { get; }

    public TrusteeSet Trustees { get; }

    public IssuedCredentials Issued { get; }

    /// <summary>Of those who decrypt, in the order they do.</summary>
    public IReadOnlyList<(int Owner, Scalar Key)> Keys { get; }

    public byte[] Archive { get; private set; } = [];

    public ElectionResult Result { get; private set; } = null!;

    public static MadeElection Make(string group, IReadOnlyList<Question> questions, IReadOnlyList<long>? weights, int voters, IReadOnlyList<TrusteePlan> plans, IReadOnlyList<Vote> votes, int seed, int shuffles = 1)
    {
        var random = new SeededRandom(seed);
        var made = SetUp(Group.Find(group)!, questions, weights, voters, plans, random);
        made.Run(votes, shuffles, random);
        return made;
    }

    public static MadeElection SetUp(Group group, IReadOnlyList<Question> questions, IReadOnlyList<long>? weights, int voters, IReadOnlyList<TrusteePlan> plans, RandomNumberGenerator random)
    {
        var entries = new List<Trustee>();
        var keys = new List<(int, Scalar)>();
        foreach (var plan in plans)
        {
            var first = entries.Sum(entry => entry.Count);
            if (plan is { Threshold: 1, Size: 1 })
            {
                var key = TrusteePrivateKey.Generate(group, random);
                entries.Add(new Trustee.Mandatory(TrusteeKey.Prove(group, key, null, random)));
                keys.Add((first + 1, key));
            }
            else
            {
                var (set, members) = RunCeremony(new(group, plan.Size, plan.Threshold), random);
                entries.Add(set);
                keys.AddRange(plan.Decrypting.Select(member => (first + member, members[member - 1])));
            }
        }

        var trustees = TrusteeSet.Of(group, entries);
        var uuid = Election.NewUuid(random);
        var election = new ElectionDraft("Élection d'essai", "A “test” with \\ and \n", group, trustees.PublicKey(), questions, uuid) { Administrator = "Ada", CredentialAuthority = "Grace" }.Fix();
        return new(election, trustees, CredentialAuthority.Issue(group, uuid, voters, weights, random), keys);
    }

    /// <summary>The four steps of a key ceremony, each from the documents of the one before.</summary>
    public static (Trustee.Pedersen Set, Scalar[] Keys) RunCeremony(CeremonySetting setting, RandomNumberGenerator random)
    {
        CeremonyMember[] members = [.. Enumerable.Range(1, setting.Size).Select(i => new CeremonyMember(setting, i, ThresholdSeed.Generate(random)))];
        var certificates = Done(CertificateSet.Read(setting, Documents(members, member => member.MakeCertificate(random))));
        var commitments = Done(CommitmentSet.Read(certificates, Documents(members, member => Done(member.MakeCommitment(certificates, random)))));
        var reveals = Done(RevealSet.Read(commitments, Documents(members, member => Done(member.MakeReveal(commitments, random)))));
        var set = Done(reveals.Finish(Documents(members, member => Done(member.MakeVerificationKey(reveals, null, random)))));
        return (set, [.. members.Select(member => Done(member.PrivateKey(reveals)))]);
    }

    public static T Done<T>(CeremonyOutcome<T> outcome) => Assert.IsType<CeremonyOutcome<T>.Done>(outcome).Value;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Documents(CeremonyMember[] members, Func<CeremonyMember, byte[]> make) =>
        [.. members.Select(member => (ReadOnlyMemory<byte>)make(member))];

    public byte[] Ballot(Vote vote, RandomNumberGenerator random) => BallotMaker.Make(Election, Issued.Private[vote.Voter], vote.Choices, random);

    public Scalar Secret(int voter) => Issued.Private[voter].Derive(Election.Group, Election.Uuid);

    private void Run(IReadOnlyList<Vote> votes, int shuffles, RandomNumberGenerator random)
    {
        using var stream = new MemoryStream();
        var writer = ArchiveWriter.Create(stream, DateTimeOffset.FromUnixTimeSeconds(1_795_000_000));
        writer.AddSetup(Election, Trustees.Bytes.Span, Issued.PublicList.Span);
        var credentials = PublicCredentials.Read(Issued.PublicList, Election.Group);
        var verifier = new BallotVerifier(Election, credentials);
        var accumulator = new TallyAccumulator(Election);
        var last = new Dictionary<int, Ballot>();
        foreach (var vote in votes)
        {
            var ballot = Assert.IsType<BallotVerdict.Accepted>(verifier.Verify(Ballot(vote, random))).Ballot;
            var weight = credentials.Weight(credentials.Find(ballot.Credential)!.Value);
            writer.AddBallot(ballot.Bytes.Span);
            if (last.TryGetValue(vote.Voter, out var superseded))
            {
                accumulator.Remove(superseded, weight);
            }

            accumulator.Add(ballot, weight);
            last[vote.Voter] = ballot;
        }

        writer.AddEndBallots();
        var tally = accumulator.Finish();
        writer.AddEncryptedTally(tally.Bytes.Span, tally.NumTallied, tally.TotalWeight);
        var toDecrypt = ShuffleAll(writer, tally, shuffles, random);
        var decryptions = new Dictionary<int, PartialDecryption>();
        foreach (var (owner, key) in Keys)
        {
            var document = PartialDecryption.Make(Election, toDecrypt, key, random);
            writer.AddPartialDecryption(owner, document);
            decryptions.Add(owner, PartialDecryption.Read(Election, toDecrypt, document));
        }

        Assert.Null(Combination.FindMissing(Trustees, decryptions.Keys.ToHashSet()));
        Result = ElectionResult.Compute(Election, Trustees, toDecrypt, tally.TotalWeight, decryptions);
        writer.AddResult(Result.ToBytes());
        Archive = stream.ToArray();
    }

    private IReadOnlyList<IReadOnlyList<Ciphertext>> ShuffleAll(ArchiveWriter writer, EncryptedTally tally, int shuffles, RandomNumberGenerator random)
    {
        if (!Election.HasNonHomomorphicQuestions)
        {
            return tally.Ciphertexts;
        }

        var lists = Shuffle.Input(Election, tally);
        for (var owner = 1; owner <= shuffles; owner++)
        {
            var document = Shuffler.Make(Election, lists, random);
            writer.AddShuffle(owner, document);
            lists = Shuffle.Read(Election, tally.NumTallied, document).Ciphertexts;
        }

        writer.AddEndShuffles();
        return tally.With(Election, lists);
    }
}
