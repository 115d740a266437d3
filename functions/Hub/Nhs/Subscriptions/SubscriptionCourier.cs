using System.Globalization;
using System.Net.Http.Headers;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Subscriptions;

/// <summary>
/// Tells subscribers of Tasks. How far each has heard is a place in the store's order, so nothing is lost when the process ends, and
/// a subscriber that was away hears of every Task it missed as it stands now. At least once; newest state only.
/// </summary>
public sealed partial class SubscriptionCourier(
    IFhirResourceStore store, IHttpClientFactory clients, FhirEndpointOptions options, TimeProvider time, ILogger<SubscriptionCourier> logger) : BackgroundService
{
    /// <summary>Name of the HTTP client: no redirects, short timeout.</summary>
    public const string ClientName = "fhir-subscriptions";

    /// <summary>Handshakes tried before a new subscription goes to error.</summary>
    public const int Handshakes = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim poked = new(0, 1);
    private readonly Dictionary<string, Trouble> troubles = new(StringComparer.Ordinal);

    /// <summary>There may be something to tell. Carries nothing; losing one costs at most some minutes.</summary>
    public void Poke()
    {
        try
        {
            poked.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody poked already, and nobody has looked yet.
        }
    }

    /// <summary>Looks at every subscription once, and tells what there is to tell.</summary>
    /// <returns>When to look again at the latest.</returns>
    public async Task<DateTimeOffset> Round(CancellationToken cancel)
    {
        var next = time.GetUtcNow() + Idle;
        long? after = null;
        ResourcePage page;
        do
        {
            page = await store.Search(new ResourceQuery { Type = "Subscription", After = after, Count = 100 }, cancel);
            foreach (var stored in page.Items)
            {
                after = stored.Sequence;
                if (troubles.GetValueOrDefault(stored.Id) is not { } trouble || trouble.NotBefore <= time.GetUtcNow())
                {
                    await Serve(stored, cancel);
                }

                if (troubles.GetValueOrDefault(stored.Id) is { } left && left.NotBefore < next)
                {
                    next = left.NotBefore;
                }
            }
        }
        while (page.More);

        return next;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = await Round(stoppingToken);
            var pause = next - time.GetUtcNow();
            if (pause > TimeSpan.Zero)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(poked.WaitAsync(either.Token), Task.Delay(pause, time, either.Token));
                await either.CancelAsync();
            }
        }
    }

    private async Task Serve(StoredResource stored, CancellationToken cancel)
    {
        var subscription = stored.Parse<Subscription>();
        switch (subscription.Status)
        {
            case Subscription.SubscriptionStatus.Requested:
                if (await Send(subscription, null, cancel) is not { } refusal)
                {
                    troubles.Remove(stored.Id);

                    // A new one hears of what comes after it asked; one that was repaired goes on from where it stood.
                    if (await store.Place(PlaceOf(stored.Id), cancel) == 0)
                    {
                        await store.NotePlace(PlaceOf(stored.Id), stored.Sequence, cancel);
                    }

                    await Set(stored, subscription, Subscription.SubscriptionStatus.Active, null, cancel);
                }
                else if (Note(stored.Id).Count >= Handshakes)
                {
                    await Set(stored, subscription, Subscription.SubscriptionStatus.Error, $"The endpoint did not answer the handshake: {refusal}.", cancel);
                }

                break;
            case Subscription.SubscriptionStatus.Active when SubscriptionRules.Search(subscription.Criteria)?.Value is { } search:
                await Notify(stored, subscription, search.Query, cancel);
                break;
        }
    }

    private async Task Notify(StoredResource stored, Subscription subscription, ResourceQuery query, CancellationToken cancel)
    {
        var name = PlaceOf(stored.Id);
        ResourcePage page;
        do
        {
            page = await store.Search(query with { Reader = stored.Readers[0], After = await store.Place(name, cancel), Count = 50 }, cancel);
            foreach (var task in page.Items)
            {
                if (await Send(subscription, task, cancel) is { } refusal)
                {
                    if (time.GetUtcNow() - Note(stored.Id).Since >= options.GiveUpNotifyingAfter)
                    {
                        await Set(stored, subscription, Subscription.SubscriptionStatus.Error, $"The endpoint took no notification for {options.GiveUpNotifyingAfter.TotalHours.ToString("0", CultureInfo.InvariantCulture)} hours: {refusal}.", cancel);
                    }

                    return;
                }

                troubles.Remove(stored.Id);
                await store.NotePlace(name, task.Sequence, cancel);
            }
        }
        while (page.More);
    }

    // R4 subscription.html: without a payload an empty POST; with one the resource is PUT below the endpoint.
    private async Task<string?> Send(Subscription subscription, StoredResource? task, CancellationToken cancel)
    {
        var channel = subscription.Channel!;
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Endpoint);
        if (task is not null && FhirFormats.Parse(channel.Payload ?? "none") is { } format)
        {
            request.Method = HttpMethod.Put;
            request.RequestUri = new Uri($"{channel.Endpoint!.TrimEnd('/')}/{task.Reference}");
            request.Content = new ByteArrayContent(format == FhirFormat.Json ? task.Json.ToArray() : FhirWriter.Write(task.Parse<Resource>(), format));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(format.MediaType());
        }

        foreach (var header in channel.Header.OfType<string>())
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon].Trim(), header[(colon + 1)..].Trim());
        }

        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }

    private async Task Set(StoredResource stored, Subscription subscription, Subscription.SubscriptionStatus status, string? error, CancellationToken cancel)
    {
        subscription.Status = status;
        subscription.Error = error;
        var now = time.GetUtcNow();
        var next = stored with { Version = stored.Version + 1, LastUpdated = now, WrittenBy = "hub", Json = Stamp.Write(subscription, stored.Version + 1, now) };

        // Stale: its owner changed it meanwhile, and the next round looks at it anew.
        await store.Commit(new Commit([new ResourceWrite(next, stored.Version, Indexing.Of(subscription))]), cancel);
        troubles.Remove(stored.Id);
        StatusSet(logger, stored.Id, status);
    }

    private Trouble Note(string id)
    {
        var now = time.GetUtcNow();
        var before = troubles.GetValueOrDefault(id);
        var count = (before?.Count ?? 0) + 1;
        var delay = FirstDelay * Math.Pow(2, Math.Min(count - 1, 20)) * (1 + (Random.Shared.NextDouble() / 4));
        return troubles[id] = new Trouble(count, before?.Since ?? now, now + (delay < LongestDelay ? delay : LongestDelay));
    }

    private static string PlaceOf(string id) => $"subscription/{id}";

    private sealed record Trouble(int Count, DateTimeOffset Since, DateTimeOffset NotBefore);

    [LoggerMessage(1, LogLevel.Information, "Subscription {Id} is now {Status}")]
    private static partial void StatusSet(ILogger logger, string id, Subscription.SubscriptionStatus status);
}
