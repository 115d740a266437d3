using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Subscriptions;

/// <summary>
/// Sends one subscriber its notifications. A subscriber's progress is stored as a position in the store's order, so nothing is lost if the
/// process ends. Each notification is sent at least once, with only the newest state.
/// </summary>
internal sealed partial class SubscriberNotifier(
    IFhirResourceStore store, FhirViews views, SubscriptionRules rules, SubscriberCall call, FhirEndpointOptions options, PausedItems rests, TimeProvider time, ILogger<SubscriberNotifier> log)
{
    /// <summary>Number of handshakes tried before a new subscription is given the status "error".</summary>
    internal const int Handshakes = 5;

    // The message is the same for every fault at the endpoint; otherwise a subscriber could use the hub to find open ports.
    private const string NoHandshake = "The endpoint did not accept the handshake.";

    /// <summary>
    /// Sends notifications until the endpoint refuses one. A refusal starts a pause, and a fault of the subscription itself is shown in its
    /// status.
    /// </summary>
    internal async Task TellAsync(StoredResource stored, Subscription subscription, Uri? endpoint, CancellationToken cancellationToken)
    {
        if (subscription.Status is not (Subscription.SubscriptionStatus.Requested or Subscription.SubscriptionStatus.Active))
        {
            return;
        }

        // Subscriptions stored before a rule existed must also obey the rule.
        if (endpoint is null || rules.Problems(subscription).Any() || SubscriptionRules.Search(subscription.Criteria)?.Value is not { } search)
        {
            await SetAsync(stored, subscription, Subscription.SubscriptionStatus.Error, "The hub does not support this subscription. Send the Subscription again to see the reason in the response.", cancellationToken);
            return;
        }

        if (GivenUp(subscription, rests.Of(stored.Id)) is { } why)
        {
            await SetAsync(stored, subscription, Subscription.SubscriptionStatus.Error, why, cancellationToken);
            return;
        }

        if (subscription.Status == Subscription.SubscriptionStatus.Active)
        {
            await NotifyAsync(stored, subscription, endpoint, search.Query, cancellationToken);
        }
        else if (await TakenAsync(stored, subscription, endpoint, null, cancellationToken))
        {
            // A new subscription starts with changes after its creation. A subscription that was repaired continues from its stored
            // position.
            if (await store.PositionAsync(PlaceOf(stored.Id), cancellationToken) == 0)
            {
                await store.StorePositionAsync(PlaceOf(stored.Id), stored.Sequence, cancellationToken);
            }

            await SetAsync(stored, subscription, Subscription.SubscriptionStatus.Active, null, cancellationToken);
        }
    }

    /// <summary>
    /// The key under which the pause after a failed call to an endpoint is stored. All subscriptions of the caller to the endpoint share this key.
    /// </summary>
    internal static string PauseKeyOf(string caller, Uri endpoint) => $"{caller} {endpoint.Authority}";

    /// <summary>
    /// The reason why notification was given up, or null while the subscription is active. The subscriber is informed in the next round of
    /// notifications. The time of that round depends only on the number of failures, so neither the message nor the time reveals how the
    /// last call ended.
    /// </summary>
    private string? GivenUp(Subscription subscription, Failing? failing) =>
        failing is null ? null
            : subscription.Status == Subscription.SubscriptionStatus.Requested ? (failing.Count >= Handshakes ? NoHandshake : null)
            : time.GetUtcNow() - failing.Since >= options.GiveUpNotifyingAfter
                ? $"The endpoint has not accepted any notification for {options.GiveUpNotifyingAfter.TotalHours.ToString("0", CultureInfo.InvariantCulture)} hours."
                : null;

    private async Task NotifyAsync(StoredResource stored, Subscription subscription, Uri endpoint, ResourceQuery query, CancellationToken cancellationToken)
    {
        var name = PlaceOf(stored.Id);
        ResourcePage page;
        do
        {
            page = await store.SearchAsync(query with { Reader = stored.Readers[0], After = await store.PositionAsync(name, cancellationToken), Count = 50, Descending = false }, cancellationToken);

            // The subscriber's access is checked for each page, because it may have changed since the previous page.
            var view = views.Of(new FhirCaller(stored.Readers[0], MayWrite: false));
            foreach (var task in page.Items)
            {
                if (await view.ShowAsync(task, isCurrent: true, cancellationToken) is { } shown && !await TakenAsync(stored, subscription, endpoint, shown, cancellationToken))
                {
                    return;
                }

                await store.StorePositionAsync(name, task.Sequence, cancellationToken);
            }
        }
        while (page.More);
    }

    private async Task<bool> TakenAsync(StoredResource stored, Subscription subscription, Uri endpoint, StoredResource? task, CancellationToken cancellationToken)
    {
        var end = await call.SendAsync(subscription, endpoint, task, cancellationToken);
        var shared = PauseKeyOf(stored.Readers[0], endpoint);
        if (end.Refusal is null)
        {
            rests.Forget(stored.Id);
            rests.Forget(shared);
            return true;
        }

        var failing = rests.Failed(stored.Id);
        if (!rests.IsPaused(shared))
        {
            // The pause follows every kind of refusal, because a pause after only some kinds would reveal the kind.
            rests.Failed(shared);
        }

        NotTaken(log, stored.Id, failing.Count, end.Refusal);
        return false;
    }

    private async Task SetAsync(StoredResource stored, Subscription subscription, Subscription.SubscriptionStatus status, string? error, CancellationToken cancellationToken)
    {
        subscription.Status = status;
        subscription.Error = error;
        var now = time.GetUtcNow();
        var next = stored with { Version = stored.Version + 1, LastUpdated = now, WrittenBy = "hub", Json = Stamp.Write(subscription, stored.Version + 1, now) };

        // The result is Stale if the owner has changed the subscription in the meantime. The next round reads the subscription again.
        await store.CommitAsync(new Commit([new ResourceWrite(next, stored.Version, Indexing.Of(subscription))]), cancellationToken);
        rests.Forget(stored.Id);
        StatusSet(log, stored.Id, status);
    }

    private static string PlaceOf(string id) => $"subscription/{id}";

    [LoggerMessage(1, LogLevel.Information, "Subscription {Id} is now {Status}")]
    private static partial void StatusSet(ILogger logger, string id, Subscription.SubscriptionStatus status);

    [LoggerMessage(2, LogLevel.Information, "Subscription {Id}: the endpoint did not accept a call; {Count} consecutive calls have failed: {Refusal}")]
    private static partial void NotTaken(ILogger logger, string id, int count, string refusal);
}
