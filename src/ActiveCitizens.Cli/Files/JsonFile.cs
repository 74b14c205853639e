using System.Text.Json;

namespace ActiveCitizens.Cli.Files;

/// <summary>JSON that a person or another program wrote.</summary>
internal static class JsonFile
{
    /// <summary>Parses a document whose texts can all be read.</summary>
    /// <param name="name">Of the file, for messages.</param>
    /// <param name="expected">What the file should hold, for messages.</param>
    /// <exception cref="BadInputException">It is not JSON, or a text holds half a character.</exception>
    public static JsonDocument Parse(string name, ReadOnlyMemory<byte> bytes, string expected)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (AllTextsAreWhole(document.RootElement))
            {
                return document;
            }

            document.Dispose();
            throw new BadInputException($"{name}: a text holds half a character, such as \\ud800 alone; expected {expected}.");
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{name}, line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: not JSON; expected {expected}.", e);
        }
    }

    /// <summary>Lone surrogates pass the parser and throw wherever the text is read first.</summary>
    private static bool AllTextsAreWhole(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(member => IsWhole(() => member.Name) && AllTextsAreWhole(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(AllTextsAreWhole),
        JsonValueKind.String => IsWhole(element.GetString),
        _ => true,
    };

    private static bool IsWhole(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
