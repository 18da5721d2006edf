using CallCenter.Bench;
using CallCenter.Bench.Machine;

if (BenchOptions.Read(args) is not { } options)
{
    Console.WriteLine(BenchOptions.Help);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}
Leftovers.ClearOnSignals();
try
{
    await Runs.RunAsync(options);
    return 0;
}
finally
{
    Leftovers.Clear();
}
