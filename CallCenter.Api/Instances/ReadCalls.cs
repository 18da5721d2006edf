using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.Instances;

/// <summary><c>GET /api/{collection}</c> and <c>GET /api/{collection}/{id}</c>.</summary>
internal static class ReadCalls
{
    public static async Task<ApiResponse> GetAsync(Call call) =>
        EntityTag.Answer(call.Request, ApiResponse.JsonType, InstanceBody.Write(call.Served, await call.FindAsync()));

    public static async Task<ApiResponse> ListAsync(Call call, ListCapabilities list)
    {
        var query = InstanceListQuery.Read(new QueryString(call.Request.Query), call.Served, list);
        try
        {
            var page = await call.Client.QueryAsync(query, call.Cancellation);
            return EntityTag.Answer(call.Request, ApiResponse.JsonType, InstanceListBody.Write(call.Served, page));
        }
        catch (InvalidContinuationTokenException)
        {
            return Problem.BadRequest(
            [
                new("continuationToken",
                    "The continuation token was not issued by this host. " +
                    "Take it from the page before, unchanged and with the same filter, or leave it out."),
            ]);
        }
    }
}
