using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Logging;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>
/// Reads the Tasks that were pushed to bodies, and accepts their changes under the same rules as if the bodies had sent them. The hub
/// cannot respond to the body here, so a change that cannot be accepted is passed to an officer.
/// </summary>
public sealed partial class TaskFollower(
    PushEndpoints endpoints, FhirPush push, TaskStatusChanges moves, IFhirResourceStore store, INhsExchange exchange, BackgroundWork work, TimeProvider time, ILogger<TaskFollower> logger)
    : BackgroundLoop("polling of the Tasks at bodies' own endpoints", work, time)
{
    /// <summary>Interval at which the bodies are polled.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Interval at which ended Tasks are read again, because advice may have been corrected and a refusal taken back.</summary>
    public static readonly TimeSpan CorrectionInterval = TimeSpan.FromDays(1);

    /// <summary>How long after its last change an ended Task is read again.</summary>
    private static readonly TimeSpan CorrectedFor = TimeSpan.FromDays(180);

    /// <summary>Number of bodies polled simultaneously, so that a slow body does not delay the others.</summary>
    private const int BodiesAtOnce = 16;

    private static readonly string[] Open = ["requested", "received", "accepted", "in-progress", "on-hold"];

    private static readonly string[] Ended = ["completed", "rejected", "failed"];

    private DateTimeOffset correctionsDue;

    /// <inheritdoc/>
    protected override TimeSpan FirstPause => Interval;

    /// <summary>Reads every open Task at every body to which the hub pushes, with several bodies in parallel.</summary>
    /// <returns>The number of Tasks that changed.</returns>
    public Task<int> PollAllAsync(CancellationToken cancellationToken) => OfBodiesAsync(Open, DateTimeOffset.MinValue, cancellationToken);

    /// <summary>Reads the Tasks that were completed or refused in the last months at every body to which the hub pushes.</summary>
    /// <returns>The number of Tasks whose advice was corrected or withdrawn, or whose refusal was taken back.</returns>
    public Task<int> PollEndedAsync(CancellationToken cancellationToken) => OfBodiesAsync(Ended, Time.GetUtcNow() - CorrectedFor, cancellationToken);

    private async Task<int> OfBodiesAsync(string[] statuses, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var moved = 0;
        await Parallel.ForEachAsync(
            endpoints.All,
            new ParallelOptions { MaxDegreeOfParallelism = BodiesAtOnce, CancellationToken = cancellationToken },
            async (endpoint, cancellationToken) => Interlocked.Add(ref moved, await OfBodyAsync(endpoint, statuses, since, cancellationToken)));
        return moved;
    }

    private async Task<int> OfBodyAsync(PushEndpoint endpoint, string[] statuses, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var moved = 0;
        long? after = null;
        ResourcePage page;
        do
        {
            page = await store.SearchAsync(
                new ResourceQuery
                {
                    Type = "Task",
                    Reader = endpoint.Agency.Value,
                    After = after,
                    Count = 100,
                    All = [new Criterion("status", [.. statuses.Select(status => new Alternative(Match.Same, status))])],
                },
                cancellationToken);
            foreach (var stored in page.Items)
            {
                after = stored.Sequence;
                if (stored.LastUpdated >= since && !Items.IsPaused(stored.Reference))
                {
                    await Items.RunAsync(stored.Reference, async cancellationToken => moved += await FollowAsync(endpoint, stored, cancellationToken) ? 1 : 0, cancellationToken);
                }
            }
        }
        while (page.More);

        return moved;
    }

    /// <summary>Reads one Task from the body and accepts the changes that the body made to it.</summary>
    public async Task<bool> FollowAsync(PushEndpoint endpoint, StoredResource stored, CancellationToken cancellationToken)
    {
        var ours = stored.Parse<FhirTask>();
        var requestId = ours.Identifier.Find(identifier => identifier.System == FhirUris.AdviceRequestId)?.Value;
        if (requestId is null || ours.GroupIdentifier?.System != FhirUris.AssessmentId || !AssessmentId.TryParse(ours.GroupIdentifier.Value, out var assessment, out _))
        {
            return false;
        }

        var ids = CallIds.Of($"follow/{stored.Id}/{Time.GetUtcNow().UtcTicks}", requestId);
        var (theirs, trouble) = await push.LookAsync(endpoint, requestId, ids, cancellationToken);
        var isCompleted = ours.Status == FhirTask.TaskStatus.Completed;
        var isRefused = ours.Status is FhirTask.TaskStatus.Rejected or FhirTask.TaskStatus.Failed;
        if ((isCompleted || isRefused) && theirs is null)
        {
            return false;
        }

        // A refused Task is closed for the body. Nothing but a later acceptance is read from it.
        if (isRefused && theirs?.Status is not (FhirTask.TaskStatus.Accepted or FhirTask.TaskStatus.InProgress or FhirTask.TaskStatus.OnHold or FhirTask.TaskStatus.Completed))
        {
            return false;
        }

        if (trouble is not null)
        {
            // After a temporary fault the hub tries again later. A body that does not answer for a long time is chased. A permanent fault
            // is reported once a day.
            await TellAsync(trouble, $"day-{Time.GetUtcNow():yyyy-MM-dd}", $"The body's system could not be read: {trouble.Detail.TrimEnd('.')}.");
            return false;
        }

        if (theirs is null)
        {
            // While the request is still being pushed the body has no Task yet, and the push reports any failure.
            if (await store.PositionAsync(FhirPush.PositionName(stored.Id), cancellationToken) != FhirPush.UnderWay)
            {
                await TellAsync(PushResult.NeedsHuman("there is no Task with this request's identifier"), $"day-{Time.GetUtcNow():yyyy-MM-dd}", "The body's system no longer has a Task for this request, so nothing was accepted from it.");
            }

            return false;
        }

        if (theirs.Status is not { } status || (!isCompleted && !TaskStatusChanges.SaysMore(ours, theirs)))
        {
            return false;
        }

        var refused = await moves.TakeAsync(endpoint, stored.Id, ours, theirs, ids, cancellationToken);
        if (refused is { End: not PushOutcome.Done })
        {
            await TellAsync(refused, theirs.Meta?.VersionId ?? status.ToString(), $"The body's Task has the status {theirs.StatusElement}: {refused.Detail}");
        }

        return refused is null;

        async Task TellAsync(PushResult why, string once, string detail)
        {
            NotTaken(logger, endpoint.Agency.Value, why.End, why.Detail);
            if (why.End != PushOutcome.Transient)
            {
                await exchange.NotAcceptedAsync(new AnswerNotAccepted($"follow/{stored.Id}/{once}", assessment, requestId, detail), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await PollAllAsync(cancellationToken);
        if (Time.GetUtcNow() >= correctionsDue)
        {
            await PollEndedAsync(cancellationToken);
            correctionsDue = Time.GetUtcNow() + CorrectionInterval;
        }

        return Interval;
    }

    [LoggerMessage(1, LogLevel.Warning, "A change to a pushed Task was not accepted: {Agency}, {End}, {Detail}")]
    private static partial void NotTaken(ILogger logger, string agency, PushOutcome end, string detail);
}
