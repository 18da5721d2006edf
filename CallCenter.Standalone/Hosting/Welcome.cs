using CallCenter.Standalone.Http.Keys;
using CallCenter.Standalone.Http.Proxy;

namespace CallCenter.Standalone.Hosting;

/// <summary>What the program says of itself once it listens.</summary>
internal static class Welcome
{
    public static void Print(WebApplication app)
    {
        var url = app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        var key = app.Services.GetRequiredService<ApiKeyRing>().Current.IsEmpty ? "" : " -H \"x-functions-key: YOUR_KEY\"";
        var publicUrl = app.Services.GetRequiredService<ProxySettings>().PublicUrl;
        var console = publicUrl is null ? $"{url}/console" : $"{url}/console, for others {publicUrl.ToString().TrimEnd('/')}/console";
        var first = app.Services.GetRequiredService<StandaloneSettings>().Workflows[0];
        var (path, body) = ($"{url}/api/{first.Workflow.Collection}", first.Input.Example.Replace("\"", "\\\"", StringComparison.Ordinal));
        var recovered = app.Services.GetRequiredService<RuntimeService>().Recovered;
        Console.WriteLine($"""

            CallCenter listens on {string.Join(" and ", app.Urls)}
              console  {console}
              data     {app.Services.GetRequiredService<StandaloneSettings>().Data}
              process  {Environment.ProcessId}
              resumed  {recovered} unfinished {(recovered == 1 ? "instance" : "instances")}

            Try:
              curl -i -X POST "{path}" -H "Content-Type: application/json"{key} -d "{body}"
              curl "{path}"{key}

            """);
    }
}
