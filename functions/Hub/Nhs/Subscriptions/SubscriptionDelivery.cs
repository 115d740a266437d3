using System.Collections.Concurrent;
using Hl7.Fhir.Model;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Outgoing;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Subscriptions;

/// <summary>
/// Notifies many subscribers of Tasks simultaneously. An endpoint that does not respond delays only its owner's notifications, because
/// each caller has a few slots of its own and each failing endpoint has its own pause.
/// </summary>
public sealed class SubscriptionDelivery : BackgroundLoop
{
    /// <summary>Number of handshakes tried before a new subscription is given the status "error".</summary>
    public const int Handshakes = SubscriberNotifier.Handshakes;

    /// <summary>Largest number of simultaneous calls for all callers together.</summary>
    public const int MaxCalls = 256;

    /// <summary>Largest number of simultaneous calls for one caller.</summary>
    public const int MaxCallsOfCaller = 4;

    /// <summary>
    /// Largest number of simultaneous calls to one host, which is enough for several callers, so that they cannot block each other.
    /// </summary>
    public const int MaxCallsToHost = 16;

    // The pause is longer than any call can take, so that the time of the next attempt depends on the number of failures and not on the
    // kind of failure.
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly IFhirResourceStore store;
    private readonly SubscriptionRules rules;
    private readonly SubscriberNotifier telling;
    private readonly PausedItems rests;
    private readonly Bulkheads bulkheads = new(MaxCalls, MaxCallsOfCaller, MaxCallsToHost);
    private readonly ConcurrentDictionary<string, Task> inHand = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> toldAt = new(StringComparer.Ordinal);
    private long news = 1;
    private DateTimeOffset lookAgain;
    private volatile bool isWaiting;

    /// <summary>Creates the only instance in the process.</summary>
    public SubscriptionDelivery(
        IFhirResourceStore store,
        FhirViews views,
        IHttpClientFactory clients,
        SubscriptionRules rules,
        FhirEndpointOptions options,
        BackgroundWork work,
        TimeProvider time,
        ILoggerFactory logs)
        : base("subscription notifications", work, time)
    {
        (this.store, this.rules) = (store, rules);
        rests = new PausedItems(FirstRest, LongestRest, LoopItems.Max, time);
        telling = new SubscriberNotifier(store, views, rules, new SubscriberCall(clients), options, rests, time, logs.CreateLogger<SubscriberNotifier>());
        lookAgain = Time.GetUtcNow() + Idle;
    }

    /// <summary>
    /// Signals that there may be something to send. The signal contains no data. If a signal is lost, the delay is a few minutes at most.
    /// </summary>
    public void SignalChange()
    {
        Interlocked.Increment(ref news);
        Wake();
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        if (Time.GetUtcNow() >= lookAgain)
        {
            Interlocked.Increment(ref news);
            lookAgain = Time.GetUtcNow() + Idle;
        }

        isWaiting = false;
        var look = Interlocked.Read(ref news);
        var known = new HashSet<string>(StringComparer.Ordinal);
        long? after = null;
        ResourcePage page;
        do
        {
            page = await store.SearchAsync(new ResourceQuery { Type = "Subscription", After = after, Count = 100 }, cancellationToken);
            foreach (var stored in page.Items)
            {
                after = stored.Sequence;
                await BeginAsync(stored, look, known, cancellationToken);
            }
        }
        while (page.More);

        Forget(known);
        var next = new[] { rests.Next(), Items.Next(), lookAgain }.Min()!.Value - Time.GetUtcNow();
        return next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(1);
    }

    /// <inheritdoc/>
    protected override Task DrainAsync() => Task.WhenAll(inHand.Values);

    private async Task BeginAsync(StoredResource stored, long look, HashSet<string> known, CancellationToken cancellationToken)
    {
        var (id, reading) = (stored.Id, $"{stored.Id} (reading)");
        known.Add(id);
        known.Add(reading);
        if (toldAt.GetValueOrDefault(id) >= look || rests.IsPaused(id) || Items.IsPaused(id) || Items.IsPaused(reading) || stored.Readers is not [var caller, ..])
        {
            return;
        }

        if (inHand.ContainsKey(id) || !bulkheads.HasCapacity(caller))
        {
            isWaiting = true;
            return;
        }

        // A subscription that cannot be read is treated as a failed item and uses no slot.
        Subscription? subscription = null;
        Uri? endpoint = null;
        await Items.RunAsync(
            reading,
            _ =>
            {
                subscription = stored.Parse<Subscription>();
                endpoint = rules.Endpoint(subscription);
                return Task.CompletedTask;
            },
            cancellationToken);
        if (subscription is null)
        {
            return;
        }

        if (endpoint is not null)
        {
            known.Add(SubscriberNotifier.PauseKeyOf(caller, endpoint));
            if (rests.IsPaused(SubscriberNotifier.PauseKeyOf(caller, endpoint)))
            {
                return;
            }
        }

        if (bulkheads.TryEnter(caller, endpoint?.IdnHost ?? "") is not { } place)
        {
            isWaiting = true;
            return;
        }

        // The call is recorded before it begins, so that its end can remove the record.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        inHand[id] = over.Task;
        _ = Task.Run(() => TellAsync(stored, subscription, endpoint, place, look, over, cancellationToken), CancellationToken.None);
    }

    private async Task TellAsync(
        StoredResource stored, Subscription subscription, Uri? endpoint, IDisposable place, long look, TaskCompletionSource over, CancellationToken cancellationToken)
    {
        var done = false;
        try
        {
            var end = await Items.RunAsync(stored.Id, cancellationToken => telling.TellAsync(stored, subscription, endpoint, cancellationToken), cancellationToken);
            done = end == ItemOutcome.Done && rests.Of(stored.Id) is null;
            if (done)
            {
                toldAt[stored.Id] = look;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The hub is stopping; the notification is sent after the next start.
        }
        finally
        {
            place.Dispose();
            inHand.TryRemove(stored.Id, out _);
            over.SetResult();
            if (isWaiting || !done)
            {
                // Another subscription waits for this call's slot, or the pause after a failed call has to be calculated.
                Wake();
            }
        }
    }

    private void Forget(HashSet<string> known)
    {
        rests.KeepOnly(known);
        Items.KeepOnly(known);
        foreach (var gone in toldAt.Keys.Where(id => !known.Contains(id)))
        {
            toldAt.TryRemove(gone, out _);
        }
    }
}
