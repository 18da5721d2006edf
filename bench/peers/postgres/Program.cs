using System.Text.Json;
using CallCenter.Bench.Peers.Postgres;

// PlainCases CONNECTION --urls URL: POST /cases runs one case and answers when it has ended.
var builder = WebApplication.CreateSlimBuilder(args[1..]);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();
await using var table = await StepTable.OpenAsync(args[0]);
app.MapPost("/cases", async context =>
{
    var input = await JsonSerializer.DeserializeAsync<CaseInput>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
    var output = await new PlainCase(table).RunAsync(input!.InputCaseId);
    var body = JsonSerializer.SerializeToUtf8Bytes(output);
    (context.Response.ContentType, context.Response.ContentLength) = ("application/json", body.Length);
    await context.Response.BodyWriter.WriteAsync(body);
});
await app.RunAsync();
