namespace CallCenter.Durable.Execution;

/// <summary>What is left out of a status so that it fits; by default nothing.</summary>
/// <param name="Steps">How many steps behind the first ones, the oldest of those.</param>
/// <param name="Texts">True when the texts that steps show of answers and errors are short.</param>
/// <param name="Payloads">True when neither the payload nor what steps made of it is there.</param>
internal readonly record struct StatusCut(int Steps, bool Texts = false, bool Payloads = false);
