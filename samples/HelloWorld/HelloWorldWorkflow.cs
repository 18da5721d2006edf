using System.Text.Json.Serialization;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Schema;
using CallCenter.Durable.States;

namespace CallCenter.Samples.HelloWorld;

/// <summary>Whom to greet.</summary>
public sealed record HelloInput
{
    /// <summary>A name.</summary>
    [JsonPropertyName("name"), Example("Kim")]
    public required string Name { get; init; }
}

/// <summary>The greeting.</summary>
/// <param name="Text">What was said.</param>
public sealed record Greeting([property: JsonPropertyName("text")] string Text);

/// <summary>The smallest workflow: one state, one activity.</summary>
public sealed class HelloWorldWorkflow : Workflow<HelloInput, Greeting>
{
    private static readonly TaskState<HelloInput, Greeting> SayHello = new("Say Hello");

    /// <summary>Makes it.</summary>
    public HelloWorldWorkflow() => Runs(SayHello, (input, _) => Task.FromResult(new Greeting($"Hello {input.Name}!")));

    /// <inheritdoc/>
    public override string Name => "HelloWorld";

    /// <inheritdoc/>
    public override string Description => "Says hello.";

    /// <inheritdoc/>
    public override string Item => "greeting";

    /// <inheritdoc/>
    public override IReadOnlyList<State> States => [SayHello];

    /// <inheritdoc/>
    public override IReadOnlyList<WorkflowTransition> Ways => [];

    /// <inheritdoc/>
    protected override Task<Greeting> RunAsync(Steps steps, HelloInput input) => steps.DoAsync(SayHello, input);
}
