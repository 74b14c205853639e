using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli;

/// <summary>What a verb says at its end: facts by name, as JSON or as lines that a person reads.</summary>
internal static class Report
{
    // Results are read by people and programs, not embedded in pages: names stay legible.
    private static readonly JsonSerializerOptions Legible = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Screen screen, bool json, JsonObject facts)
    {
        if (json)
        {
            screen.Output.WriteLine(facts.ToJsonString(Legible));
            return;
        }

        foreach (var (name, value) in facts)
        {
            var title = char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
            if (value is JsonArray array)
            {
                screen.Output.WriteLine($"{title}:");
                foreach (var item in array)
                {
                    screen.Output.WriteLine($"  {Text(item)}");
                }
            }
            else if (value is not null)
            {
                screen.Output.WriteLine($"{title}: {Text(value)}");
            }
        }
    }

    private static string Text(JsonNode? value) => value switch
    {
        JsonObject members => string.Join(", ", members.Where(m => m.Value is not null).Select(m => $"{m.Key.Replace('_', ' ')} {Text(m.Value)}")),
        JsonArray items => string.Join(", ", items.Select(Text)),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => (string)text!,
        null => "",
        _ => value.ToJsonString(),
    };
}
