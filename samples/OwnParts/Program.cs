using CallCenter.Samples.OwnParts;
using CallCenter.Standalone;

return await StandaloneHost.RunAsync(args, OwnParts.Create);
