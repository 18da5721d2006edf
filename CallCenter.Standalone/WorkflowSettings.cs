using CallCenter.Durable.Settings;

namespace CallCenter.Standalone;

/// <summary>What a host tells the workflows that it makes.</summary>
/// <param name="Reader">Reads the settings under <c>CallCenter:</c>; those that are read here are known, and any other is refused.</param>
/// <param name="DataFolder">The folder of the journal, for files of the workflows' own.</param>
public sealed record WorkflowSettings(SettingsReader Reader, string DataFolder);
