using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Archives;

namespace ActiveCitizens.Cli.Archives;

/// <summary>Appends events to an archive, all of them or none.</summary>
internal sealed class ArchiveChange : IDisposable
{
    private readonly OutputFile _file;

    /// <exception cref="BadInputException">The archive cannot be read, or its folder cannot be written.</exception>
    public ArchiveChange(FileInfo path)
    {
        _file = OutputFile.Continue(path);
        Writer = ArchiveWriter.Resume(_file.Stream);
    }

    public ArchiveWriter Writer { get; }

    public void Finish() => _file.Finish();

    public void Dispose() => _file.Dispose();
}
