using System.Globalization;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Bench;

/// <summary>Question answered: does any single changed bit leave a valid archive valid? All of them are tried; tests try a sample.</summary>
internal static class Mutations
{
    /// <returns>0 when every changed archive was refused.</returns>
    public static async Task<int> TryAllAsync(TextWriter output, string path)
    {
        var archive = await File.ReadAllBytesAsync(path);
        if (Verify(archive) != VerificationVerdict.Valid)
        {
            await output.WriteLineAsync($"{path} is not a valid archive: there is nothing to break.");
            return 2;
        }

        var (survivors, done) = (0, 0);
        Parallel.For(0, archive.Length, position =>
        {
            var changed = archive.ToArray();
            for (var bit = 0; bit < 8; bit++)
            {
                changed[position] = (byte)(archive[position] ^ (1 << bit));
                if (Verify(changed) != VerificationVerdict.Invalid)
                {
                    Interlocked.Increment(ref survivors);
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Byte {position}, bit {bit} changed, and the archive is not invalid."));
                }
            }

            if (Interlocked.Increment(ref done) is var count && count % 1000 == 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} of {archive.Length} bytes"));
            }
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{8L * archive.Length} changed archives, {survivors} not refused."));
        return survivors == 0 ? 0 : 1;
    }

    private static VerificationVerdict Verify(byte[] archive) =>
        Verifier.Verify(new MemoryStream(archive), new VerificationOptions { DegreeOfParallelism = 1 }).Verdict;
}
