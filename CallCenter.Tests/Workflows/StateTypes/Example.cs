using CallCenter.Durable;

namespace CallCenter.Tests.Workflows.StateTypes;

/// <summary>
/// A small workflow for a section of docs/from-step-functions.md. What stands between <c>// &lt;Name&gt;</c> and <c>// &lt;/Name&gt;</c> is in that
/// document word for word (a test holds it there), and its definition's export is the Amazon States Language beside it.
/// </summary>
public abstract class Example<TInput, TOutput> : Workflow<TInput, TOutput>
    where TInput : notnull
{
    public override string Name => GetType().Name;

    public override string Description => "An example of docs/from-step-functions.md.";

    public override string Item => "example";
}

public sealed record Guest(string Name);

public sealed record Parcel(string Id, int Weight);

public sealed record Priced(string Id, int Weight, int Price);

public sealed record Shipped(string Id, string By);

public sealed record Basket(string[] Items);

public sealed record Pickup(string Id, DateTime Until);

public sealed record Job(string Id, int Status, string Message);
