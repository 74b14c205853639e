using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>Reads the <c>.pb</c> format, tolerant where real files are odd, strict where a count would be wrong.</summary>
public static class PabulibReader
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads a whole file. O(bytes) time, about twice the file in memory.</summary>
    /// <param name="stream">Uncompressed bytes; read to its end and left open.</param>
    /// <param name="options">Limits; the defaults suit uploads by administrators.</param>
    /// <param name="progress">Told about every megabyte read and every 10 000 votes.</param>
    /// <exception cref="PabulibFormatException">The file cannot be counted; its problems name line, column, what was expected and what to do.</exception>
    /// <exception cref="IOException">The stream itself failed.</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    public static PabulibFile Read(Stream stream, PabulibReadOptions? options = null, IProgress<PabulibProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        var (data, length) = ReadAll(stream, options, progress, cancel);
        var scanner = new RowScanner(data, length, options);
        RefuseOtherEncodings(scanner, length);
        return new PabulibParser(scanner, length, options, progress, cancel).Parse();
    }

    private static (byte[] Data, int Length) ReadAll(Stream stream, PabulibReadOptions options, IProgress<PabulibProgress>? progress, CancellationToken cancel)
    {
        var data = new byte[stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position + 1, 16, Math.Min(options.MaxBytes, Array.MaxLength - 1) + 1) : ChunkBytes];
        var length = 0;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (length == data.Length)
            {
                Array.Resize(ref data, (int)Math.Min(2L * length, Array.MaxLength));
            }

            var read = stream.Read(data, length, Math.Min(ChunkBytes, data.Length - length));
            length += read;
            if (length > options.MaxBytes || length == Array.MaxLength)
            {
                throw new PabulibFormatException([new(PabulibError.TooLarge, 0, 0, string.Create(CultureInfo.InvariantCulture, $"more than {options.MaxBytes} bytes"), string.Create(CultureInfo.InvariantCulture, $"at most {options.MaxBytes} bytes"), "Check that this is the right file, or raise the limit.")]);
            }

            if (read == 0)
            {
                return (data, length);
            }

            progress?.Report(new(length, 0));
        }
    }

    private static void RefuseOtherEncodings(RowScanner scanner, int length)
    {
        var text = scanner.Text;
        if (Utf8.IsValid(text))
        {
            if (text.IsEmpty || text.SequenceEqual(Encoding.UTF8.Preamble))
            {
                throw scanner.Problem(PabulibError.Empty, 0, "", "a line META", "Choose a file in the Pabulib format.");
            }

            return;
        }

        var offset = 0;
        while (offset < length && Rune.DecodeFromUtf8(text[offset..], out _, out var size) == System.Buffers.OperationStatus.Done)
        {
            offset += size;
        }

        throw scanner.Problem(PabulibError.NotUtf8, offset, $"byte {text[offset]:X2}", "text in UTF-8", "Save the file again with the encoding UTF-8.");
    }
}
