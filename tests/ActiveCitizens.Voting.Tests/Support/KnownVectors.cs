using System.Text.Json.Nodes;

namespace ActiveCitizens.Voting.Tests.Support;

/// <summary>Known answers that came with the protocol's description.</summary>
internal static class KnownVectors
{
    public static JsonObject All { get; } = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "vectors.json")))!.AsObject();
}
