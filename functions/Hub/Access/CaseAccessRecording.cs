using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Whenever a case is read through the API, the case's access log records it before the answer is sent. This applies to every address that
/// names a case and uses <see cref="AccessSetup.Allow"/>, including addresses that are added later. Operators of the hub do not see
/// children's data, so their requests are not logged.
/// </summary>
internal static class CaseAccessRecording
{
    /// <summary>
    /// Records in the access log that the case was read, unless the answer shows nothing. If the access log cannot be written to, nothing
    /// is shown.
    /// </summary>
    internal static async ValueTask<object?> RecordAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method)
            && answer is not IStatusCodeHttpResult { StatusCode: >= 400 }
            && AssessmentId.TryParse(http.Request.RouteValues["id"] as string, out var assessment, out _))
        {
            await http.RecordAsync([assessment], http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "read");
        }

        return answer;
    }

    /// <summary>Records in the access log that cases are about to be shown to the caller of this request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="assessments">The cases that are about to be shown.</param>
    /// <param name="what">The name of the endpoint, which says what is shown.</param>
    internal static async ValueTask RecordAsync(this HttpContext http, IEnumerable<AssessmentId> assessments, string what)
    {
        if (http.Caller() is { IsOperations: false } caller && http.RequestServices.GetService<IAccessLog>() is { } log)
        {
            var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            await log.WriteAsync(
                [.. assessments.Select(one => new CaseReading(one, now, caller.Subject, RoleNames.Of(caller.Role), $"API: {what}"))], http.RequestAborted);
        }
    }
}
