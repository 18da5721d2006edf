using CallCenter.Durable.Errors;

namespace CallCenter.Runtime;

/// <summary>An instance was failed because its history has become too long: all of it is kept in memory and replayed after a restart.</summary>
/// <param name="events">How many events it holds.</param>
/// <param name="bytes">How many bytes they take.</param>
[ErrorName("CallCenter.Standalone.Runtime.HistoryTooLongException")]
public sealed class HistoryTooLongException(int events, int bytes) : Exception(
    $"The history of this instance holds {events} events in {bytes} bytes, and that is all it may hold " +
    "(CallCenter:MaxHistoryEvents, and 64 MiB). Split the work among several instances.");
