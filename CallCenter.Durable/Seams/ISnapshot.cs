namespace CallCenter.Durable.Seams;

/// <summary>
/// A custom status that stays as it is, whatever the orchestration does afterwards: so a runtime can write it when somebody reads it,
/// which for most of them nobody ever does. See <see cref="IOrchestrationContext.SetCustomStatus"/>.
/// </summary>
public interface ISnapshot;
