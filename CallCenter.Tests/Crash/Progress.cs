using Xunit.Abstractions;

namespace CallCenter.Tests.Crash;

/// <summary>Tells how far a long test has come: in its output when it ends, and at once in a file beside the tests, because runners print nothing before the end.</summary>
internal sealed class Progress(string file, ITestOutputHelper output)
{
    private readonly string _path = Path.Combine(AppContext.BaseDirectory, file);

    public void Write(string line)
    {
        output.WriteLine(line);
        File.AppendAllText(_path, $"{DateTime.Now:HH:mm:ss} {line}{Environment.NewLine}");
    }
}
