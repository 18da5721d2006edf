using System.Net;
using System.Net.Sockets;
using CallCenter.Functions.Client;
using CallCenter.Workflows.CallCenter;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>The Durable Task engine in memory, with the functions of the app registered in it as the Functions host would.</summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly DurableTaskTestHost _host;

    private DurableEngine(DurableTaskTestHost host) => _host = host;

    public DurableTaskClient Sdk => _host.Client;

    public DurableOrchestrationClient Client => new(_host.Client);

    public static Task<DurableEngine> StartAsync(ICaseWorker worker) => StartAsync(tasks => AddApp(tasks, worker));

    public static async Task<DurableEngine> StartAsync(Action<DurableTaskRegistry> tasks)
    {
        // The host picks its port at random and fails when it is taken; a free one is asked for here.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new DurableEngine(await DurableTaskTestHost.StartAsync(tasks, new DurableTaskTestHostOptions { Port = FreePort() }));
            }
            catch (IOException) when (attempt < 5)
            {
                // Somebody else took the port in between.
            }
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>The functions of the call center. They have no use for HTTP here.</summary>
    internal static CallCenterFunctions Functions(ICaseWorker worker)
    {
        var activities = new CaseActivities(worker);
        return new CallCenterFunctions(new CallCenterWorkflow(activities), activities, api: null!);
    }

    internal static void AddOrchestrator(DurableTaskRegistry tasks, CallCenterFunctions functions) =>
        tasks.AddOrchestratorFunc<CaseInput, SupportCase>("CallCenterOrchestrator", (context, _) => functions.RunAsync(context));

    private static void AddApp(DurableTaskRegistry tasks, ICaseWorker worker)
    {
        var functions = Functions(worker);
        AddOrchestrator(tasks, functions);
        tasks.AddActivityFunc<CaseInput, SupportCase>("OpenCase", (_, input) => functions.OpenCaseAsync(input, default));
        tasks.AddActivityFunc<SupportCase, SupportCase>("AssignCase", (_, supportCase) => functions.AssignCaseAsync(supportCase, default));
        tasks.AddActivityFunc<SupportCase, SupportCase>("WorkOnCase", (_, supportCase) => functions.WorkOnCaseAsync(supportCase, default));
        tasks.AddActivityFunc<SupportCase, SupportCase>("CloseCase", (_, supportCase) => functions.CloseCaseAsync(supportCase, default));
        tasks.AddActivityFunc<SupportCase, SupportCase>("EscalateCase", (_, supportCase) => functions.EscalateCaseAsync(supportCase, default));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
