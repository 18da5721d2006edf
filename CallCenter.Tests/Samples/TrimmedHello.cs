using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;
using CallCenter.Samples.HelloWorld;

namespace CallCenter.Tests.Samples;

/// <summary>What docs/your-own-workflow.md adds to the sample for a program without reflection.</summary>
internal sealed class TrimmedHello : Workflow<HelloInput, Greeting>
{
    private static readonly TaskState<HelloInput, Greeting> SayHello = new("Say Hello");

    public TrimmedHello() => Runs(SayHello, (input, _) => Task.FromResult(new Greeting($"Hello {input.Name}!")));

    public override string Name => "HelloWorld";

    public override string Description => "Says hello.";

    public override string Item => "greeting";

    public override IReadOnlyList<State> States => [SayHello];

    public override IReadOnlyList<WorkflowTransition> Ways => [];

    protected override IJsonTypeInfoResolver GeneratedJson => HelloJson.Default;

    protected override Task<Greeting> RunAsync(Steps steps, HelloInput input) => steps.DoAsync(SayHello, input);
}

[JsonSerializable(typeof(HelloInput)), JsonSerializable(typeof(Greeting))]
internal sealed partial class HelloJson : JsonSerializerContext;
