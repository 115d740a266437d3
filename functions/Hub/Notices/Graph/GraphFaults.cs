using System.Globalization;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace IntegrationHub.Functions.Notices.Graph;

/// <summary>Classifies refusals by Microsoft Graph. Graph's own message is never passed on, because it can contain addresses.</summary>
internal static class GraphFaults
{
    internal static EffectResult Sort(ApiException refused, DateTimeOffset now)
    {
        var code = (refused as ODataError)?.Error?.Code ?? "no code";
        var said = FormattableString.Invariant($"Graph answered {refused.ResponseStatusCode} ({code})");
        return refused.ResponseStatusCode switch
        {
            429 => EffectResult.Transient($"{said}: too many calls.", RetryAfter(refused, now)),
            408 or 409 or >= 500 => EffectResult.Transient($"{said}.", RetryAfter(refused, now)),
            401 or 403 => EffectResult.NeedsHuman($"{said}: the hub's application is not allowed to do this. Check its secret and its permissions."),
            404 => EffectResult.NeedsHuman($"{said}: the mailbox, person or channel in the notice directory does not exist."),
            400 when code is "ErrorInvalidRecipients" => EffectResult.NeedsHuman($"{said}: the address in the notice directory is not usable."),
            _ => EffectResult.Permanent($"{said}."),
        };
    }

    /// <summary>The time to wait, from the Retry-After header, which contains seconds or a date (RFC 9110, section 10.2.3).</summary>
    private static TimeSpan? RetryAfter(ApiException refused, DateTimeOffset now)
    {
        var value = refused.ResponseHeaders?.FirstOrDefault(h => string.Equals(h.Key, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > now ? at - now
            : null;
    }
}
