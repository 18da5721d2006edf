using System.Globalization;
using CallCenter.Api;
using CallCenter.Workflow;
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
        services.AddSingleton<ICaseWorker>(new CoinTossWorker(
            Number(configuration, "CallCenter:ResolveProbability", 0.5, max: 1),
            TimeSpan.FromSeconds(Number(configuration, "CallCenter:WorkSeconds", 0, max: 3600))));
        services.AddSingleton<CaseActivities>();
        services.AddSingleton(CaseDefaults.FromConfiguration(name => configuration[name]));
        services.AddSingleton<ApiBridge>();
        return services;
    }

    private static double Number(IConfiguration configuration, string key, double absent, double max)
    {
        if (string.IsNullOrWhiteSpace(configuration[key]))
            return absent;
        return double.TryParse(configuration[key], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= max
            ? value
            : throw new InvalidSettingException(key, configuration[key]!, $"a number from 0 to {max}");
    }
}
