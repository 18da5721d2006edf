using System.Text.Json.Serialization;

namespace CallCenter.Bench.Peers.Postgres;

/// <summary>What a case is started with.</summary>
internal sealed record CaseInput([property: JsonPropertyName("inputCaseID")] string InputCaseId);

/// <summary>What goes from step to step.</summary>
internal sealed record SupportCase(string Case, int? Status, string Message);

/// <summary>One case: what each step makes of it is on disk before the next one begins.</summary>
internal sealed class PlainCase(StepTable table)
{
    private readonly Guid _id = Guid.NewGuid();

    public async Task<SupportCase> RunAsync(string number)
    {
        await table.StartAsync(_id, number);
        var current = await StepAsync(1, "OpenCase", () => new SupportCase(number, null, $"Case {number}: opened..."));
        current = await StepAsync(2, "AssignCase", () => current with { Message = current.Message + "assigned..." });
        current = await StepAsync(3, "WorkOnCase", () => Work(current));
        return current.Status == 1
            ? await EndAsync("CloseCase", current with { Message = current.Message + "closed." })
            : await EndAsync("EscalateCase", current with { Message = current.Message + "escalating." });
    }

    private static SupportCase Work(SupportCase current) => Random.Shared.Next(2) == 1
        ? current with { Status = 1, Message = current.Message + "resolved..." }
        : current with { Status = 0, Message = current.Message + "unresolved..." };

    private async Task<SupportCase> StepAsync(int step, string name, Func<SupportCase> run)
    {
        var result = run();
        await table.AddAsync(_id, step, name, result);
        return result;
    }

    private async Task<SupportCase> EndAsync(string name, SupportCase result)
    {
        await table.EndAsync(_id, 4, name, result);
        return result;
    }
}
