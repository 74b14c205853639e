using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.MakeKeys;

public abstract record KeepKeyResult
{
    private KeepKeyResult() { }

    /// <param name="AllMade">The election has its trustees' file now.</param>
    public sealed record Kept(bool AllMade) : KeepKeyResult;
    public sealed record AlreadyMade : KeepKeyResult;

    /// <summary>The election is not called, or sealed already.</summary>
    public sealed record NotNow : KeepKeyResult;

    /// <summary>Nothing was kept; <paramref name="Reason"/> is for a technician.</summary>
    public sealed record Unacceptable(string Reason) : KeepKeyResult;
}

/// <summary>
/// Takes what trustees hand in: the public key of each when all are needed, the documents of the key ceremony when some are enough. Each is checked by
/// the protocol's own rules before it is kept, and the trustees' file is written with the last one.
/// </summary>
public sealed class KeyHandler(CityDbContext db, ElectionCalendar calendar, AuditTrail audit)
{
    /// <summary>Rounds of the ceremony: certificate, commitment, reveal with shares, verification key.</summary>
    public const int Rounds = 4;

    /// <summary>The round that waits for documents; 5 when the ceremony is over.</summary>
    public static int RoundOf(IReadOnlyCollection<CeremonyMessage> messages, int members) => Enumerable.Range(1, Rounds).FirstOrDefault(round => messages.Count(one => one.Round == round) < members, Rounds + 1);

    /// <summary>The trustees' file where all are needed and every one has made a key.</summary>
    /// <param name="trustees">In the order of their numbers.</param>
    public static byte[] FileOf(IEnumerable<BoardMember> trustees) =>
        TrusteeSet.Of(Group.Ed25519, [.. trustees.Select(one => new Trustee.Mandatory(TrusteeKey.Read(one.PublicKey, Group.Ed25519)))]).Bytes.ToArray();

    public async Task<KeepKeyResult> KeepAsync(Guid electionId, Guid memberId, byte[] document, CancellationToken cancel)
    {
        await using var transaction = await db.BeginDurableAsync(cancel);
        // Two trustees at once: the second one sees the first one's key, and completes the file.
        await db.LockRowAsync<Election>(electionId, cancel);
        var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
        var trustees = await db.Set<BoardMember>().Where(one => one.ElectionId == electionId && one.TrusteeNumber != null).OrderBy(one => one.TrusteeNumber).ToListAsync(cancel);
        if (election.State != ElectionState.Called || trustees.SingleOrDefault(one => one.Id == memberId) is not { } member)
        {
            return new KeepKeyResult.NotNow();
        }

        if (member.PublicKey is not null)
        {
            return new KeepKeyResult.AlreadyMade();
        }

        var content = document is [.., (byte)'\n'] ? document[..^1] : document;
        var result = election.TrusteeThreshold is { } threshold ? await KeepStepAsync(election, trustees, member, threshold, content, cancel) : KeepMandatory(election, trustees, member, content);
        if (result is KeepKeyResult.Kept(var allMade))
        {
            if (allMade)
            {
                await calendar.FinishAsync(electionId, ElectionStep.KeysMade, cancel);
            }

            audit.Record("election.key-handed-in", $"election:{electionId}", new { trustee = member.TrusteeNumber, document = Digest.Of(content).Hex });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return result;
    }

    private static KeepKeyResult KeepMandatory(Election election, List<BoardMember> trustees, BoardMember member, byte[] document)
    {
        try
        {
            var key = TrusteeKey.Read(document, Group.Ed25519);
            if (key.Signature is not null || !key.ProofHolds(Group.Ed25519))
            {
                return new KeepKeyResult.Unacceptable("the proof that somebody holds the private key does not hold");
            }

            if (trustees.Any(other => other.PublicKey is not null && TrusteeKey.Read(other.PublicKey, Group.Ed25519).Text == key.Text))
            {
                return new KeepKeyResult.Unacceptable("another trustee has this key");
            }
        }
        catch (ProtocolFormatException e)
        {
            return new KeepKeyResult.Unacceptable(e.Message);
        }

        member.KeepKey(document);
        var allMade = trustees.TrueForAll(one => one.PublicKey is not null);
        if (allMade)
        {
            election.KeepTrustees(FileOf(trustees));
        }

        return new KeepKeyResult.Kept(allMade);
    }

    private async Task<KeepKeyResult> KeepStepAsync(Election election, List<BoardMember> trustees, BoardMember member, int threshold, byte[] document, CancellationToken cancel)
    {
        var messages = await db.Set<CeremonyMessage>().Where(one => one.ElectionId == election.Id).ToListAsync(cancel);
        var round = RoundOf(messages, trustees.Count);
        var author = member.TrusteeNumber!.Value;
        if (round > Rounds || threshold > trustees.Count)
        {
            return new KeepKeyResult.NotNow();
        }

        if (messages.Exists(one => one.Round == round && one.Author == author))
        {
            return new KeepKeyResult.AlreadyMade();
        }

        var ceremony = new Ceremony(new CeremonySetting(Group.Ed25519, trustees.Count, threshold), messages);
        if (ceremony.FindProblem(round, author, document) is { } problem)
        {
            return new KeepKeyResult.Unacceptable(problem);
        }

        var message = new CeremonyMessage { ElectionId = election.Id, Round = round, Author = author, Content = document };
        db.Add(message);
        messages.Add(message);
        if (round < Rounds || messages.Count(one => one.Round == Rounds) < trustees.Count)
        {
            return new KeepKeyResult.Kept(AllMade: false);
        }

        switch (ceremony.Finish())
        {
            case CeremonyOutcome<Trustee.Pedersen>.Done(var set):
                for (var i = 0; i < trustees.Count; i++)
                {
                    trustees[i].KeepKey(set.VerificationKeys[i].ToDocument(Group.Ed25519));
                }

                election.KeepTrustees(TrusteeSet.Of(Group.Ed25519, set).Bytes.ToArray());
                return new KeepKeyResult.Kept(AllMade: true);
            case CeremonyOutcome<Trustee.Pedersen>.Refused(var problems):
                return new KeepKeyResult.Unacceptable(string.Join("; ", problems));
            default:
                throw new InvalidOperationException("A ceremony ends or is refused.");
        }
    }
}
