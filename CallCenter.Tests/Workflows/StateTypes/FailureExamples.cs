using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Seams;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

public sealed class RetryExample : Example<Parcel, Shipped>
{
    private static readonly TaskState<Parcel, Shipped> Post = new("Post");

    // <Retry>
    protected override RetryOptions DefaultRetry => new() { MaxAttempts = 3, FirstDelaySeconds = 1, Backoff = 1.5 };

    protected override RetryPolicy Retry(Parcel parcel) => DefaultRetry.ToPolicy();
    // </Retry>

    protected override async Task<Shipped> RunAsync(Steps steps, Parcel parcel) => await steps.DoAsync(Post, parcel);

    /// <param name="failures">How often the post fails before it takes the parcel.</param>
    public RetryExample(int failures) => Runs(Post, (parcel, cancellation) =>
        Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("The post is closed.") : Task.FromResult(new Shipped(parcel.Id, "post")));

    public override IReadOnlyList<State> States => [Post];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
}

public sealed class CatchExample : Example<Parcel, Shipped>
{
    private static readonly TaskState<Parcel, Shipped> Post = new("Post");
    private static readonly TaskState<Parcel, Shipped> Courier = new("Courier");

    // <Catch>
    private const string Closed = "System.IO.IOException";

    public override IReadOnlyList<WorkflowTransition> Ways => [Post.Catch(Courier, "the post is closed", Closed)];

    protected override async Task<Shipped> RunAsync(Steps steps, Parcel parcel)
    {
        try
        {
            return await steps.DoAsync(Post, parcel);
        }
        catch (ActivityFailedException failure) when (failure.Error.Type == Closed)
        {
            parcel = steps.Catch(failure, parcel);
        }
        return await steps.DoAsync(Courier, parcel);
    }
    // </Catch>

    /// <param name="failure">What the post fails with.</param>
    public CatchExample(Exception failure)
    {
        Runs(Post, (parcel, cancellation) => Task.FromException<Shipped>(failure));
        Runs(Courier, (parcel, cancellation) => Task.FromResult(new Shipped(parcel.Id, "courier")));
    }

    public override IReadOnlyList<State> States => [Post, Courier];
}
