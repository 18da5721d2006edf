using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;
using CallCenter.Workflows.SupportTicket;

namespace CallCenter.Tests.Workflows.SupportTicket;

/// <summary>A run of a ticket, whose activities run at once and, where the test says so, a second time as after a crash. It is its own table and its own mail server.</summary>
internal sealed class TicketContext : IOrchestrationContext, IWorkflowRegistry, IAssignments, IMailer
{
    public static readonly Employee Kim = new("1", "Alex Kim", "alex.kim@example.com");

    private readonly Dictionary<string, Func<object?, Task<object?>>> _activities = [];

    public string InstanceId { get; init; } = "ticket-1";

    public DateTime CurrentUtcDateTime { get; set; } = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Every activity runs twice; the first result is lost.</summary>
    public bool RunsTwice { get; init; }

    /// <summary>The mail server is down.</summary>
    public bool IsMailDown { get; init; }

    /// <summary>The activities that were called, with their retry policies.</summary>
    public List<(string Name, RetryPolicy? Retry)> Calls { get; } = [];

    /// <summary>The keys that employees were asked for by.</summary>
    public List<string> Assignments { get; } = [];

    public List<OutgoingMail> Mails { get; } = [];

    /// <summary>The last custom status.</summary>
    public JsonElement Status { get; private set; }

    /// <summary>Runs a ticket to its end.</summary>
    public Task<Ticket> RunAsync(TicketInput input)
    {
        var workflow = new SupportTicketWorkflow(new TicketActivities(this, this));
        workflow.Register(this);
        return workflow.RunAsync(this, input);
    }

    public async Task<T> CallActivityAsync<T>(string name, object? input, RetryPolicy? retryPolicy = null)
    {
        Calls.Add((name, retryPolicy));
        CurrentUtcDateTime = CurrentUtcDateTime.AddSeconds(1);
        try
        {
            if (RunsTwice)
                await _activities[name](input);
            return (T)(await _activities[name](input))!;
        }
        catch (MailException e)
        {
            throw new ActivityFailedException(name, ErrorDetails.From(e));
        }
    }

    public Task<Employee> AssignAsync(string key, string caseId, CancellationToken cancellation)
    {
        Assignments.Add(key);
        return Task.FromResult(Kim);
    }

    public Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        Mails.Add(mail);
        return IsMailDown ? Task.FromException(new MailException("The mail server is down.")) : Task.CompletedTask;
    }

    public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) =>
        _activities.Add(name, async input => await run((TInput)input!, CancellationToken.None));

    public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run)
    {
        // The test runs it.
    }

    public void AddJson(IJsonTypeInfoResolver json)
    {
        // Nothing is written here but the status.
    }

    public Task CreateTimerAsync(TimeSpan delay) => throw new NotSupportedException();

    public Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout) => throw new NotSupportedException();

    public void SetCustomStatus(object? customStatus) => Status = JsonSerializer.SerializeToElement(customStatus);
}
