using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Logging;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>
/// Looks how the Tasks stand that were pushed to bodies, and takes what moved there in here, under the same rules as if the body
/// had sent it: there is one way in, whichever side starts the call. The body is not there to be answered, so what cannot be taken in
/// is put before a person.
/// </summary>
public sealed partial class TaskFollower(
    PushEndpoints endpoints, FhirPush push, TaskMoves moves, IFhirResourceStore store, INhsExchange exchange, BackgroundWork work, TimeProvider time, ILogger<TaskFollower> logger)
    : BackgroundLoop("look at the Tasks at bodies' own endpoints", work, time)
{
    /// <summary>How often the bodies are looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Bodies that are looked at at the same time: one that is slow to answer holds up itself alone.</summary>
    private const int BodiesAtOnce = 16;

    private static readonly string[] Open = ["requested", "received", "accepted", "in-progress", "on-hold"];

    /// <inheritdoc/>
    protected override TimeSpan FirstPause => Interval;

    /// <summary>Looks at every open Task of every body that is pushed to, the bodies side by side.</summary>
    /// <returns>How many moved.</returns>
    public async Task<int> Round(CancellationToken cancel)
    {
        var moved = 0;
        await Parallel.ForEachAsync(
            endpoints.All,
            new ParallelOptions { MaxDegreeOfParallelism = BodiesAtOnce, CancellationToken = cancel },
            async (endpoint, stop) => Interlocked.Add(ref moved, await OfBody(endpoint, stop)));
        return moved;
    }

    private async Task<int> OfBody(PushEndpoint endpoint, CancellationToken cancel)
    {
        var moved = 0;
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
                if (!Items.Rests(stored.Reference))
                {
                    await Items.RunAsync(stored.Reference, async stop => moved += await Follow(endpoint, stored, stop) ? 1 : 0, cancel);
                }
            }
        }
        while (page.More);

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

        var ids = CallIds.Of($"follow/{stored.Id}/{Time.GetUtcNow().UtcTicks}", requestId);
        var (theirs, trouble) = await push.Look(endpoint, requestId, ids, cancel);
        if (trouble is not null)
        {
            // What passes is looked at again in a while, and whoever is silent for long is chased. What does not pass is said once a day.
            await Tell(trouble, $"day-{Time.GetUtcNow():yyyy-MM-dd}", $"Their system could not be looked at: {trouble.Detail}.");
            return false;
        }

        if (theirs is null)
        {
            // While it is still being pushed there is none to be found, and who is told when that fails is told by the push.
            if (await store.Place(FhirPush.PlaceOf(stored.Id), cancel) != FhirPush.UnderWay)
            {
                await Tell(PushResult.NeedsHuman("no Task with this request's identifier is there"), $"day-{Time.GetUtcNow():yyyy-MM-dd}", "Their system has no Task of this request any more; nothing was taken from there.");
            }

            return false;
        }

        if (theirs.Status is not { } status || !TaskMoves.SaysMore(ours, theirs))
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
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await Round(cancellationToken);
        return Interval;
    }

    [LoggerMessage(1, LogLevel.Warning, "What moved in a pushed Task was not taken in: {Agency}, {End}, {Detail}")]
    private static partial void NotTaken(ILogger logger, string agency, PushEnd end, string detail);
}
