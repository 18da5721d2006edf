using CallCenter.Samples.HelloWorld;
using CallCenter.Standalone;

return await StandaloneHost.RunAsync(args, _ => [new HelloWorldWorkflow()]);
