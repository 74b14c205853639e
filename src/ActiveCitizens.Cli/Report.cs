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

        WriteMembers(screen.Output, facts, "");
    }

    /// <summary>Replaces what a terminal would obey instead of show: texts of an archive are written by strangers.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '\uFFFD' : c));

    private static void WriteMembers(TextWriter output, JsonObject members, string indent)
    {
        foreach (var (name, value) in members.Where(m => m.Value is not null))
        {
            var title = Printable(char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '));
            if (value is not JsonArray items)
            {
                output.WriteLine($"{indent}{title}: {Line(value)}");
                continue;
            }

            output.WriteLine($"{indent}{title}:");
            foreach (var item in items)
            {
                if (item is JsonObject nested && nested.Any(m => m.Value is JsonArray))
                {
                    WriteMembers(output, nested, indent + "  ");
                }
                else
                {
                    output.WriteLine($"{indent}  {Line(item)}");
                }
            }
        }
    }

    private static string Line(JsonNode? value) => value switch
    {
        JsonObject members => string.Join(", ", members.Where(m => m.Value is not null).Select(m => $"{m.Key.Replace('_', ' ')} {Line(m.Value)}")),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Printable((string)text!).ReplaceLineEndings(" "),
        null => "",
        _ => value.ToJsonString(),
    };
}
