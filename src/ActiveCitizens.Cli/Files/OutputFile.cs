namespace ActiveCitizens.Cli.Files;

/// <summary>A file that appears whole or not at all: written beside its place under another name, flushed to the disk, then renamed.</summary>
internal sealed class OutputFile : IDisposable
{
    private static readonly HashSet<string> Unfinished = new(StringComparer.Ordinal);
    private readonly FileInfo _path;
    private readonly string _temporary;
    private readonly bool _mayReplace;
    private FileStream? _present;

    static OutputFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveUnfinished();

    private OutputFile(FileInfo path, bool isSecret, bool mayReplace)
    {
        (_path, _mayReplace) = (path, mayReplace);
        _temporary = Path.Combine(path.DirectoryName!, $".{path.Name}.{Path.GetRandomFileName()}.part");
        if (!mayReplace && path.Exists)
        {
            throw Exists();
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        lock (Unfinished)
        {
            Unfinished.Add(_temporary);
        }

        try
        {
            path.Directory!.Create();
            Stream = new(_temporary, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Forget();
            throw new BadInputException($"{path.Name} cannot be written: {e.Message}", e);
        }
    }

    public FileStream Stream { get; }

    /// <exception cref="BadInputException">The file is there already, or its folder cannot be written.</exception>
    public static OutputFile Create(FileInfo path) => new(path, isSecret: false, mayReplace: false);

    /// <summary>Readable and writable by its owner alone, from its first byte on.</summary>
    /// <exception cref="BadInputException">As for <see cref="Create"/>.</exception>
    public static OutputFile CreateSecret(FileInfo path) => new(path, isSecret: true, mayReplace: false);

    /// <summary>Begins with the present content of a file that will be replaced; the position is at its start. Meanwhile no other process of this program can do the same.</summary>
    /// <exception cref="BadInputException">The file cannot be read, another process changes it, or its folder cannot be written.</exception>
    public static OutputFile Continue(FileInfo path)
    {
        var output = new OutputFile(path, isSecret: false, mayReplace: true);
        try
        {
            output._present = new(path.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            output._present.CopyTo(output.Stream);
            output.Stream.Position = 0;
            return output;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.Dispose();
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="BadInputException">As for <see cref="Create"/>.</exception>
    public static void Write(FileInfo path, ReadOnlySpan<byte> content)
    {
        using var output = Create(path);
        output.Stream.Write(content);
        output.Finish();
    }

    /// <exception cref="BadInputException">As for <see cref="Create"/>.</exception>
    public static void WriteSecret(FileInfo path, ReadOnlySpan<byte> content)
    {
        using var output = CreateSecret(path);
        output.Stream.Write(content);
        output.Finish();
    }

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="BadInputException">Something else stands there by now.</exception>
    public void Finish()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        try
        {
            File.Move(_temporary, _path.FullName, _mayReplace);
        }
        catch (IOException) when (!_mayReplace && File.Exists(_path.FullName))
        {
            throw Exists();
        }
    }

    public void Dispose()
    {
        _present?.Dispose();
        Stream.Dispose();
        File.Delete(_temporary);
        Forget();
    }

    private static void RemoveUnfinished()
    {
        lock (Unfinished)
        {
            foreach (var path in Unfinished)
            {
                try
                {
                    File.Delete(path);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // The process ends: nobody is left to tell, and the name says what the file is.
                }
            }
        }
    }

    private BadInputException Exists() => new($"{_path.Name} is there already and is not overwritten. Name another file, or move it away.");

    private void Forget()
    {
        lock (Unfinished)
        {
            Unfinished.Remove(_temporary);
        }
    }
}
