using System.Net.Http.Headers;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Demo;

/// <summary>One partner's connection to the hub, with the partner's own token and only through the public interface.</summary>
internal sealed class HubClient(HttpClient http, string token, string who)
{
    /// <summary>Sends an input to the address of its step.</summary>
    /// <exception cref="HubRefusedException">The hub did not accept the input.</exception>
    internal Task<JsonElement> SendAsync(AssessmentId assessment, AssessmentInput input, CancellationToken cancellationToken) =>
        PostAsync($"/v1/cases/{assessment}/{StepCatalogue.Of(input).Name}", input, cancellationToken);

    /// <summary>Posts an object as JSON to a path of the hub.</summary>
    internal async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body, body.GetType(), options: AssessmentJson.Default.Options),
        };
        request.Headers.Add("Idempotency-Key", $"{who}-{Guid.NewGuid():N}");
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Reads JSON from an address of the hub.</summary>
    internal async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Reads one assessment as this partner sees it, or null if the partner is not allowed to see the assessment.</summary>
    internal async Task<JsonElement?> FindAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/cases/{assessment}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancellationToken);
        return response.StatusCode == System.Net.HttpStatusCode.NotFound ? null : await ReadAsync(response, cancellationToken);
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new HubRefusedException($"{who}: {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath} was answered {(int)response.StatusCode}: {text}");
    }
}

/// <summary>The hub did not accept what a partner in the demonstration sent.</summary>
internal sealed class HubRefusedException(string message) : Exception(message);
