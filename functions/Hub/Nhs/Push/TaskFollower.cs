using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>
/// Looks how the Tasks stand that were pushed to bodies, and takes what moved there in here, under the same rules as if the body
/// had sent it: there is one way in, whichever side starts the call. The body is not there to be answered, so what cannot be taken in
/// is put before a person.
/// </summary>
public sealed partial class TaskFollower(
    PushEndpoints endpoints, FhirPush push, TaskMoves moves, IFhirResourceStore store, INhsExchange exchange, TimeProvider time, ILogger<TaskFollower> logger) : BackgroundService
{
    /// <summary>How often the bodies are looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private static readonly string[] Open = ["requested", "received", "accepted", "in-progress", "on-hold"];

    /// <summary>Looks at every open Task of every body that is pushed to.</summary>
    /// <returns>How many moved.</returns>
    public async Task<int> Round(CancellationToken cancel)
    {
        var moved = 0;
        foreach (var endpoint in endpoints.All)
        {
            long? after = null;
            ResourcePage page;
            do
            {
                page = await store.Search(
                    new ResourceQuery
                    {
                        Type = "Task",
                        Reader = endpoint.Agency.Value,
                        After = after,
                        Count = 100,
                        All = [new Criterion("status", [.. Open.Select(status => new Alternative(Match.Same, status))])],
                    },
                    cancel);
                foreach (var stored in page.Items)
                {
                    after = stored.Sequence;
                    moved += await Follow(endpoint, stored, cancel) ? 1 : 0;
                }
            }
            while (page.More);
        }

        return moved;
    }

    /// <summary>Looks at one Task and takes in what moved.</summary>
    public async Task<bool> Follow(PushEndpoint endpoint, StoredResource stored, CancellationToken cancel)
    {
        var ours = stored.Parse<FhirTask>();
        var requestId = ours.Identifier.Find(identifier => identifier.System == FhirUris.AdviceRequestId)?.Value;
        if (requestId is null || ours.GroupIdentifier?.System != FhirUris.AssessmentId || !AssessmentId.TryParse(ours.GroupIdentifier.Value, out var assessment, out _))
        {
            return false;
        }

        var ids = CallIds.Of($"follow/{stored.Id}/{time.GetUtcNow().UtcTicks}", requestId);
        var (theirs, trouble) = await push.Look(endpoint, requestId, ids, cancel);
        if (trouble is not null)
        {
            // What passes is looked at again in a while, and whoever is silent for long is chased. What does not pass is said once a day.
            await Tell(trouble, $"day-{time.GetUtcNow():yyyy-MM-dd}", $"Their system could not be looked at: {trouble.Detail}.");
            return false;
        }

        if (theirs?.Status is not { } status || (status == ours.Status && theirs.Note.Count <= ours.Note.Count))
        {
            return false;
        }

        var refused = await moves.Take(endpoint, stored.Id, ours, theirs, ids, cancel);
        if (refused is not null)
        {
            await Tell(refused, theirs.Meta?.VersionId ?? status.ToString(), $"Their Task stands at {theirs.StatusElement}: {refused.Detail}");
        }

        return refused is null;

        async Task Tell(PushResult why, string once, string detail)
        {
            NotTaken(logger, endpoint.Agency.Value, why.End, why.Detail);
            if (why.End != PushEnd.Transient)
            {
                await exchange.NotTaken(new AnswerNotTaken($"follow/{stored.Id}/{once}", assessment, requestId, detail), cancel);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The process's edge: a fault of one round (a disk that is full) must not end the hub; the next round looks again.
                Failed(logger, failure);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What moved in a pushed Task was not taken in: {Agency}, {End}, {Detail}")]
    private static partial void NotTaken(ILogger logger, string agency, PushEnd end, string detail);

    [LoggerMessage(2, LogLevel.Error, "A round over the pushed Tasks failed")]
    private static partial void Failed(ILogger logger, Exception failure);
}
