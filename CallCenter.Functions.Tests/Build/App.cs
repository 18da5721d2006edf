using CallCenter.Functions.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Tests.Build;

/// <summary>The app's services, made as its program makes them.</summary>
internal static class App
{
    public static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
        var services = new ServiceCollection().AddLogging().AddCallCenter(configuration).BuildServiceProvider();
        services.GetRequiredService<ApiBridge>();
        return services;
    }
}
