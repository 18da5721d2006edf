using CallCenter.Api.Workflows;
using CallCenter.Assignments;
using CallCenter.Durable.Settings;
using CallCenter.Functions.Http;
using CallCenter.Functions.Retention;
using CallCenter.Workflows.CallCenter;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;
using CallCenter.Workflows.SupportTicket;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Functions;

/// <summary>What the functions are made of.</summary>
public static class CallCenterServices
{
    /// <summary>
    /// Adds the workflows and the contract. An <see cref="ICaseWorker"/>, <see cref="IAssignments"/> or <see cref="IMailer"/> that was registered before
    /// takes the place of the built-in one.
    /// </summary>
    /// <exception cref="InvalidSettingException">A setting is wrong: the app should not start.</exception>
    public static IServiceCollection AddCallCenter(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = new SettingsReader(name => configuration[name]);
        services.TryAddSingleton<ICaseWorker>(CoinTossWorker.Read(settings));
        services.AddSingleton<CaseActivities>();
        services.AddSingleton<CallCenterWorkflow>();
        services.AddSingleton(provider => new ServedWorkflow(provider.GetRequiredService<CallCenterWorkflow>(), settings));
        // Without a table or a way to send mails the app runs, and refuses what needs them by the name of the setting.
        var (assignments, mailer) = Staff.Read(settings, LocalFolder.Find(configuration));
        if (assignments is not null)
            services.TryAddSingleton(assignments);
        if (mailer is not null)
            services.TryAddSingleton(mailer);
        services.AddSingleton(provider => CaseStaff.Read(settings, provider.GetService<IAssignments>(), provider.GetService<IMailer>()));
        services.AddSingleton(provider => new TicketActivities(provider.GetService<IAssignments>(), provider.GetService<IMailer>()));
        services.AddSingleton<SupportTicketWorkflow>();
        services.AddSingleton(provider => new ServedWorkflow(provider.GetRequiredService<SupportTicketWorkflow>(), settings));
        services.AddSingleton(new RetentionOptions(settings.Span("Retention")));
        return services.AddSingleton(settings).AddSingleton<ApiBridge>();
    }
}
