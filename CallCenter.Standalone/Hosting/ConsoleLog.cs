using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CallCenter.Standalone.Hosting;

/// <summary>The console's log, so that neither callers nor whoever does not read it can do harm by it.</summary>
internal static class ConsoleLog
{
    /// <summary>Drops what nobody reads, rather than wait with whatever is being logged, and escapes what callers sent.</summary>
    public static void Harden(this ILoggingBuilder logging)
    {
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        // The formatters' own types are hidden, but their registrations are not.
        foreach (var formatter in logging.Services.Where(service => service.ServiceType == typeof(ConsoleFormatter)).ToList())
        {
            logging.Services.Remove(formatter);
            logging.Services.AddSingleton<ConsoleFormatter>(services =>
            {
                var inner = (ConsoleFormatter)ActivatorUtilities.CreateInstance(services, formatter.ImplementationType!);
                // JSON escapes by itself, and wants the values one by one.
                return inner.Name == ConsoleFormatterNames.Json ? inner : new EscapingFormatter(inner);
            });
        }
    }

    /// <summary>Another formatter, given texts that cannot move the cursor, end a line or turn it round.</summary>
    internal sealed class EscapingFormatter(ConsoleFormatter inner) : ConsoleFormatter(inner.Name)
    {
        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            var text = LogText.OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
            // The stack trace keeps its lines: the formatter indents them, so that none looks like an entry.
            if (logEntry.Exception is { } exception)
                text = string.Join(Environment.NewLine, exception.ToString().ReplaceLineEndings("\n").Split('\n').Select(LogText.OneLine).Prepend(text));
            var entry = new LogEntry<string>(logEntry.LogLevel, logEntry.Category, logEntry.EventId, text, null, (state, _) => state);
            inner.Write(entry, scopeProvider, textWriter);
        }
    }
}
