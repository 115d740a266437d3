using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Fhir.TaskLife;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>The ids of one call, by which a repeated call is recognised. Neither id changes between attempts.</summary>
/// <param name="RequestId">X-Request-ID, a UUID.</param>
/// <param name="CorrelationId">X-Correlation-ID, a UUID.</param>
public sealed record CallIds(string RequestId, string CorrelationId)
{
    /// <summary>The ids for a call that carries out an effect. Calls about the same matter have the same correlation id.</summary>
    public static CallIds Of(string effectId, string matter) => new(FhirIds.Of("X-Request-ID", effectId), FhirIds.Of("X-Correlation-ID", matter));
}

/// <summary>Sends requests, reminders and withdrawals to a body's own FHIR endpoint, and reads its Task.</summary>
public sealed partial class FhirPush(IHttpClientFactory clients, AccessTokens tokens, TimeProvider time)
{
    /// <summary>The number that the store holds for a Task from just before the first push until the Task has arrived at the body.</summary>
    public const long UnderWay = 1;

    private const int LargestAnswer = FhirReader.MaxBinaryBytes * 2;

    /// <summary>
    /// Sends a request as one transaction, with each entry conditional on one of the hub's identifiers. A request that is written again
    /// with its original time has the same content, so an attempt after a lost response creates nothing twice.
    /// </summary>
    public async Task<PushResult> AskAsync(PushEndpoint endpoint, RequestForAdvice ask, DateTimeOffset authored, CallIds ids, CancellationToken cancellationToken)
    {
        var bundle = RequestBundle.Transaction(ask, authored);
        var answer = await CallAsync(endpoint, HttpMethod.Post, "", bundle, ids, cancellationToken);
        if (answer.Trouble is { } trouble)
        {
            return trouble;
        }

        var at = bundle.Entry.FindIndex(entry => entry.Resource is FhirTask);
        var told = answer.Resource as Bundle;
        if (told?.Entry.ElementAtOrDefault(bundle.Entry.FindIndex(entry => entry.Resource is Patient))?.Response is { Location: { } patient } joined
            && joined.Status?.StartsWith("200", StringComparison.Ordinal) == true && await JoinedAsync(endpoint, ask, patient, ids, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        return answer.Resource is Bundle { Type: Bundle.BundleType.TransactionResponse } response && response.Entry.Count == bundle.Entry.Count
            && response.Entry.TrueForAll(entry => entry.Response?.Status?.StartsWith('2') == true)
            ? PushResult.Done(response.Entry[at].Response!.Location ?? "Task")
            : PushResult.NeedsHuman("the endpoint accepted the transaction but did not return a transaction response; check with the body whether the request has arrived.");
    }

    /// <summary>The capabilities that the endpoint says it has. Reading them changes nothing at the endpoint.</summary>
    internal Task<(Resource? Resource, PushResult? Trouble)> CapabilitiesAsync(PushEndpoint endpoint, CallIds ids, CancellationToken cancellationToken) =>
        SendAsync(endpoint, () => new HttpRequestMessage(HttpMethod.Get, Address(endpoint, "metadata")), ids, cancellationToken);

    // Called if the endpoint reports that it already had the patient. The patient must be the same child, because a server that ignores the
    // condition would have added the request to the first record that it found.
    private async Task<PushResult?> JoinedAsync(PushEndpoint endpoint, RequestForAdvice ask, string location, CallIds ids, CancellationToken cancellationToken)
    {
        var (resource, trouble) = await FetchAsync(endpoint, location.Split("/_history/")[0], ids, cancellationToken);
        if (trouble is { End: PushOutcome.Transient })
        {
            return trouble;
        }

        var child = new KnownChild { Assessment = ask.Assessment, Child = ask.Child, References = new HashSet<string>() };
        return resource is not null && SubjectReader.Read(resource, child, _ => null).Contradictions.Count > 0
            ? PushResult.NeedsHuman("the endpoint linked the request to the record of another person; the body must correct this immediately.")
            : null;
    }

    /// <summary>Marks the body's Task as chased. A closed Task is not chased.</summary>
    public Task<PushResult> ChaseAsync(PushEndpoint endpoint, string requestId, CallIds ids, CancellationToken cancellationToken) =>
        ChangeAsync(endpoint, requestId, ids, () => [Operation("/businessStatus", RequestCodes.Of(RequestProgress.Chased)!)], cancellationToken);

    /// <summary>Cancels the body's Task, with the reason. A closed Task is not changed.</summary>
    public Task<PushResult> WithdrawAsync(PushEndpoint endpoint, string requestId, string reason, CallIds ids, CancellationToken cancellationToken) =>
        ChangeAsync(endpoint, requestId, ids, () => [Operation("/status", "cancelled"), Operation("/statusReason", new CodeableConcept { Text = reason })], cancellationToken);

    /// <summary>
    /// The body's Task for a request. Only a Task with the request's own identifier is used, even if the endpoint returns other Tasks. Task
    /// and Trouble are both null if there is no Task. If there is more than one Task, the result is a problem.
    /// </summary>
    public async Task<(FhirTask? Task, PushResult? Trouble)> LookAsync(PushEndpoint endpoint, string requestId, CallIds ids, CancellationToken cancellationToken)
    {
        var identifier = Uri.EscapeDataString($"{FhirUris.AdviceRequestId}|{requestId}");
        var answer = await CallAsync(endpoint, HttpMethod.Get, $"Task?identifier={identifier}", null, ids, cancellationToken);
        if (answer.Trouble is not null)
        {
            return (null, answer.Trouble);
        }

        if (answer.Resource is not Bundle { Type: Bundle.BundleType.Searchset } found)
        {
            return (null, PushResult.NeedsHuman("the endpoint's response to the search for its Task is not a search result."));
        }

        var tasks = found.Entry.Select(entry => entry.Resource).OfType<FhirTask>()
            .Where(task => task.Identifier.Exists(given => given.System == FhirUris.AdviceRequestId && given.Value == requestId)).ToList();
        return tasks switch
        {
            [] => (null, null),
            [{ Id.Length: > 0 } task] => (task, null),
            [_] => (null, PushResult.NeedsHuman("the endpoint's Task for this request has no id.")),
            _ => (null, PushResult.NeedsHuman($"the endpoint has {tasks.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)} Tasks for this request, so none was used.")),
        };
    }

    /// <summary>
    /// Fetches one of the body's resources, to which its Task refers. A reference is accepted only if it names a resource
    /// below the body's own base address.
    /// </summary>
    public async Task<(Resource? Resource, PushResult? Trouble)> FetchAsync(PushEndpoint endpoint, string reference, CallIds ids, CancellationToken cancellationToken)
    {
        // A reference must not make the hub send its token to another server.
        var path = Relative(endpoint, reference);
        if (Named().Match(path) is not { Success: true } named || named.Groups["id"].Value.All(c => c == '.'))
        {
            return (null, PushResult.NeedsHuman("the body's Task refers to something outside the body's endpoint, or to no resource."));
        }

        var (resource, trouble) = await CallAsync(endpoint, HttpMethod.Get, path, null, ids, cancellationToken);
        if (trouble is not null)
        {
            return (null, trouble);
        }

        var isThat = resource is not null && resource.TypeName == named.Groups["type"].Value && resource.Id == named.Groups["id"].Value
            && (!named.Groups["version"].Success || resource.Meta?.VersionId == named.Groups["version"].Value);
        return isThat ? (resource, null) : (null, PushResult.NeedsHuman("the endpoint returned a different resource from the one requested."));
    }

    /// <summary>The name under which the store holds the number that records how far a Task has been pushed.</summary>
    public static string PositionName(string taskId) => $"push/{taskId}";

    /// <summary>Makes a reference relative to the endpoint's base address. References to other servers are unchanged.</summary>
    internal static string Relative(PushEndpoint endpoint, string reference)
    {
        var own = endpoint.Base.ToString().TrimEnd('/') + "/";
        return reference.StartsWith(own, StringComparison.OrdinalIgnoreCase) ? reference[own.Length..] : reference;
    }

    private async Task<PushResult> ChangeAsync(PushEndpoint endpoint, string requestId, CallIds ids, Func<JsonArray> patch, CancellationToken cancellationToken)
    {
        var (task, trouble) = await LookAsync(endpoint, requestId, ids, cancellationToken);
        if (trouble is not null)
        {
            return trouble;
        }

        if (task is null)
        {
            return PushResult.Transient("the endpoint has no Task for this request yet");
        }

        if (TaskTransitions.IsFinal(task.Status))
        {
            return PushResult.Done($"Task/{task.Id}");
        }

        return await PatchAsync(endpoint, task, patch(), ids, cancellationToken);
    }

    private async Task<PushResult> PatchAsync(PushEndpoint endpoint, Resource theirs, JsonArray patch, CallIds ids, CancellationToken cancellationToken)
    {
        var at = $"{theirs.TypeName}/{theirs.Id}";
        var body = System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString());
        var answer = await SendAsync(
            endpoint,
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Patch, Address(endpoint, at)) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(FhirFormats.JsonPatch);
                if (theirs.Meta?.VersionId is { } version)
                {
                    request.Headers.TryAddWithoutValidation("If-Match", $"W/\"{version}\"");
                }

                return request;
            },
            ids,
            cancellationToken);

        // Status 412: the body changed the Task in the meantime, so the next attempt reads the new state.
        return answer.Trouble is { End: PushOutcome.NeedsHuman } and { Detail: var detail } && detail.StartsWith("status 412", StringComparison.Ordinal)
            ? PushResult.Transient(detail)
            : answer.Trouble ?? PushResult.Done(at);
    }

    private Task<(Resource? Resource, PushResult? Trouble)> CallAsync(PushEndpoint endpoint, HttpMethod method, string path, Resource? body, CallIds ids, CancellationToken cancellationToken)
    {
        var bytes = body is null ? null : FhirWriter.Write(body, FhirFormat.Json);
        return SendAsync(
            endpoint,
            () =>
            {
                var request = new HttpRequestMessage(method, Address(endpoint, path));
                if (bytes is not null)
                {
                    request.Content = new ByteArrayContent(bytes);
                    request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(FhirFormats.Json);
                }

                return request;
            },
            ids,
            cancellationToken);
    }

    private async Task<(Resource? Resource, PushResult? Trouble)> SendAsync(PushEndpoint endpoint, Func<HttpRequestMessage> make, CallIds ids, CancellationToken cancellationToken)
    {
        // A refused token may have been revoked early, so a new token is tried once.
        for (var fresh = 0; ; fresh++)
        {
            var (token, noToken) = await tokens.ForAsync(endpoint, cancellationToken);
            if (noToken is not null)
            {
                return (null, noToken);
            }

            using var request = make();
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(FhirFormats.Json));
            request.Headers.Add("X-Request-ID", ids.RequestId);
            request.Headers.Add("X-Correlation-ID", ids.CorrelationId);
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            try
            {
                using var client = clients.CreateClient(PushEndpoints.ClientName(endpoint.Agency));
                client.MaxResponseContentBufferSize = LargestAnswer;
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
                var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && fresh == 0)
                {
                    tokens.Drop(endpoint);
                    continue;
                }

                if (!response.IsSuccessStatusCode)
                {
                    return (null, ResponseClassification.Refusal(response, bytes, time.GetUtcNow()));
                }

                return bytes.Length == 0 ? (null, null) : Read(bytes, response);
            }
            catch (Exception failure) when (ResponseClassification.Failure(failure, cancellationToken) is not null)
            {
                return (null, ResponseClassification.Failure(failure, cancellationToken));
            }
        }
    }

    private static (Resource? Resource, PushResult? Trouble) Read(byte[] bytes, HttpResponseMessage response)
    {
        var read = FhirReader.Read(bytes, response.Content.Headers.ContentType?.ToString(), LargestAnswer);
        return read.Value is { } resource
            ? (resource, null)
            : (null, PushResult.NeedsHuman($"the endpoint's response is not valid FHIR ({read.Problems[0].Path})."));
    }

    private static Uri Address(PushEndpoint endpoint, string path) =>
        new(path.Length == 0 ? endpoint.Base.ToString().TrimEnd('/') : $"{endpoint.Base.ToString().TrimEnd('/')}/{path}");

    // The operation "add" sets a member whether or not the member exists (RFC 6902 4.1).
    private static JsonObject Operation(string path, string value) => new() { ["op"] = "add", ["path"] = path, ["value"] = value };

    private static JsonObject Operation(string path, CodeableConcept value)
    {
        var concept = new JsonObject();
        if (value.Text is { } text)
        {
            concept["text"] = text;
        }

        if (value.Coding.Count > 0)
        {
            concept["coding"] = new JsonArray([.. value.Coding.Select(coding => (JsonNode)new JsonObject { ["system"] = coding.System, ["code"] = coding.Code, ["display"] = coding.Display })]);
        }

        return new JsonObject { ["op"] = "add", ["path"] = path, ["value"] = concept };
    }

    [GeneratedRegex(@"\A(?<type>[A-Z][A-Za-z]+)/(?<id>[A-Za-z0-9\-.]{1,64})(/_history/(?<version>[A-Za-z0-9\-.]{1,64}))?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
