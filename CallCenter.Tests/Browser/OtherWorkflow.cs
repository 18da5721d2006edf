using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CallCenter.Tests.Browser;

/// <summary>
/// A workflow beside those of the host, answered by the test itself: orders, with another key, form, picture, payload and other events
/// than any workflow of this repository.
/// </summary>
internal sealed partial class OtherWorkflow
{
    private const string Description = """
        {
          "name": "Orders", "collection": "orders", "item": "order", "key": {"name": "number", "title": "Order number", "input": "number"},
          "input": {
            "type": "object", "required": ["number", "size"],
            "properties": {
              "number": {"type": "string", "title": "Order number", "examples": ["A-1"], "maxLength": 20, "x-text": "id"},
              "size": {"type": "string", "enum": ["small", "middle", "large", "extraLarge"]},
              "pieces": {"type": "integer", "minimum": 1, "maximum": 5, "default": 1},
              "gift": {"type": "boolean", "title": "It is a gift"},
              "greeting": {"type": "string", "x-text": "lines", "maxLength": 100, "x-shown-when": {"gift": true}},
              "tags": {"type": "array"},
              "address": {"type": "object", "title": "Another address", "properties": {"city": {"type": "string"}, "zip": {"type": "string"}}}
            }
          },
          "events": [
            {"name": "Counted", "path": "count", "from": "the warehouse", "state": "Count",
             "schema": {"type": "object", "required": ["pieces"], "properties": {"pieces": {"type": "integer"}, "attempt": {"type": "integer"}}}},
            {"name": "Approved", "path": "approval", "from": "a manager", "state": "Approve",
             "schema": {"type": "object", "title": "May it go out?", "required": ["approved"], "properties": {
               "approved": {"type": "boolean"}, "attempt": {"type": "integer"}, "manager": {"type": "string"}, "remark": {"type": "string", "x-text": "lines"}}}}
          ],
          "definition": {
            "name": "Orders", "startAt": "Pack",
            "states": [
              {"name": "Pack", "type": "Task", "activity": "Pack", "end": false},
              {"name": "Count", "type": "Task", "waitsFor": "Counted", "end": false},
              {"name": "Approve", "type": "Task", "waitsFor": "Approved", "end": true}
            ],
            "transitions": [{"from": "Pack", "to": "Count", "kind": "next"}, {"from": "Count", "to": "Approve", "kind": "next"}]
          }
        }
        """;

    private TaskCompletionSource? _seen;

    /// <summary>What was posted, in order: the path after <c>/api/orders</c>, and the body.</summary>
    public ConcurrentQueue<(string Path, string Body)> Posted { get; } = [];

    /// <summary>The answer to the next posts.</summary>
    public (int Status, string Body) Answer { get; set; } = (202, """{"id":"first"}""");

    /// <summary>The one order that there is.</summary>
    public JsonNode Order { get; set; } = Waiting("Count", "Counted");

    /// <summary>What becomes of the order with the next post: seen by a reader before that is answered, as it may be with a host.</summary>
    public JsonNode? Next { get; set; }

    public static async Task<OtherWorkflow> BesideAsync(IPage page)
    {
        var other = new OtherWorkflow();
        await page.RouteAsync("**/api/workflows", async route =>
        {
            var answer = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            answer["workflows"]!.AsArray().Add(JsonNode.Parse(Description));
            await FulfillAsync(route, 200, answer.ToJsonString());
        });
        await page.RouteAsync(Orders(), other.HandleAsync);
        return other;
    }

    /// <summary>The order while it waits for an event, at a second attempt and with a payload of a shape of its own.</summary>
    public static JsonNode Waiting(string state, string waitsFor, int attempt = 2) => JsonNode.Parse($$$"""
        {
          "instanceId": "first", "number": "A-1", "runtimeStatus": "Running", "createdAt": "2026-01-01T10:00:00Z", "lastUpdatedAt": "2026-01-01T10:00:05Z",
          "input": {"number": "A-1", "size": "large", "address": {"city": "Ulm"}}, "output": null, "error": null,
          "progress": {
            "state": "{{{state}}}", "attempt": {{{attempt}}}, "waitingFor": "{{{waitsFor}}}", "deadline": null, "order": ["A-1", 3], "error": null,
            "steps": [
              {"state": "Pack", "startedAt": "2026-01-01T10:00:00Z", "endedAt": "2026-01-01T10:00:01Z", "attempt": 1, "packer": "Kim", "boxes": [1, 2],
               "input": {"number": "A-1"}, "output": ["A-1", 3]},
              {"state": "{{{state}}}", "startedAt": "2026-01-01T10:00:01Z", "endedAt": null, "attempt": {{{attempt}}}, "input": ["A-1", 3], "output": null}
            ]
          }
        }
        """)!;

    private async Task HandleAsync(IRoute route)
    {
        var path = new Uri(route.Request.Url).AbsolutePath["/api/orders".Length..];
        if (route.Request.Method == "POST")
        {
            Posted.Enqueue((path, route.Request.PostData ?? ""));
            if (Next is not null)
            {
                (Order, Next) = (Next, null);
                _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await _seen.Task;
            }
            await FulfillAsync(route, Answer.Status, Answer.Body);
        }
        else if (path == "/first")
        {
            await FulfillAsync(route, 200, Order.ToJsonString());
            _seen?.TrySetResult();
        }
        else if (path.Length > 0)
        {
            await FulfillAsync(route, 404, """{"detail":"There is none."}""");
        }
        else
        {
            var row = Order.DeepClone();
            foreach (var name in new[] { "state", "attempt", "waitingFor", "deadline" })
                row[name] = Order["progress"]![name]?.DeepClone();
            await FulfillAsync(route, 200, new JsonObject { ["orders"] = new JsonArray(row), ["continuationToken"] = null, ["counts"] = new JsonObject { ["Running"] = 1 }, ["waiting"] = 1 }.ToJsonString());
        }
    }

    private static Task FulfillAsync(IRoute route, int status, string body) => route.FulfillAsync(new() { Status = status, ContentType = "application/json", Body = body });

    [GeneratedRegex("/api/orders")]
    private static partial Regex Orders();
}
