using System.Globalization;

namespace ActiveCitizens.Cli;

/// <summary>A bar on the terminal for work of known length, wiped at the end. Safe for several threads.</summary>
internal sealed class ProgressBar(Screen screen, string what, long total) : IDisposable
{
    private const int Width = 30;
    private const long MillisecondsBetweenDrawings = 100;
    private readonly Lock _lock = new();
    private long _done;
    private long _drawnAt;
    private int _shown;

    /// <summary>Says that more is done.</summary>
    public void Advance(long by = 1)
    {
        if (!screen.ShowsProgress)
        {
            return;
        }

        lock (_lock)
        {
            _done += by;
            var now = Environment.TickCount64;
            if (now - _drawnAt < MillisecondsBetweenDrawings)
            {
                return;
            }

            _drawnAt = now;
            var part = total <= 0 ? 1 : Math.Min(1, (double)_done / total);
            var filled = (int)(part * Width);
            var line = string.Create(CultureInfo.InvariantCulture, $"{what} [{new string('#', filled)}{new string('.', Width - filled)}] {part * 100:N0} %");
            screen.Errors.Write($"\r{line.PadRight(_shown)}");
            _shown = Math.Max(_shown, line.Length);
        }
    }

    public void Dispose()
    {
        if (_shown > 0)
        {
            screen.Errors.Write($"\r{new string(' ', _shown)}\r");
        }
    }
}
