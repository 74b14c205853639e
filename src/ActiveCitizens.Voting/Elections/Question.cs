using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Elections;

/// <summary>One question of an election: PROTOCOL.md section 5.</summary>
/// <param name="Text">What voters are asked.</param>
/// <param name="Answers">What they choose from, 1 to <see cref="MaxAnswers"/>.</param>
public abstract record Question(string Text, IReadOnlyList<string> Answers)
{
    public const int MaxAnswers = 1000;

    private protected const int MaxTextBytes = 1 << 16;

    /// <summary>What is wrong with it in an election of that group; null when nothing is.</summary>
    public abstract string? FindProblem(Group group);

    internal static Question Read(ref CanonicalReader reader) => reader.TryLiteral("{\"type\":\"NonHomomorphic\",\"value\":"u8)
        ? NonHomomorphicQuestion.ReadRest(ref reader)
        : HomomorphicQuestion.ReadWhole(ref reader);

    internal abstract void Write(CanonicalWriter writer);

    private protected static List<string> ReadTexts(ref CanonicalReader reader, int max)
    {
        var texts = new List<string>();
        reader.Expect("["u8);
        if (reader.TryLiteral("]"u8))
        {
            return texts;
        }

        do
        {
            if (texts.Count == max)
            {
                throw reader.Error(FormatRule.Range, FormattableString.Invariant($"at most {max} texts"));
            }

            texts.Add(reader.String(MaxTextBytes));
        }
        while (reader.TryLiteral(","u8));
        reader.Expect("]"u8);
        return texts;
    }
}

/// <summary>The voter gives 0 or 1 to each answer, with a sum of <paramref name="Min"/> to <paramref name="Max"/>; the ciphertexts are multiplied together.</summary>
/// <param name="Blank">The voter may instead vote blank: all zero, whatever the minimum.</param>
/// <param name="Min">0 to <paramref name="Max"/>.</param>
/// <param name="Max">At most the number of answers.</param>
public sealed record HomomorphicQuestion(string Text, IReadOnlyList<string> Answers, bool Blank, int Min, int Max) : Question(Text, Answers)
{
    /// <summary>Ciphertexts of an answer: one per answer, and before them the blank one.</summary>
    public int CiphertextCount => Answers.Count + (Blank ? 1 : 0);

    /// <summary>Entries of the overall proof.</summary>
    public int OverallProofCount => Max - Min + (Blank ? 2 : 1);

    public override string? FindProblem(Group group) =>
        Answers.Count is 0 or > MaxAnswers ? FormattableString.Invariant($"it has {Answers.Count} answers; 1 to {MaxAnswers} were expected")
        : Min < 0 || Min > Max || Max > Answers.Count ? FormattableString.Invariant($"{Min} to {Max} of {Answers.Count} answers cannot be chosen")
        : null;

    internal static HomomorphicQuestion ReadWhole(ref CanonicalReader reader)
    {
        reader.Expect("{\"answers\":"u8);
        var answers = ReadTexts(ref reader, MaxAnswers);
        var blank = reader.TryLiteral(",\"blank\":"u8) && reader.Boolean();
        reader.Expect(",\"min\":"u8);
        var min = reader.Integer(0, MaxAnswers);
        reader.Expect(",\"max\":"u8);
        var max = reader.Integer(0, MaxAnswers);
        reader.Expect(",\"question\":"u8);
        var text = reader.String(MaxTextBytes);
        reader.Expect("}"u8);
        return new(text, answers, blank, min, max);
    }

    internal override void Write(CanonicalWriter writer)
    {
        writer.Raw("{\"answers\":"u8).List(Answers, answer => writer.String(answer));
        if (Blank)
        {
            writer.Raw(",\"blank\":true"u8);
        }

        writer.Raw(",\"min\":"u8).Integer(Min).Raw(",\"max\":"u8).Integer(Max).Raw(",\"question\":"u8).String(Text).Raw("}"u8);
    }
}

/// <summary>The voter gives a rank or grade of 0 to 255 to each answer; the ciphertexts are shuffled and decrypted one by one.</summary>
/// <param name="Hint">How the list is meant to be counted, if the election says so.</param>
public sealed record NonHomomorphicQuestion(string Text, IReadOnlyList<string> Answers, CountingHint? Hint) : Question(Text, Answers)
{
    public override string? FindProblem(Group group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Embedding is not { } embedding ? $"ranked answers cannot be encrypted in the group {group.Name}"
            : Answers.Count == 0 || Answers.Count > embedding.MaxCount ? FormattableString.Invariant($"it has {Answers.Count} answers; 1 to {embedding.MaxCount} fit in the group {group.Name}")
            : null;
    }

    internal static NonHomomorphicQuestion ReadRest(ref CanonicalReader reader)
    {
        reader.Expect("{\"answers\":"u8);
        var answers = ReadTexts(ref reader, MaxAnswers);
        reader.Expect(",\"question\":"u8);
        var text = reader.String(MaxTextBytes);
        reader.Expect("}"u8);
        var hint = reader.TryLiteral(",\"extra\":"u8) ? ReadHint(ref reader) : null;
        reader.Expect("}"u8);
        return new(text, answers, hint);
    }

    internal override void Write(CanonicalWriter writer)
    {
        writer.Raw("{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":"u8).List(Answers, answer => writer.String(answer)).Raw(",\"question\":"u8).String(Text).Raw("}"u8);
        switch (Hint)
        {
            case CountingHint.Schulze schulze:
                writer.Raw(",\"extra\":{\"method\":\"Schulze\",\"blank\":"u8).Boolean(schulze.Blank).Raw("}"u8);
                break;
            case CountingHint.MajorityJudgment judgment:
                writer.Raw(",\"extra\":{\"method\":\"MajorityJudgment\",\"blank\":"u8).Boolean(judgment.Blank)
                    .Raw(",\"grades\":"u8).List(judgment.Grades, grade => writer.String(grade)).Raw("}"u8);
                break;
            case CountingHint.Stv stv:
                writer.Raw(",\"extra\":{\"method\":\"STV\",\"blank\":"u8).Boolean(stv.Blank).Raw(",\"seats\":"u8).Integer(stv.Seats).Raw("}"u8);
                break;
            default:
                break;
        }

        writer.Raw("}"u8);
    }

    private static CountingHint ReadHint(ref CanonicalReader reader)
    {
        if (reader.TryLiteral("{\"method\":\"Schulze\",\"blank\":"u8))
        {
            var schulze = new CountingHint.Schulze(reader.Boolean());
            reader.Expect("}"u8);
            return schulze;
        }

        if (reader.TryLiteral("{\"method\":\"STV\",\"blank\":"u8))
        {
            var blankAllowed = reader.Boolean();
            reader.Expect(",\"seats\":"u8);
            var seats = reader.Integer(1, MaxAnswers);
            reader.Expect("}"u8);
            return new CountingHint.Stv(blankAllowed, seats);
        }

        reader.Expect("{\"method\":\"MajorityJudgment\",\"blank\":"u8);
        var blank = reader.Boolean();
        reader.Expect(",\"grades\":"u8);
        var grades = ReadTexts(ref reader, byte.MaxValue);
        reader.Expect("}"u8);
        return new CountingHint.MajorityJudgment(blank, grades);
    }
}

/// <summary>The counting method that a ranked question announces; it binds nobody.</summary>
public abstract record CountingHint
{
    private CountingHint()
    {
    }

    public sealed record Schulze(bool Blank) : CountingHint;

    /// <param name="Seats">1 or more.</param>
    public sealed record Stv(bool Blank, int Seats) : CountingHint;

    /// <param name="Grades">Best first.</param>
    public sealed record MajorityJudgment(bool Blank, IReadOnlyList<string> Grades) : CountingHint;
}
