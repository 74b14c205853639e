using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Archives;

namespace ActiveCitizens.Cli.Archives;

/// <summary>Appends events to an archive, all of them or none.</summary>
internal sealed class ArchiveChange : IDisposable
{
    private readonly OutputFile _file;

    /// <param name="archive">As it was read: what is to be added depends on it.</param>
    /// <exception cref="BadInputException">The archive cannot be read or changed, or is no longer what was read.</exception>
    public ArchiveChange(ElectionArchive archive)
    {
        _file = OutputFile.Continue(archive.Path);
        Writer = Documents.Parse(archive.Path.Name, default, _ => ArchiveWriter.Resume(_file.Stream));
        if (Writer.LastEvent != archive.LastEvent)
        {
            Dispose();
            throw new BadInputException($"{archive.Path.Name} was changed by somebody else meanwhile. Nothing was added: try again.");
        }
    }

    public ArchiveWriter Writer { get; }

    public void Finish() => _file.Finish();

    public void Dispose() => _file.Dispose();
}
