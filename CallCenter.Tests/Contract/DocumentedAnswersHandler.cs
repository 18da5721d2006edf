using CallCenter.Tests.Api;

namespace CallCenter.Tests.Contract;

/// <summary>Holds every answer of a running host to the OpenAPI document, and every refusal to problem+json.</summary>
internal sealed class DocumentedAnswersHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType;
        DocumentedAnswers.Program.Check(request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, type);
        // The Functions host answers 401 itself, with an empty body; an answer to HEAD has none either.
        if ((int)response.StatusCode >= 400 && (int)response.StatusCode != 401 && request.Method != HttpMethod.Head)
            Assert.Equal("application/problem+json", type);
        return response;
    }
}
