using CallCenter.Functions.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Tests.Build;

/// <summary>The app's services, made as its program makes them.</summary>
internal static class App
{
    public static ServiceProvider Services(params (string Name, string Value)[] settings) => Services(_ => { }, settings);

    /// <summary>The same with parts of one's own, registered before it.</summary>
    public static ServiceProvider Services(Action<IServiceCollection> own, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
        var services = new ServiceCollection().AddLogging();
        own(services);
        var app = services.AddCallCenter(configuration).BuildServiceProvider();
        app.GetRequiredService<ApiBridge>();
        return app;
    }
}
