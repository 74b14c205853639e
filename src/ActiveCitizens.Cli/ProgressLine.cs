namespace ActiveCitizens.Cli;

/// <summary>One line on the terminal that says how far long work has come, and is wiped at the end.</summary>
internal sealed class ProgressLine(Screen screen) : IDisposable
{
    private int _shown;

    /// <summary>Reports on the thread that works, so that no line appears after the end; null when nobody looks.</summary>
    public IProgress<T>? Of<T>(Func<T, string> say) => screen.ShowsProgress ? new Direct<T>(this, say) : null;

    public void Dispose()
    {
        if (_shown > 0)
        {
            screen.Errors.Write($"\r{new string(' ', _shown)}\r");
        }
    }

    private void Show(string line)
    {
        screen.Errors.Write($"\r{line.PadRight(_shown)}");
        _shown = Math.Max(_shown, line.Length);
    }

    private sealed class Direct<T>(ProgressLine line, Func<T, string> say) : IProgress<T>
    {
        public void Report(T value) => line.Show(say(value));
    }
}
