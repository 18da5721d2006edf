using CallCenter.Standalone.Hosting;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CallCenter.Tests.Hosting;

/// <summary>What callers send reaches the log as text, and the log never stands in the way of a case.</summary>
public sealed class LogTests
{
    [Theory]
    [InlineData("one\r\ntwo", @"one\r\ntwo")]
    [InlineData("\u001B[31mred\u001B]0;title\u0007", @"\u001B[31mred\u001B]0;title\u0007")]
    [InlineData("\u009B2J", @"\u009B2J")]
    [InlineData("\u202Eabc\u2066", @"\u202Eabc\u2066")]
    [InlineData("a\u200Bb\uFEFF\u00AD", @"a\u200Bb\uFEFF\u00AD")]
    [InlineData("\u2028\u2029\u0085", @"\u2028\u2029\u0085")]
    [InlineData("\U000E0041", @"\U000E0041")]
    [InlineData("\tÄpfel, 漢字, C:\\x 🙂", @"\tÄpfel, 漢字, C:\x 🙂")]
    public void Message_WithWhatIsNotSeen_IsEscaped(string sent, string shown)
    {
        Assert.Equal($"warn: Cases[0]\n      Case {shown} failed\n", Written(ConsoleFormatterNames.Simple, $"Case {sent} failed"));
        Assert.EndsWith($"Cases[0] Case {shown} failed\n", Written(ConsoleFormatterNames.Systemd, $"Case {sent} failed"), StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_WithSeveralLines_KeepsThemAndLooksLikeNoEntry()
    {
        var written = Written(ConsoleFormatterNames.Simple, "It failed", new IOException("one\r\nwarn: Cases[0]\u001B[2J"));

        Assert.Equal("warn: Cases[0]\n      It failed\n      System.IO.IOException: one\n      warn: Cases[0]\\u001B[2J\n", written);
    }

    [Fact]
    public async Task Instance_WhoseInputIsNoCase_StartsAndEndsAllTheSame()
    {
        await using var program = new EmbeddedProgram(new TestProcess { Orchestration = (_, input) => Task.FromResult(input) }, new MemoryStore());
        using var lines = new Lines();
        using var loggers = LoggerFactory.Create(log => log.AddProvider(lines));
        new InstanceLog(loggers, TestWorkflows.Served).Follow(program.Runtime);

        await program.ScheduleAsync();
        await program.Client.EndAsync("one");

        await Eventually.TrueAsync(() => Task.FromResult(lines.All.Count == 2));
    }

    [Fact]
    public async Task Instance_WhoseLogFails_StartsAndEndsAllTheSame()
    {
        await using var program = new EmbeddedProgram(new TestProcess { Orchestration = (_, input) => Task.FromResult(input) }, new MemoryStore());
        using var lines = new Lines { Fails = true };
        using var loggers = LoggerFactory.Create(log => log.AddProvider(lines));
        new InstanceLog(loggers, TestWorkflows.Served).Follow(program.Runtime);

        await program.ScheduleAsync();

        Assert.Equal("\"in\"", (await program.Client.EndAsync("one")).Output);
    }

    /// <summary>What the program's console shows of an entry.</summary>
    private static string Written(string formatter, string message, Exception? exception = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddConsole(console => console.FormatterName = formatter).AddSimpleConsole(simple => simple.ColorBehavior = LoggerColorBehavior.Disabled).Harden());
        using var provider = services.BuildServiceProvider();
        using var written = new StringWriter { NewLine = "\n" };
        provider.GetServices<ConsoleFormatter>().Single(one => one.Name == formatter)
            .Write(new LogEntry<string>(LogLevel.Warning, "Cases", 0, message, exception, (text, _) => text), null, written);
        return written.ToString().ReplaceLineEndings("\n");
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_all)
                    return [.. _all];
            }
        }

        public bool Fails { get; init; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Fails)
                throw new IOException("The log is full.");
            lock (_all)
                _all.Add(formatter(state, exception));
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
