using CallCenter.Functions.Client;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>
/// A mock of the SDK's client, strict and without CallBase: only the overloads that are set up exist. The convenience overloads
/// are virtual too, and a mock would answer them itself with a default, without ever reaching what was set up.
/// </summary>
internal sealed class SdkClient
{
    public Mock<DurableTaskClient> Mock { get; } = new(MockBehavior.Strict, "test");

    public DurableOrchestrationClient Adapter => new(Mock.Object);

    public static OrchestrationMetadata Instance(
        OrchestrationRuntimeStatus status, string id = "i", string? input = null, string? output = null, string? customStatus = null, string name = "CallCenterOrchestrator") => new(name, id)
        {
            RuntimeStatus = status,
            CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            LastUpdatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero),
            SerializedInput = input,
            SerializedOutput = output,
            SerializedCustomStatus = customStatus,
        };

    /// <summary>What the storage holds, one answer a look; the last stays.</summary>
    public SdkClient Holding(params OrchestrationMetadata?[] states)
    {
        var looks = 0;
        return Holding(() => states[Math.Min(looks++, states.Length - 1)]);
    }

    public SdkClient Holding(Func<OrchestrationMetadata?> look)
    {
        Mock.Setup(client => client.GetInstanceAsync(It.IsAny<string>(), true, It.IsAny<CancellationToken>())).ReturnsAsync(look);
        return this;
    }

    public SdkClient Holding(OrchestrationRuntimeStatus? status) => Holding(status is { } known ? Instance(known) : null);

    /// <summary>Starts an instance, or throws.</summary>
    public SdkClient Starting(Func<object?, StartOrchestrationOptions?, string> start)
    {
        Mock.Setup(client => client.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object>(), It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
            .Returns((TaskName name, object? input, StartOrchestrationOptions? options, CancellationToken _) => Task.Run(() => start(input, options)));
        return this;
    }
}
