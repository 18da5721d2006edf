using System.Text.RegularExpressions;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Workflows;

/// <summary>A workflow as the contract serves it: with its schemas, and the host's defaults for its input.</summary>
public sealed partial class ServedWorkflow
{
    /// <param name="workflow">The workflow.</param>
    /// <param name="settings">The host's settings, which may hold defaults for its input; null for none.</param>
    /// <exception cref="InvalidSettingException">A default is wrong: the host should not start.</exception>
    public ServedWorkflow(IWorkflow workflow, SettingsReader? settings = null)
    {
        Workflow = workflow;
        Input = InputSchema.Of(workflow.Input, workflow.Json.SerializerOptions.TypeInfoResolver);
        if (settings is not null)
            Input = Input.WithDefaults(settings, workflow.Section);
        Events = [.. workflow.Events.Select(definition => new ServedEvent(workflow, definition))];
        Aws = ReadAws(settings);
        StateMachine = ReadStateMachine(workflow, settings);
        Export = new WorkflowExport(this, Aws);
    }

    /// <summary>The workflow.</summary>
    public IWorkflow Workflow { get; }

    /// <summary>What its input may hold, and what it holds where the caller leaves it out.</summary>
    public InputSchema Input { get; }

    /// <summary>The events that it takes answers for.</summary>
    public IReadOnlyList<ServedEvent> Events { get; }

    /// <summary>What the workflow is called as a state machine, in the Step Functions API.</summary>
    public string StateMachine { get; }

    /// <summary>Where in AWS the workflow says it is.</summary>
    internal AmazonStatesLanguageOptions Aws { get; }

    /// <summary>The workflow in the notations that callers may ask for.</summary>
    internal WorkflowExport Export { get; }

    /// <summary>Where the exported state machine finds its functions: a validator wants a region and an account.</summary>
    private static AmazonStatesLanguageOptions ReadAws(SettingsReader? settings)
    {
        var made = new AmazonStatesLanguageOptions();
        try
        {
            return settings is null ? made : new(settings.Text("Aws:Region") ?? made.Region, settings.Text("Aws:Account") ?? made.Account);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidSettingException($"Look at CallCenter:Aws:Region and CallCenter:Aws:Account. {wrong.Message}");
        }
    }

    /// <summary>Callers have the name in their configuration, so it may be given one that they know.</summary>
    private static string ReadStateMachine(IWorkflow workflow, SettingsReader? settings)
    {
        var setting = workflow.Section.Length > 0 ? $"{workflow.Section}:StateMachine" : "StateMachine";
        var name = settings?.Text(setting) ?? Excerpt.Cut(NoLetter().Replace(workflow.StateMachine, "-"), 80);
        return StateMachineName().IsMatch(name)
            ? name
            : throw new InvalidSettingException(SettingsReader.Prefix + setting, name, "the name of a state machine: 1 to 80 letters, digits, '-' and '_'");
    }

    [GeneratedRegex("[^0-9A-Za-z_-]")]
    private static partial Regex NoLetter();

    [GeneratedRegex(@"^[0-9A-Za-z_-]{1,80}\z")]
    private static partial Regex StateMachineName();

    /// <summary>What the call that answers an event is named.</summary>
    internal string OperationOf(ServedEvent expected) =>
        $"Answer{Words.Capitalized(Workflow.Item)}{(Events.Count == 1 ? "" : Words.Capitalized(expected.Definition.Path))}";
}
