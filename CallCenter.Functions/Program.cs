using CallCenter.Functions;
using CallCenter.Functions.Http;
using CallCenter.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
// Before the worker pairs requests with invocations.
builder.UseMiddleware<InvocationIds>();
builder.ConfigureFunctionsWebApplication();
builder.Services.AddForwardedRequests();
builder.Services.AddCallCenter(builder.Configuration).AddWorkerTracing(builder.Configuration);
var app = builder.Build();
// Made now and not for the first request: with it every setting is read, and a wrong one ends the start.
app.Services.GetRequiredService<ApiBridge>();
app.Run();
