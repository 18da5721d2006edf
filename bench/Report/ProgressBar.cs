using System.Diagnostics;

namespace CallCenter.Bench.Report;

/// <summary>Says how far the run is: one line that is drawn over on a terminal, a line for each new piece of work elsewhere.</summary>
internal sealed class ProgressBar
{
    private const int Width = 30;

    private readonly long _began = Stopwatch.GetTimestamp();
    private string _shown = "";

    /// <summary>Shows a piece of work.</summary>
    /// <param name="work">What is being done.</param>
    /// <param name="done">How much of it is done, 0 to 1.</param>
    public void Show(string work, double done)
    {
        if (Console.IsErrorRedirected)
        {
            if (work != _shown)
                Console.Error.WriteLine($"{Elapsed}  {work}");
            _shown = work;
            return;
        }
        var filled = (int)(Math.Clamp(done, 0, 1) * Width);
        Draw($"{Elapsed}  [{new string('#', filled)}{new string('.', Width - filled)}]  {work}");
    }

    /// <summary>Takes the bar away.</summary>
    public void Clear()
    {
        if (!Console.IsErrorRedirected)
            Draw("");
    }

    private string Elapsed => $"{Stopwatch.GetElapsedTime(_began):m\\:ss}";

    private void Draw(string line)
    {
        Console.Error.Write($"\r{line.PadRight(_shown.Length)}\r{line}");
        _shown = line;
    }
}
