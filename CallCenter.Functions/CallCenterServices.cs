using CallCenter.Api.Workflows;
using CallCenter.Durable.Settings;
using CallCenter.Functions.Http;
using CallCenter.Workflows.CallCenter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Functions;

/// <summary>What the functions are made of.</summary>
public static class CallCenterServices
{
    /// <summary>Adds the workflows and the contract. Register another <see cref="ICaseWorker"/> to do real work.</summary>
    /// <exception cref="InvalidSettingException">A setting is wrong: the app should not start.</exception>
    public static IServiceCollection AddCallCenter(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = new SettingsReader(name => configuration[name]);
        services.TryAddSingleton<ICaseWorker>(CoinTossWorker.Read(settings));
        services.AddSingleton<CaseActivities>();
        services.AddSingleton<CallCenterWorkflow>();
        services.AddSingleton(provider => new ServedWorkflow(provider.GetRequiredService<CallCenterWorkflow>(), settings));
        return services.AddSingleton<ApiBridge>();
    }
}
