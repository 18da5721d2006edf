using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CallCenter.Tests.Browser;

/// <summary>
/// The list of the cases as the contract has it, answered by the test itself: for what a host shows seldom, or not on demand (deadlines
/// that have passed, colleagues, hosts that cannot count). What is no list and no call to one of these cases goes on to the real host.
/// </summary>
internal sealed partial class FakeList
{
    private readonly List<JsonObject> _items = [];
    private readonly JsonObject _able;

    private FakeList(JsonObject able) => _able = able;

    /// <summary>The query of each list that was asked for, in order.</summary>
    public ConcurrentQueue<string> Queries { get; } = [];

    /// <summary>What was sent to a case, in order: method, path after <c>/api/cases</c> or <c>instances</c>, and body.</summary>
    public ConcurrentQueue<(string Method, string Path, string Body)> Sent { get; } = [];

    /// <summary>What a call to a case is answered; it may change the list first.</summary>
    public Func<string, string, (int Status, string Body)> Answer { get; set; } = (_, _) => (202, "");

    /// <summary>Until this ends, calls to a case are not answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>False: <c>total</c>, <c>waiting</c> and <c>overdue</c> are null.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>How many lists were answered with a body.</summary>
    public int Bodies { get; private set; }

    /// <summary>Puts it in the place of the host's list.</summary>
    /// <param name="page">The page that asks.</param>
    /// <param name="able">What the host's list can do, as <c>GET /api/workflows</c> says it; null: everything.</param>
    /// <param name="alone">Whether the host serves no other workflow.</param>
    public static async Task<FakeList> InAsync(IPage page, string? able = null, bool alone = false)
    {
        var list = new FakeList(JsonNode.Parse(able ?? """{"orders": ["newest", "oldest", "longest", "shortest", "deadline"], "search": true, "total": true, "figures": false}""")!.AsObject());
        await page.RouteAsync("**/api/workflows", async route =>
        {
            var answer = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            answer["workflows"]![0]!["list"] = list._able.DeepClone();
            while (alone && answer["workflows"]!.AsArray().Count > 1)
                answer["workflows"]!.AsArray().RemoveAt(1);
            await FulfillAsync(route, 200, answer.ToJsonString());
        });
        await page.RouteAsync(Lists(), list.ListAsync);
        await page.RouteAsync(Cases(), list.CaseAsync);
        return list;
    }

    /// <summary>Adds a case, newest last.</summary>
    public JsonObject Add(string id, string status = "Completed", string? caseId = null, DateTimeOffset? deadline = null, int attempt = 1)
    {
        lock (_items)
        {
            var started = DateTimeOffset.UtcNow.AddMinutes(-60).AddMilliseconds(_items.Count);
            var waits = status == "Waiting";
            var item = new JsonObject
            {
                ["instanceId"] = id,
                ["caseId"] = caseId ?? id,
                ["runtimeStatus"] = waits ? "Running" : status,
                ["createdAt"] = Text(started),
                ["lastUpdatedAt"] = Text(started.AddSeconds(1)),
                ["state"] = waits ? "Work on Case" : "Close Case",
                ["attempt"] = attempt,
                ["waitingFor"] = waits ? "CaseWorked" : null,
                ["deadline"] = waits ? Text(deadline ?? DateTimeOffset.UtcNow.AddMinutes(20)) : null,
                ["error"] = status == "Failed" ? JsonNode.Parse("""{"type":"CallCenter.Workflow.ActivityFailedException","message":"OpenCase: it broke"}""") : null,
            };
            _items.Add(item);
            return item;
        }
    }

    /// <summary>Changes a case while nobody reads it.</summary>
    public void Change(string id, Action<JsonObject> change)
    {
        lock (_items)
            change(Of(id)!);
    }

    public void Remove(string id)
    {
        lock (_items)
            _items.Remove(Of(id)!);
    }

    /// <summary>What a colleague's answer makes of a case: its step has ended, and it waits for the next attempt or has ended itself.</summary>
    public void AnsweredBy(string id, string agent, bool waitsAgain) => Change(id, item =>
    {
        item["steps"] = new JsonArray(JsonNode.Parse($$"""
            {"state":"Work on Case","attempt":{{item["attempt"]}},"startedAt":"{{item["createdAt"]}}","endedAt":"{{Text(DateTimeOffset.UtcNow)}}","agent":"{{agent}}","note":"no dial tone"}
            """));
        if (waitsAgain)
        {
            item["attempt"] = (int)item["attempt"]! + 1;
            return;
        }
        item["runtimeStatus"] = "Completed";
        (item["waitingFor"], item["deadline"]) = (null, null);
    });

    private JsonObject? Of(string id) => _items.Find(item => (string)item["instanceId"]! == id);

    private async Task ListAsync(IRoute route)
    {
        var query = new Uri(route.Request.Url).Query;
        Queries.Enqueue(Uri.UnescapeDataString(query));
        string body;
        lock (_items)
            body = Page(query);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)).AsSpan(0, 8))}\"";
        if (route.Request.Headers.TryGetValue("if-none-match", out var known) && known == tag)
        {
            await route.FulfillAsync(new() { Status = 304, Headers = new Dictionary<string, string> { ["ETag"] = tag } });
            return;
        }
        Bodies++;
        await FulfillAsync(route, 200, body, tag);
    }

    private string Page(string query)
    {
        var asked = System.Web.HttpUtility.ParseQueryString(query);
        var fit = _items.Where(item => Fits(item, asked["status"], asked["search"], asked["waiting"] == "true"));
        fit = asked["order"] switch
        {
            "oldest" => fit,
            "longest" or "shortest" => throw new NotSupportedException(),
            "deadline" => fit.Where(Waits).OrderBy(item => (string?)item["deadline"] ?? "~", StringComparer.Ordinal),
            _ => fit.Reverse(),
        };
        var all = fit.ToList();
        var top = int.Parse(asked["top"]!, CultureInfo.InvariantCulture);
        var from = int.Parse(asked["continuationToken"] ?? "0", CultureInfo.InvariantCulture);
        var waiting = _items.Where(Waits).ToList();
        return new JsonObject
        {
            ["cases"] = new JsonArray([.. all.Skip(from).Take(top).Select(item => item.DeepClone())]),
            ["continuationToken"] = from + top < all.Count ? (from + top).ToString(CultureInfo.InvariantCulture) : null,
            ["counts"] = new JsonObject(_items.GroupBy(item => (string)item["runtimeStatus"]!).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.Count()))),
            ["total"] = Counts ? all.Count : null,
            ["waiting"] = Counts ? waiting.Count : null,
            ["overdue"] = Counts ? waiting.Count(item => DateTimeOffset.Parse((string)item["deadline"]!, CultureInfo.InvariantCulture) < DateTimeOffset.UtcNow) : null,
        }.ToJsonString();
    }

    private static bool Waits(JsonObject item) => item["waitingFor"] is not null && (string)item["runtimeStatus"]! == "Running";

    private static bool Fits(JsonObject item, string? status, string? search, bool waiting) =>
        (status is null || status.Split(',').Contains((string)item["runtimeStatus"]!))
        && (search is null || new[] { "instanceId", "caseId" }.Any(name => Folded((string)item[name]!).Contains(Folded(search), StringComparison.OrdinalIgnoreCase)))
        && (!waiting || Waits(item));

    private static string Folded(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private async Task CaseAsync(IRoute route)
    {
        var path = Uri.UnescapeDataString(new Uri(route.Request.Url).AbsolutePath);
        path = path[(path.IndexOf(path.Contains("/cases/", StringComparison.Ordinal) ? "/cases/" : "/instances/", StringComparison.Ordinal) + 1)..];
        path = path[path.IndexOf('/', StringComparison.Ordinal)..];
        if (route.Request.Method == "GET")
        {
            string? body;
            lock (_items)
                body = Of(path[1..]) is { } item ? Whole(item).ToJsonString() : null;
            await FulfillAsync(route, body is null ? 404 : 200, body ?? """{"detail":"There is none."}""");
            return;
        }
        Sent.Enqueue((route.Request.Method, path, route.Request.PostData ?? ""));
        var (status, answer) = Answer(route.Request.Method, path);
        await Gate;
        await FulfillAsync(route, status, answer);
    }

    private static JsonNode Whole(JsonObject item)
    {
        var whole = item.DeepClone();
        whole["input"] = new JsonObject();
        whole["output"] = null;
        whole["progress"] = new JsonObject();
        foreach (var name in new[] { "state", "attempt", "waitingFor", "deadline" })
            whole["progress"]![name] = item[name]?.DeepClone();
        whole["progress"]!["steps"] = item["steps"]?.DeepClone() ?? new JsonArray();
        return whole;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static Task FulfillAsync(IRoute route, int status, string body, string? tag = null) => route.FulfillAsync(new()
    {
        Status = status,
        ContentType = "application/json",
        Body = body,
        Headers = tag is null ? null : new Dictionary<string, string> { ["ETag"] = tag, ["Content-Type"] = "application/json" },
    });

    [GeneratedRegex("/api/cases[?]")]
    private static partial Regex Lists();

    [GeneratedRegex("/api/cases/|/runtime/webhooks/durabletask/instances/")]
    private static partial Regex Cases();
}
