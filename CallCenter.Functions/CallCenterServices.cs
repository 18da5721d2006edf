using System.Globalization;
using CallCenter.Workflow;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions;

/// <summary>What the functions are made of.</summary>
public static class CallCenterServices
{
    /// <summary>Adds the activities and the worker that they ask. Register another <see cref="ICaseWorker"/> to do real work.</summary>
    public static IServiceCollection AddCallCenter(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ICaseWorker>(new CoinTossWorker(
            Number(configuration, "CallCenter:ResolveProbability", 0.5),
            TimeSpan.FromSeconds(Number(configuration, "CallCenter:WorkSeconds", 0))));
        services.AddSingleton<CaseActivities>();
        return services;
    }

    private static double Number(IConfiguration configuration, string key, double otherwise) =>
        configuration[key] is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
