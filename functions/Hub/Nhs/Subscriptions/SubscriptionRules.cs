using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Outgoing;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.Functions.Nhs.Subscriptions;

/// <summary>Decides which subscriptions the hub supports: subscriptions to Tasks by R4 criteria, over rest-hook.</summary>
public sealed class SubscriptionRules(OutgoingOptions outgoing)
{
    /// <summary>Largest length of the criteria, in characters.</summary>
    public const int MaxCriteriaLength = 4000;

    /// <summary>Returns all reasons to refuse a subscription, and sets its initial status.</summary>
    public IEnumerable<FhirProblem> Check(Subscription subscription, bool isNew)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        if (isNew || subscription.Status is Subscription.SubscriptionStatus.Active or Subscription.SubscriptionStatus.Error)
        {
            // Only the hub sets the status to active, once the endpoint has answered (R4 Subscription.status).
            subscription.Status = Subscription.SubscriptionStatus.Requested;
        }

        subscription.Error = null;
        return Problems(subscription);
    }

    /// <summary>The address for the subscription's calls, or null if the hub is not allowed to call it.</summary>
    public Uri? Endpoint(Subscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return OutgoingAddress.Parse(subscription.Channel?.Endpoint) is { Query: "" } address
            && (OutgoingAddress.IsPublicHttps(address) || (outgoing.AllowLoopback && address.IsLoopback)) ? address : null;
    }

    /// <summary>The search that corresponds to a criterion on Task, or null for any other criterion.</summary>
    public static FhirReading<SearchRequest>? Search(string? criteria)
    {
        const string Prefix = "Task?";
        return criteria is not { Length: <= MaxCriteriaLength } ? null
            : criteria.StartsWith(Prefix, StringComparison.Ordinal)
            ? SearchRequest.Parse(
                "Task",
                QueryHelpers.ParseQuery(criteria[Prefix.Length..]).SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string>(pair.Key, value ?? ""))),
                strict: true)
            : criteria == "Task" ? SearchRequest.Parse("Task", [], strict: true) : null;
    }

    /// <summary>All reasons not to support a subscription, whether it is new or stored.</summary>
    internal IEnumerable<FhirProblem> Problems(Subscription subscription)
    {
        if (subscription.Criteria?.Length > MaxCriteriaLength)
        {
            yield return Problem("criteria", $"must not have more than {MaxCriteriaLength} characters.");
        }
        else if (Search(subscription.Criteria) is not { } search)
        {
            yield return Problem("criteria", "must be a supported search, such as Task?owner=Organization/123.");
        }
        else if (search.Problems.Count > 0)
        {
            yield return Problem("criteria", search.Problems[0].Reason);
        }

        if (subscription.Channel?.Type != Subscription.SubscriptionChannelType.RestHook)
        {
            yield return Problem("channel.type", "only rest-hook is supported.");
        }

        if (Endpoint(subscription) is null)
        {
            yield return Problem("channel.endpoint", "must be a public https address with a host name, without a query.");
        }

        if (subscription.Channel?.Payload is { Length: > 0 } payload && FhirFormats.Parse(payload) is null)
        {
            yield return Problem("channel.payload", $"must be {FhirFormats.Json}, {FhirFormats.Xml}, or empty.");
        }

        if (subscription.Channel is { } channel && (channel.Header.Count() > SubscriberHeaders.Max || channel.Header.Any(line => SubscriberHeaders.Read(line) is null)))
        {
            yield return Problem("channel.header", $"must be at most {SubscriberHeaders.Max} lines of the form Name: value, where the name is one of {string.Join(", ", SubscriberHeaders.Allowed)}.");
        }
    }

    private static FhirProblem Problem(string path, string reason) => new($"Subscription.{path}", reason, OperationOutcome.IssueType.BusinessRule);
}
