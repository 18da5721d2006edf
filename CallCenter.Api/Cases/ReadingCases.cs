using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.Cases;

/// <summary><c>GET /api/cases</c> and <c>GET /api/cases/{id}</c>.</summary>
internal sealed class ReadingCases(IOrchestrationClient client)
{
    public async Task<ApiResponse> GetAsync(ApiRequest request, string id)
    {
        var state = await client.FindAsync(id, request.Cancellation);
        return EntityTag.Answer(request, ApiResponse.JsonType, CaseBody.Write(state));
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request)
    {
        var query = CaseListQuery.Read(new QueryString(request.Query));
        try
        {
            var page = await client.QueryAsync(query, request.Cancellation);
            return new ApiResponse(200, ApiResponse.JsonType, CaseListBody.Write(page));
        }
        catch (InvalidContinuationTokenException)
        {
            return Problem.BadRequest([new("continuationToken", "The continuation token is not one that this host gave. Take it from the page before, unchanged and with the same filter, or leave it out.")]);
        }
    }
}
