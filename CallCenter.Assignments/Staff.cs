using CallCenter.Durable.Settings;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;

namespace CallCenter.Assignments;

/// <summary>
/// How a host reaches its employees: the table that remembers who got which case, and the way to tell them. Composed here, once for all hosts.
/// </summary>
/// <param name="Assignments">The table; null where there is none.</param>
/// <param name="Mailer">Sends the e-mails; null where there is nowhere to send them to.</param>
public sealed record Staff(IAssignments? Assignments, IMailer? Mailer)
{
    /// <summary>The staff of a host with these settings. Nothing is opened or made before it is needed.</summary>
    /// <param name="settings">The settings <c>CallCenter:Employees</c>, <c>CallCenter:Assignments</c> and <c>CallCenter:Mail</c>.</param>
    /// <param name="folder">
    /// Where the settings name no other place, the table is <c>assignments.db</c> in this folder, and the e-mails go into its folder <c>mail</c>;
    /// null where the host has no folder that lasts: then there is none of that.
    /// </param>
    /// <exception cref="InvalidSettingException">A setting is wrong: the host should not start.</exception>
    public static Staff Read(SettingsReader settings, string? folder) => new(
        SqlAssignments.Read(settings, file: folder is null ? null : Path.Combine(folder, "assignments.db")),
        MailOptions.ReadMailer(settings, folder: folder is null ? null : Path.Combine(folder, "mail")));
}
