using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Search;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.Functions.Nhs.Subscriptions;

/// <summary>Which subscriptions the hub serves: Tasks, by R4 criteria, over rest-hook.</summary>
public sealed class SubscriptionRules(FhirEndpointOptions options)
{
    /// <summary>Everything that speaks against <paramref name="subscription"/>; puts its status where a new one begins.</summary>
    public IEnumerable<FhirProblem> Check(Subscription subscription, bool isNew)
    {
        if (isNew || subscription.Status is Subscription.SubscriptionStatus.Active or Subscription.SubscriptionStatus.Error)
        {
            // The hub alone says that it is active, once the endpoint has answered (R4 Subscription.status).
            subscription.Status = Subscription.SubscriptionStatus.Requested;
        }

        subscription.Error = null;
        if (Search(subscription.Criteria) is not { } search)
        {
            yield return Problem("criteria", "must be a search that is known here, like Task?owner=Organization/123.");
        }
        else if (search.Problems.Count > 0)
        {
            yield return Problem("criteria", search.Problems[0].Reason);
        }

        if (subscription.Channel?.Type != Subscription.SubscriptionChannelType.RestHook)
        {
            yield return Problem("channel.type", "only rest-hook is served.");
        }

        if (!Uri.TryCreate(subscription.Channel?.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || !options.MayNotify(address))
        {
            yield return Problem("channel.endpoint", "must be a public https address.");
        }

        if (subscription.Channel?.Payload is { Length: > 0 } payload && FhirFormats.Parse(payload) is null)
        {
            yield return Problem("channel.payload", $"must be {FhirFormats.Json}, {FhirFormats.Xml}, or empty.");
        }

        if (subscription.Channel?.Header.Any(header => header is null || header.IndexOf(':', StringComparison.Ordinal) < 1 || header.Any(char.IsControl)) == true)
        {
            yield return Problem("channel.header", "must be lines of the form Name: value.");
        }
    }

    /// <summary>The search behind a criterion on Task; null when it is of another kind.</summary>
    public static FhirReading<SearchRequest>? Search(string? criteria)
    {
        const string Prefix = "Task?";
        return criteria?.StartsWith(Prefix, StringComparison.Ordinal) == true
            ? SearchRequest.Parse(
                "Task",
                QueryHelpers.ParseQuery(criteria[Prefix.Length..]).SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string>(pair.Key, value ?? ""))),
                strict: true)
            : criteria == "Task" ? SearchRequest.Parse("Task", [], strict: true) : null;
    }

    private static FhirProblem Problem(string path, string reason) => new($"Subscription.{path}", reason, OperationOutcome.IssueType.BusinessRule);
}
