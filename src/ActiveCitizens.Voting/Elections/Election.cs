using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Elections;

/// <summary>What a new election says, before it is fixed as bytes: PROTOCOL.md section 5.</summary>
/// <param name="PublicKey">The product of the trustees' keys: <see cref="Trustees.TrusteeSet.PublicKey()"/>.</param>
/// <param name="Uuid">At least 14 base58 characters; see <see cref="Election.NewUuid"/>.</param>
public sealed record ElectionDraft(string Name, string Description, Group Group, Element PublicKey, IReadOnlyList<Question> Questions, string Uuid)
{
    public string? Administrator { get; init; }

    public string? CredentialAuthority { get; init; }

    /// <summary>The bytes that are the election from now on.</summary>
    /// <exception cref="InvalidOperationException">A part is not what an election may hold; the message says which. Ask <see cref="Question.FindProblem"/> before.</exception>
    public Election Fix()
    {
        var writer = new CanonicalWriter();
        writer.Raw("{\"version\":1,\"description\":"u8).String(Description).Raw(",\"name\":"u8).String(Name).Raw(",\"group\":"u8).String(Group.Name)
            .Raw(",\"public_key\":"u8).Quoted(Group.Encode(PublicKey)[0]).Raw(",\"questions\":"u8).List(Questions, question => question.Write(writer))
            .Raw(",\"uuid\":"u8).String(Uuid);
        if (Administrator is not null)
        {
            writer.Raw(",\"administrator\":"u8).String(Administrator);
        }

        if (CredentialAuthority is not null)
        {
            writer.Raw(",\"credential_authority\":"u8).String(CredentialAuthority);
        }

        writer.Raw("}"u8);
        try
        {
            return Election.Read(writer.ToArray(), name => name == Group.Name ? Group : null);
        }
        catch (ProtocolFormatException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }
}

/// <summary>The election file, as received: its bytes are bound into everything that follows.</summary>
public sealed class Election
{
    /// <summary>Longer election files are refused.</summary>
    public const int MaxBytes = 1 << 20;

    public const int MaxQuestions = 250;

    private const int MinUuidLength = 14;
    private const int MaxUuidLength = 64;
    private readonly Lazy<PublicBase> _key;
    private readonly Lazy<Element[]> _inversePowers;

    private Election(ReadOnlyMemory<byte> bytes, Group group, Element publicKey, IReadOnlyList<Question> questions)
    {
        Bytes = bytes;
        Digest = Digest.Of(bytes.Span);
        Fingerprint = Digest.Base64;
        Group = group;
        PublicKey = publicKey;
        PublicKeyText = group.Encode(publicKey)[0];
        Questions = questions;
        _key = new(() => Group.PrepareFixed(PublicKey));
        _inversePowers = new(ComputeInversePowers);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>H256 of the bytes; its hexadecimal form is the published checksum.</summary>
    public Digest Digest { get; }

    /// <summary>phi: B64 of <see cref="Digest"/>, 43 characters.</summary>
    public string Fingerprint { get; }

    public required string Description { get; init; }

    public required string Name { get; init; }

    public Group Group { get; }

    /// <summary>y.</summary>
    public Element PublicKey { get; }

    public string PublicKeyText { get; }

    public IReadOnlyList<Question> Questions { get; }

    public required string Uuid { get; init; }

    public string? Administrator { get; init; }

    public string? CredentialAuthority { get; init; }

    /// <summary>The optional pair of release 3.3.0.</summary>
    public (string First, string Second)? Language { get; init; }

    /// <summary>Some question is counted from a shuffled list.</summary>
    public bool HasNonHomomorphicQuestions => Questions.Any(q => q is NonHomomorphicQuestion);

    /// <summary>y with its table, made at the first use.</summary>
    internal PublicBase Key => _key.Value;

    /// <summary>g^-M by M, from 0 to the largest maximum of the questions, at least 1.</summary>
    internal Element[] InversePowers => _inversePowers.Value;

    /// <summary>14 random base58 characters, 82 bits.</summary>
    public static string NewUuid(RandomNumberGenerator random) => Base58.Random(MinUuidLength, random);

    /// <summary>Reads an election file and checks the values it stands for; the proofs about its key are the trustees'.</summary>
    /// <exception cref="ProtocolFormatException">It is not the canonical form of an election of version 1 in a known group with an identifier and questions that can be voted on.</exception>
    public static Election Read(ReadOnlyMemory<byte> bytes) => Read(bytes, Group.Find);

    internal static Election Read(ReadOnlyMemory<byte> bytes, Func<string, Group?> findGroup)
    {
        var reader = new CanonicalReader(bytes.Span, "election", MaxBytes);
        reader.Expect("{\"version\":1,\"description\":"u8);
        var description = reader.String(MaxBytes);
        reader.Expect(",\"name\":"u8);
        var name = reader.String(MaxBytes);
        reader.Expect(",\"group\":"u8);
        var groupName = Encoding.ASCII.GetString(reader.Token(20, "the name of a group"));
        var group = findGroup(groupName) ?? throw reader.Error(FormatRule.Range, "one of the groups Ed25519, BELENIOS-2048 and RFC-3526-2048 before this");
        reader.Expect(",\"public_key\":"u8);
        var key = reader.Element(group);
        reader.Expect(",\"questions\":"u8);
        var questions = ReadQuestions(ref reader, group);
        reader.Expect(",\"uuid\":"u8);
        var uuid = ReadUuid(ref reader);
        var administrator = reader.TryLiteral(",\"administrator\":"u8) ? reader.String(MaxBytes) : null;
        var authority = reader.TryLiteral(",\"credential_authority\":"u8) ? reader.String(MaxBytes) : null;
        (string, string)? language = null;
        if (reader.TryLiteral(",\"language\":["u8))
        {
            var first = reader.String(64);
            reader.Expect(","u8);
            language = (first, reader.String(64));
            reader.Expect("]"u8);
        }

        reader.Expect("}"u8);
        reader.End();
        return new(bytes, group, key, questions) { Description = description, Name = name, Uuid = uuid, Administrator = administrator, CredentialAuthority = authority, Language = language };
    }

    private static List<Question> ReadQuestions(ref CanonicalReader reader, Group group)
    {
        var questions = new List<Question>();
        do
        {
            reader.Expect(questions.Count == 0 ? "["u8 : ","u8);
            var start = reader.Position;
            var question = Question.Read(ref reader);
            if (question.FindProblem(group) is { } problem)
            {
                throw reader.ErrorAt(start, FormatRule.Range, FormattableString.Invariant($"a question that can be voted on: in question {questions.Count + 1} {problem}"));
            }

            questions.Add(question);
        }
        while (!reader.TryLiteral("]"u8) && questions.Count < MaxQuestions);
        return questions;
    }

    private static string ReadUuid(ref CanonicalReader reader)
    {
        var start = reader.Position;
        var token = reader.Token(MaxUuidLength, "an identifier in quotes");
        return token.Length >= MinUuidLength && !token.ContainsAnyExcept(Base58.AlphabetBytes)
            ? Encoding.ASCII.GetString(token)
            : throw reader.ErrorAt(start, FormatRule.Range, FormattableString.Invariant($"{MinUuidLength} to {MaxUuidLength} base58 characters"));
    }

    private Element[] ComputeInversePowers()
    {
        var powers = new Element[1 + Questions.OfType<HomomorphicQuestion>().Select(q => q.Max).Append(1).Max()];
        var inverse = Group.Invert(Group.Generator);
        powers[0] = Group.Identity;
        for (var m = 1; m < powers.Length; m++)
        {
            powers[m] = Group.Multiply(powers[m - 1], inverse);
        }

        return powers;
    }
}
