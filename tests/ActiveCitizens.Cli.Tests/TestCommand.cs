using System.Text;
using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli.Tests;

/// <summary>A folder of its own and the command, run in this process.</summary>
internal sealed class TestCommand : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Save(string name, string text)
    {
        var path = PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs a command line; a word that begins with @ is a file of the folder.</summary>
    public (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exit = CommandLine.Run([.. arguments.Select(a => a is ['@', .. var name] ? PathOf(name) : a)], output, errors, progress: false, wide: true);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    /// <summary>Runs a command line that must succeed without a word of error, and returns what it prints.</summary>
    public string Print(params string[] arguments)
    {
        var (exit, output, errors) = Run(arguments);
        Assert.True(exit == 0 && errors.Length == 0, $"{string.Join(' ', arguments)} ended with {exit}: {errors}");
        return output;
    }

    public JsonNode Json(params string[] arguments) => JsonNode.Parse(Print([.. arguments, "--json"]))!;

    /// <summary>Runs a command line that must be refused, and returns why.</summary>
    public string Refused(params string[] arguments)
    {
        var (exit, output, errors) = Run(arguments);
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Empty(output);
        return errors;
    }
}
