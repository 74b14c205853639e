using System.Globalization;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Trustees.Ceremony;

/// <summary>What members agree on before a key ceremony: PROTOCOL.md section 7.</summary>
/// <remarks>The steps, each a document per member that travels by file or by a server, and that everybody gets: certificate; commitment to the polynomial; the polynomial itself with the shares; verification key. Every step checks everything it receives.</remarks>
public sealed record CeremonySetting
{
    /// <param name="group">The election's.</param>
    /// <param name="size">Members, 1 to 100.</param>
    /// <param name="threshold">Members needed to decrypt, 1 to <paramref name="size"/>.</param>
    public CeremonySetting(Group group, int size, int threshold)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Trustee.Pedersen.MaxMembers);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, size);
        Group = group;
        Size = size;
        Threshold = threshold;
    }

    public Group Group { get; }

    public int Size { get; }

    public int Threshold { get; }

    internal CertificateContext ContextOf(int index) => new(Group.Name, Size, Threshold, index);
}

public enum CeremonyStep
{
    Certificate,
    Commitment,
    Reveal,
    Share,
    VerificationKey,
}

/// <summary>Why a step cannot go on.</summary>
/// <param name="Step">Whose document is meant.</param>
/// <param name="Member">From 1; null when all are meant.</param>
/// <param name="What">For a person.</param>
public sealed record CeremonyProblem(CeremonyStep Step, int? Member, string What)
{
    public override string ToString() => Member is null
        ? $"{Step}: {What}"
        : string.Create(CultureInfo.InvariantCulture, $"{Step} of member {Member}: {What}");
}

/// <summary>A step done, or everything that is wrong with what was received for it.</summary>
public abstract record CeremonyOutcome<T>
{
    private CeremonyOutcome()
    {
    }

    public sealed record Done(T Value) : CeremonyOutcome<T>;

    public sealed record Refused(IReadOnlyList<CeremonyProblem> Problems) : CeremonyOutcome<T>;

    internal static CeremonyOutcome<T> Of(IReadOnlyList<CeremonyProblem> problems, Func<T> value) => problems.Count == 0 ? new Done(value()) : new Refused(problems);
}
