using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Cli.Secrets;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Cli.IssueCredentials;

/// <summary><c>activecitizens credentials</c>: what the credential authority does.</summary>
internal static class CredentialsCommand
{
    /// <summary>What a sealed file of private credentials says it holds.</summary>
    public const string What = "file of private credentials";

    private const string Help = """
        Makes a secret credential for every voter of an electoral roll.

        ROLL is a CSV file with the column id, perhaps weight (a whole number), and any other columns, such as name and address for letters.
        Written are: public_credentials.json, the list for the election, in an order that says nothing; private_credentials.json, who has which
        credential, encrypted. The identifier of the election is printed: hand it with the public list to whoever runs "election new".

        Example:
          activecitizens credentials generate roll.csv --out authority/
        """;

    private const string LettersHelp = """
        Writes the letters to the voters, with each voter's credential in clear.

        With --texts, the file of the site that says what a letter says, the letters themselves: one page per voter, for windowed envelopes, as PDF
        (Chromium must be installed) or as HTML, by the ending of --out. The roll then needs the columns name, address, postcode and town. With
        --mailing-house, or without --texts, a CSV file with everything from the roll, for whoever prints the letters.

        What is written is readable by its owner alone. Delete it once the letters are in their envelopes.

        Examples:
          activecitizens credentials letters authority/private_credentials.json --roll roll.csv --out letters.csv
          activecitizens credentials letters q14/private_credentials.json --roll roll-q14.csv --texts letters-q14.json --out letters-q14.pdf
        """;

    // The file of the reference tool: login to credential. Names stay legible.
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Screen screen) => new("credentials", "What the credential authority does: credentials for the voters of a roll.") { Generate(screen), Letters(screen) };

    /// <summary>Reads who has which credential.</summary>
    /// <exception cref="BadInputException">The document is something else.</exception>
    public static IReadOnlyDictionary<string, string> ReadPrivate(string name, byte[] document)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(document) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{name}: expected {{\"voter\":\"credential\",…}}.", e);
        }
    }

    private static Command Generate(Screen screen)
    {
        var roll = new Argument<FileInfo>("ROLL") { Description = "CSV file of the voters." };
        var group = Documents.GroupOption();
        var uuid = new Option<string?>("--uuid") { Description = "Identifier of the election; a new one unless told.", HelpName = "UUID" };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write into.", Required = true, HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command("generate", Help) { roll, group, uuid, folder, json };
        secrets.AddWithPlainTo(command);
        command.Does(screen, (parsed, cancel) =>
        {
            var voters = Voters(CsvFile.ReadOpen(parsed.GetValue(roll)!, ["id"]));
            using var random = RandomNumberGenerator.Create();
            var (at, id) = (parsed.GetValue(folder)!.FullName, parsed.GetValue(uuid) ?? Election.NewUuid(random));
            using var publicFile = OutputFile.Create(new(Path.Combine(at, "public_credentials.json")));
            using var privateFile = OutputFile.CreateSecret(new(Path.Combine(at, "private_credentials.json")));
            var seal = secrets.Sealer(parsed, screen, random);
            long[]? weights = voters.Exists(v => v.Weight is not null) ? [.. voters.Select(v => v.Weight ?? 1)] : null;
            var issued = Issue(screen, Documents.GroupOf(parsed, group), id, voters.Count, weights, random, cancel);
            var map = JsonSerializer.SerializeToUtf8Bytes(voters.Zip(issued.Private).ToDictionary(p => p.First.Id, p => p.Second.Text, StringComparer.Ordinal), Legible);
            publicFile.Stream.Write(issued.PublicList);
            privateFile.Stream.Write(seal(What, map));
            cancel.ThrowIfCancellationRequested();
            privateFile.Finish();
            publicFile.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["uuid"] = id,
                ["voters"] = voters.Count,
                ["total_weight"] = weights?.Sum(),
                ["public_credentials_fingerprint"] = Digest.Of(issued.PublicList).Base64,
            });
            return 0;
        });
        return command;
    }

    /// <summary>Draws the secrets one after the other, and computes their public keys on all processors.</summary>
    private static (List<PrivateCredential> Private, byte[] PublicList) Issue(Screen screen, Group group, string uuid, int voters, long[]? weights, RandomNumberGenerator random, CancellationToken cancel)
    {
        using var bar = new ProgressBar(screen, "Making credentials", voters);
        var secrets = Enumerable.Range(0, voters).Select(_ => PrivateCredential.Generate(random)).ToList();
        var keys = new string[voters];
        Parallel.For(0, voters, new ParallelOptions { CancellationToken = cancel }, i =>
        {
            keys[i] = secrets[i].PublicText(group, uuid);
            bar.Advance();
        });
        return (secrets, PublicCredentials.Write(keys, weights));
    }

    private static Command Letters(Screen screen)
    {
        var file = new Argument<FileInfo>("PRIVATE") { Description = "private_credentials.json, as credentials generate or the site's page wrote it." };
        var roll = new Option<FileInfo>("--roll") { Description = "The same roll.", Required = true, HelpName = "FILE" };
        var texts = new Option<FileInfo?>("--texts") { Description = "What the letters say: letters-….json from the site.", HelpName = "FILE" };
        var mailing = new Option<bool>("--mailing-house") { Description = "With --texts: a CSV file with code and link as they are printed, for a mailing house." };
        var output = new Option<FileInfo>("--out") { Description = "File to write: .csv, or with --texts .pdf or .html.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command("letters", LettersHelp) { file, roll, texts, mailing, output, json };
        secrets.AddTo(command);
        command.Does(screen, (parsed, cancel) =>
        {
            var (path, target) = (parsed.GetValue(file)!, parsed.GetValue(output)!);
            var what = parsed.GetValue(texts) is { } textsFile ? LetterTexts.Read(textsFile) : null;
            var printed = what is not null && !parsed.GetValue(mailing);
            if (printed && target.Extension.ToUpperInvariant() is not (".PDF" or ".HTML"))
            {
                throw new BadInputException($"--out is {target.Name}; expected a name that ends with .pdf or .html, or --mailing-house.");
            }

            // Before long work, not after it.
            var printer = printed && target.Extension.Equals(".pdf", StringComparison.OrdinalIgnoreCase) ? PdfPrinter.Find() : null;
            var csv = CsvFile.ReadOpen(parsed.GetValue(roll)!, printed ? ["id", "name", "address", "postcode", "town"] : ["id"]);
            var credentials = ReadPrivate(path.Name, secrets.Open(parsed, screen, path, What));
            string CredentialOf(CsvRow row) => credentials.TryGetValue(row.Required("id"), out var found) ? found
                : throw new BadInputException($"{row.Place}: {path.Name} has no credential of \"{row.Text("id")}\".");
            if (printed)
            {
                var document = LetterDocument.Write(what!, csv.Rows.Select(row => Letter.Of(row, CredentialOf(row), what!)));
                OutputFile.WriteSecret(target, printer is null ? document : printer.Print(document, cancel));
            }
            else
            {
                var text = new StringBuilder(string.Join(',', csv.Columns.Concat(what is null ? ["credential"] : ["code", "link"]).Select(Quote))).Append("\r\n");
                foreach (var row in csv.Rows)
                {
                    var credential = CredentialOf(row);
                    string[] added = what is null ? [credential] : [Letter.CodeOf(row, credential), Letter.LinkOf(row, credential, what)];
                    text.Append(string.Join(',', row.Fields.Concat(added).Select(Quote))).Append("\r\n");
                }

                OutputFile.WriteSecret(target, Encoding.UTF8.GetBytes(text.ToString()));
            }

            Report.Write(screen, parsed.GetValue(json), new JsonObject { ["letters"] = csv.Rows.Count, ["in_clear"] = target.Name });
            return 0;
        });
        return command;
    }

    private static List<(string Id, long? Weight)> Voters(CsvFile csv)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var voters = new List<(string Id, long? Weight)>();
        foreach (var row in csv.Rows)
        {
            var id = row.Required("id");
            if (!seen.Add(id))
            {
                throw new BadInputException($"{row.Place}: the voter \"{id}\" is on the roll already.");
            }

            var weight = csv.Has("weight") ? row.Number("weight") : (long?)null;
            voters.Add(weight is null or < 1_000_000_000 ? (id, weight) : throw new BadInputException($"{row.Place}: weight is {weight}; expected less than 1000000000."));
        }

        return voters.Count > 0 ? voters : throw new BadInputException($"{csv.File.Name} names no voter.");
    }

    /// <summary>A spreadsheet would run a text that begins like a formula.</summary>
    private static string Quote(string field)
    {
        var safe = field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + field : field;
        return safe.AsSpan().ContainsAny(",;\"\r\n") ? string.Create(CultureInfo.InvariantCulture, $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"") : safe;
    }
}
