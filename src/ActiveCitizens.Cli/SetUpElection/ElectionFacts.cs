using System.Globalization;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.SetUpElection;

/// <summary>What "election show" says of an archive.</summary>
internal static class ElectionFacts
{
    public static JsonObject Of(ElectionArchive archive)
    {
        var election = archive.Election;
        return new()
        {
            ["name"] = election.Name,
            ["description"] = election.Description,
            ["group"] = election.Group.Name,
            ["uuid"] = election.Uuid,
            ["administrator"] = election.Administrator,
            ["credential_authority"] = election.CredentialAuthority,
            ["created_at"] = archive.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
            ["questions"] = new JsonArray([.. election.Questions.Select(Describe)]),
            ["trustees"] = new JsonArray([.. archive.Trustees.Keys.Select((key, i) => (JsonNode)new JsonObject { ["number"] = i + 1, ["name"] = key.Name, ["key_fingerprint"] = key.Checksum.Hex })]),
            ["threshold_sets"] = archive.Trustees.Entries.OfType<Trustee.Pedersen>().ToList() is { Count: > 0 } sets
                ? new JsonArray([.. sets.Select(s => (JsonNode)new JsonObject { ["needed"] = s.Threshold, ["of"] = s.Count })]) : null,
            ["voters"] = archive.Credentials.Count,
            ["total_weight"] = archive.Credentials.IsWeighted ? archive.Credentials.TotalWeight : null,
            ["election_fingerprint"] = election.Fingerprint,
            ["public_credentials_fingerprint"] = archive.Credentials.Digest.Base64,
            ["ballots_in_the_box"] = archive.Ballots,
            ["last_event"] = archive.LastType.ToString(),
            ["last_event_hash"] = archive.LastEvent.Hex,
            ["result"] = archive.Result is null ? null : Results(election, archive.ReadResult()),
        };
    }

    /// <summary>Votes by answer; ranked answers are counted by "count-votes".</summary>
    public static JsonArray Results(Election election, ElectionResult outcome) => new([.. outcome.Questions.Select((result, i) =>
    {
        var answers = election.Questions[i] is HomomorphicQuestion { Blank: true } question ? ["blank", .. question.Answers] : election.Questions[i].Answers;
        return (JsonNode)(result is QuestionResult.Counts counts
            ? new JsonObject { ["question"] = election.Questions[i].Text, ["votes"] = new JsonArray([.. answers.Zip(counts.Values, (answer, votes) => (JsonNode)new JsonObject { ["answer"] = answer, ["votes"] = votes })]) }
            : new JsonObject { ["question"] = election.Questions[i].Text, ["ballots"] = ((QuestionResult.Ranked)result).Ballots.Count });
    })]);

    private static JsonNode Describe(Question question) => question is HomomorphicQuestion choice
        ? new JsonObject { ["question"] = choice.Text, ["answers"] = new JsonArray([.. choice.Answers.Select(a => (JsonNode)a)]), ["min"] = choice.Min, ["max"] = choice.Max, ["blank"] = choice.Blank }
        : new JsonObject { ["question"] = question.Text, ["answers"] = new JsonArray([.. question.Answers.Select(a => (JsonNode)a)]), ["ranked"] = true };
}
