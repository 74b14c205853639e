using System.CommandLine;
using System.Text;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Cli.VerifyElection;

/// <summary><c>activecitizens verify</c>: is an election what it claims to be?</summary>
internal static class VerifyCommand
{
    /// <summary>The exit code for an archive that can be read and is not valid.</summary>
    public const int NotValid = 1;

    private const string Help = """
        Verifies an election's archive: every file, every ballot and its proofs, the tally, every decryption and the result. Needs no secret.

        Ends with 0 when the election is complete and every check passed, with 1 when a check failed or was not reached, with 2 when there is
        nothing to verify. Compared with an earlier copy, the archive must begin with all its bytes: nothing was taken out of the box since.

        Examples:
          activecitizens verify council.bel
          activecitizens verify council.bel --previous council-monday.bel --fingerprint oyYPFeyPZpJ+EV0o3iVPFwuGq2Ew0lW8JGHmk9alQr8
          activecitizens verify council.bel --tracker 3N1Tr6ZRYCDpO8Bo7Zk1FgnLYQlvwKiK1W3fGqJ7cnA
        """;

    public static Command Create(Screen screen)
    {
        var path = new Argument<FileInfo>("ARCHIVE") { Description = "An election's archive, .bel." };
        var previous = new Option<FileInfo?>("--previous") { Description = "An earlier copy of the archive.", HelpName = "FILE" };
        var fingerprint = DigestOption("--fingerprint", "The announced fingerprint of the election.");
        var credentials = DigestOption("--credentials-fingerprint", "The announced fingerprint of the public credential list.");
        var lastEvent = DigestOption("--last-event", "The announced hash of the last event.");
        var tracker = DigestOption("--tracker", "What a voter kept: is that ballot counted?");
        var voters = new Option<int?>("--voters") { Description = "The announced number of voters.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("verify", Help) { path, previous, fingerprint, credentials, lastEvent, tracker, voters, json };
        command.Does(screen, (parsed, cancel) =>
        {
            using var earlier = parsed.GetValue(previous) is { } copy ? Open(copy) : null;
            var report = Verify(parsed.GetValue(path)!, new()
            {
                EarlierCopy = earlier,
                Election = Read(parsed, fingerprint),
                Credentials = Read(parsed, credentials),
                LastEvent = Read(parsed, lastEvent),
                Tracker = Read(parsed, tracker),
                VoterCount = parsed.GetValue(voters),
            }, screen, cancel);
            screen.Output.Write(parsed.GetValue(json) ? Encoding.UTF8.GetString(report.ToJson()) + "\n" : Report.Printable(report.ToText()));
            return report.Verdict == VerificationVerdict.Valid ? 0 : NotValid;
        });
        return command;
    }

    /// <summary>Verifies on all processors, with a bar on the terminal.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or is no archive at all.</exception>
    public static VerificationReport Verify(FileInfo path, VerificationOptions options, Screen screen, CancellationToken cancel)
    {
        using var stream = Open(path);
        using var bar = new ProgressBar(screen, "Verifying", stream.Length);
        try
        {
            Span<byte> name = stackalloc byte[FirstName.Length];
            if (stream.ReadAtLeast(name, name.Length, throwOnEndOfStream: false) < name.Length || !name.SequenceEqual(FirstName))
            {
                throw new BadInputException($"{path.Name} is not an election's archive: expected a file that begins with BELENIOS.");
            }

            stream.Position = 0;
            return Verifier.Verify(stream, options with { DegreeOfParallelism = Environment.ProcessorCount }, screen.ShowsProgress ? new Progress(bar) : null, cancel);
        }
        catch (IOException e)
        {
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }

    private static ReadOnlySpan<byte> FirstName => "BELENIOS"u8;

    private static FileStream Open(FileInfo path)
    {
        try
        {
            return new(path.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }

    private static Option<string?> DigestOption(string name, string description) => new(name) { Description = description, HelpName = "HASH" };

    /// <summary>Fingerprints are announced in base64 or in hexadecimal; people copy both, with or without padding.</summary>
    private static Digest? Read(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        return Digest.TryParseBase64(Encoding.UTF8.GetBytes(text.Trim().TrimEnd('=')), out var digest) || Digest.TryParseHex(Encoding.UTF8.GetBytes(text.Trim()), out digest) ? digest
            : throw new BadInputException($"{option.Name} is \"{text}\"; expected 43 characters of base64, or 64 hexadecimal digits.");
    }

    private sealed class Progress(ProgressBar bar) : IProgress<VerificationProgress>
    {
        private long _reported;

        public void Report(VerificationProgress value)
        {
            bar.Advance(value.BytesRead - _reported);
            _reported = value.BytesRead;
        }
    }
}
