using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Http;

/// <summary>Keeps what a host logs as a warning or worse.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(bool IsError, string Line)> _lines = new();

    public IEnumerable<string> Lines => _lines.Select(line => line.Line);

    /// <summary>Errors, and whatever came with an exception: what an operator would be woken by.</summary>
    public IEnumerable<string> Errors => _lines.Where(line => line.IsError).Select(line => line.Line);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(bool IsError, string Line)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue((logLevel >= LogLevel.Error || exception is not null, $"{logLevel} {category}: {formatter(state, exception)} {exception}"));
        }
    }
}
