using System.CommandLine;
using ActiveCitizens.Voting.Counting;

namespace ActiveCitizens.Cli.CountVotes;

/// <summary>The options that say what resolves ties.</summary>
internal sealed class TieOptions
{
    private readonly Option<string?> _ties = new("--ties")
    {
        Description = "Criteria in order: more-votes (lists), older (needs dates of birth), lot (needs --seed), listed (order of input). Without them ties stay open.",
        HelpName = "LIST",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "Public seed of the lot: the smallest SHA-256 of \"SEED|id\" comes first, as printf '%s|%s' SEED id | sha256sum prints it.",
        HelpName = "TEXT",
    };

    public void AddTo(Command command)
    {
        command.Add(_ties);
        command.Add(_seed);
    }

    /// <returns>Null when --ties was not given.</returns>
    /// <exception cref="BadInputException">A criterion is unknown, or lot and --seed do not come together.</exception>
    public TieRule? Read(ParseResult parsed)
    {
        var seed = parsed.GetValue(_seed);
        if (parsed.GetValue(_ties) is not { } list)
        {
            return seed is null ? null : throw new BadInputException("--seed needs --ties lot.");
        }

        var rule = new TieRule([.. list.Split(',', StringSplitOptions.TrimEntries).Select(name => (TieCriterion)(name switch
        {
            "more-votes" => new TieCriterion.MoreVotes(),
            "older" => new TieCriterion.Older(),
            "listed" => new TieCriterion.ListedOrder(),
            "lot" when seed is not null => new TieCriterion.Lot(seed),
            "lot" => throw new BadInputException("--ties lot needs --seed TEXT."),
            _ => throw new BadInputException($"--ties: \"{name}\" is not known. Write more-votes, older, lot or listed, separated by commas."),
        }))]);
        return seed is null || rule.Criteria.Any(c => c is TieCriterion.Lot) ? rule : throw new BadInputException("--seed needs --ties lot.");
    }

    /// <summary>The name of a criterion as it is written in --ties.</summary>
    public static string NameOf(TieCriterion criterion) => criterion switch
    {
        TieCriterion.MoreVotes => "more-votes",
        TieCriterion.Older => "older",
        TieCriterion.Lot => "lot",
        _ => "listed",
    };
}
