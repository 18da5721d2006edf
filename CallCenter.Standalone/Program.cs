using CallCenter.Standalone;

return await StandaloneHost.RunAsync(args, BuiltInWorkflows.Create);
