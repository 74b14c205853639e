using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;

namespace ActiveCitizens.Web.Features.Elections.MakeKeys;

/// <summary>A key ceremony as far as it has come, read and checked by the protocol's library.</summary>
/// <param name="messages">May still grow while this is used.</param>
internal sealed class Ceremony(CeremonySetting setting, List<CeremonyMessage> messages)
{
    /// <summary>What is wrong with a member's document of a round whose earlier rounds are complete; null when nothing is.</summary>
    public string? FindProblem(int round, int author, byte[] document)
    {
        var documents = Documents(round);
        documents[author - 1] = document;
        // Documents still to come stand empty in the list: what is said of them is of no interest here.
        var problems = round switch
        {
            1 => Problems(CertificateSet.Read(setting, documents)),
            2 => Problems(CommitmentSet.Read(Value(CertificateSet.Read(setting, Documents(1))), documents)),
            3 => Problems(RevealSet.Read(Commitments(), documents)),
            _ => Problems(Value(RevealSet.Read(Commitments(), Documents(3))).Finish(documents)),
        };
        return problems.FirstOrDefault(problem => problem.Member == author) is { } own ? own.What : null;
    }

    public CeremonyOutcome<Trustee.Pedersen> Finish() => Value(RevealSet.Read(Commitments(), Documents(3))).Finish(Documents(4));

    private CommitmentSet Commitments() => Value(CommitmentSet.Read(Value(CertificateSet.Read(setting, Documents(1))), Documents(2)));

    private ReadOnlyMemory<byte>[] Documents(int round) =>
        [.. Enumerable.Range(1, setting.Size).Select(author => (ReadOnlyMemory<byte>)(messages.Find(one => one.Round == round && one.Author == author)?.Content ?? []))];

    private static IReadOnlyList<CeremonyProblem> Problems<T>(CeremonyOutcome<T> outcome) => outcome is CeremonyOutcome<T>.Refused(var problems) ? problems : [];

    private static T Value<T>(CeremonyOutcome<T> outcome) => outcome is CeremonyOutcome<T>.Done(var value) ? value : throw new InvalidOperationException("A round that was kept does not read any more.");
}
