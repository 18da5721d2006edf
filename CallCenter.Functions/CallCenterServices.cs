using CallCenter.Api;
using CallCenter.Durable.Settings;
using CallCenter.Functions.Http;
using CallCenter.Workflows.CallCenter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions;

/// <summary>What the functions are made of.</summary>
public static class CallCenterServices
{
    /// <summary>Adds the activities, the worker that they ask, and the contract. Register another <see cref="ICaseWorker"/> to do real work.</summary>
    /// <exception cref="InvalidSettingException">A setting is wrong: the app should not start.</exception>
    public static IServiceCollection AddCallCenter(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = new SettingsReader(name => configuration[name]);
        services.AddSingleton<ICaseWorker>(new CoinTossWorker(
            settings.Number("ResolveProbability", 0.5, (0, 1)),
            TimeSpan.FromSeconds(settings.Number("WorkSeconds", 0, (0, 3600)))));
        services.AddSingleton<CaseActivities>();
        services.AddSingleton(CaseDefaults.Read(settings));
        services.AddSingleton<ApiBridge>();
        return services;
    }
}
