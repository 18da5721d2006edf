using CallCenter.Workflows.CallCenter;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>Works on cases as their ids say: <c>resolved</c>, <c>unresolved</c>, <c>status-N</c>, <c>throws</c>, <c>resolved-at-N</c>.</summary>
public sealed class ScriptedWorker : ICaseWorker
{
    private readonly Dictionary<string, int> _calls = [];

    public Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation)
    {
        var call = Count(supportCase.Case);
        var script = supportCase.Case.Split(' ')[0];
        return Task.FromResult(script switch
        {
            "resolved" => 1,
            "unresolved" => 0,
            "throws" => throw new IOException("the line is dead"),
            _ when script.StartsWith("resolved-at-", StringComparison.Ordinal) => call >= Number(script) ? 1 : 0,
            _ when script.StartsWith("throws-until-", StringComparison.Ordinal) => call >= Number(script) ? 1 : throw new IOException("the line is dead"),
            _ when script.StartsWith("status-", StringComparison.Ordinal) => Number(script),
            _ => throw new ArgumentException($"No script for the case '{supportCase.Case}'."),
        });
    }

    public int Calls(string caseId)
    {
        lock (_calls)
            return _calls.GetValueOrDefault(caseId);
    }

    private int Count(string caseId)
    {
        lock (_calls)
            return _calls[caseId] = _calls.GetValueOrDefault(caseId) + 1;
    }

    private static int Number(string script) => int.Parse(script[(script.LastIndexOf('-') + 1)..], null);
}
