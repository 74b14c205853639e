using System.Text.Json;
using ActiveCitizens.Cli.Files;

namespace ActiveCitizens.Cli.IssueCredentials;

/// <summary>What letters say, in the city's words: the file that the site hands to the credential authority. It holds no secret.</summary>
/// <param name="Booth">Address of the voting page.</param>
/// <param name="Rehearsal">A warning above the letter; null in an election.</param>
internal sealed record LetterTexts(
    string Language, string Sender, string Reference, string Subject, string Opening, string CodeTitle, IReadOnlyList<string> Steps, string Booth, string QrAlternative, string Without, string Help, string Secrecy, string? Rehearsal)
{
    /// <exception cref="BadInputException">The file cannot be read, or is something else.</exception>
    public static LetterTexts Read(FileInfo path)
    {
        var file = InputFile.Read(path);
        try
        {
            if (JsonSerializer.Deserialize<LetterTexts>(file.Bytes, JsonSerializerOptions.Web) is
                {
                    Language.Length: > 0, Sender: not null, Reference: not null, Subject: not null, Opening: not null, CodeTitle: not null, Steps: not null, QrAlternative: not null, Without: not null, Help: not null, Secrecy: not null,
                } texts && Uri.TryCreate(texts.Booth, UriKind.Absolute, out var booth) && booth.Scheme is "http" or "https")
            {
                return texts;
            }
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{file.Name} is not the file of letter texts that the site wrote.", e);
        }

        throw new BadInputException($"{file.Name} is not the file of letter texts that the site wrote.");
    }
}
