using CallCenter.Durable;

namespace CallCenter.Api.Workflows;

/// <summary>How a workflow's instances are called in a sentence.</summary>
internal static class Articles
{
    /// <summary>"an order", "a ticket".</summary>
    public static string One(this IWorkflow workflow) => (workflow.Item[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + workflow.Item;
}
