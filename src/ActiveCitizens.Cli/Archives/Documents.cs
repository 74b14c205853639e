using System.CommandLine;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Cli.Archives;

/// <summary>Files of the protocol, with errors that name the file.</summary>
internal static class Documents
{
    private static readonly string[] Groups = ["Ed25519", "BELENIOS-2048", "RFC-3526-2048"];

    /// <summary>The bytes of a document; the newline that other tools write after it does not belong to it.</summary>
    public static ReadOnlyMemory<byte> Bytes(FileInfo path) => WithoutNewline(InputFile.Read(path).Bytes);

    public static ReadOnlyMemory<byte> WithoutNewline(byte[] bytes) => bytes.AsMemory(0, bytes is [.., (byte)'\n'] ? bytes.Length - 1 : bytes.Length);

    /// <exception cref="BadInputException">The file cannot be read, or is not what it should be.</exception>
    public static T Read<T>(FileInfo path, Func<ReadOnlyMemory<byte>, T> read) => Parse(path.Name, Bytes(path), read);

    /// <exception cref="BadInputException">The document is not what it should be.</exception>
    public static T Parse<T>(string name, ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(bytes);
        }
        catch (ProtocolFormatException e)
        {
            throw new BadInputException($"{name}: {e.Message}", e);
        }
    }

    public static Option<string> GroupOption()
    {
        var option = new Option<string>("--group") { Description = "The group to compute in.", DefaultValueFactory = _ => Groups[0] };
        option.AcceptOnlyFromAmong(Groups);
        return option;
    }

    public static Group GroupOf(ParseResult parsed, Option<string> option) =>
        Group.Find(parsed.GetValue(option)!) ?? throw new InvalidOperationException("Every name that the option accepts is a group.");
}
