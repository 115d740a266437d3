using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.TaskLife;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>
/// Looks how the Tasks stand that were pushed to bodies, and takes what moved there in here, under the same rules as if the body
/// had sent it: there is one way in, whichever side starts the call.
/// </summary>
public sealed partial class TaskFollower(
    PushEndpoints endpoints, FhirPush push, FhirIntake intake, IFhirResourceStore store, TimeProvider time, ILogger<TaskFollower> logger) : BackgroundService
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
        if (requestId is null)
        {
            return false;
        }

        var ids = CallIds.Of($"follow/{stored.Id}/{time.GetUtcNow().UtcTicks}", requestId);
        var (theirs, trouble) = await push.Look(endpoint, requestId, ids, cancel);
        if (trouble is not null)
        {
            NotSeen(logger, endpoint.Agency.Value, trouble.End, trouble.Detail);
            return false;
        }

        if (theirs?.Status is not { } status || (status == ours.Status && theirs.Note.Count <= ours.Note.Count))
        {
            return false;
        }

        return await Bridge(endpoint, stored, ours, status, cancel) && await Take(endpoint, stored.Id, theirs, ids, cancel);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Round(stoppingToken);
        }
    }

    // Between two looks a body may have gone several steps; what it cannot have skipped is filled in.
    private async Task<bool> Bridge(PushEndpoint endpoint, StoredResource stored, FhirTask ours, FhirTask.TaskStatus to, CancellationToken cancel)
    {
        if (TaskTransitions.IsAllowed(ours.Status!.Value, to))
        {
            return true;
        }

        FhirTask.TaskStatus? between = ((FhirTask.TaskStatus[])[FhirTask.TaskStatus.Accepted, FhirTask.TaskStatus.InProgress])
            .Where(step => TaskTransitions.IsAllowed(ours.Status.Value, step) && TaskTransitions.IsAllowed(step, to)).Cast<FhirTask.TaskStatus?>().FirstOrDefault();
        if (between is null)
        {
            NotTaken(logger, endpoint.Agency.Value, "their status cannot follow ours");
            return false;
        }

        return await Submit(endpoint, new Submission([Moving(stored.Id, task => (task.Status, task.StatusReason) = (between, null))]), cancel);
    }

    private async Task<bool> Take(PushEndpoint endpoint, string id, FhirTask theirs, CallIds ids, CancellationToken cancel)
    {
        var ours = (await store.Read("Task", id, cancel))!.Parse<FhirTask>();
        var own = endpoint.Base.ToString().TrimEnd('/');
        var proposals = new List<Proposal>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(known, theirs.For?.Reference, ours.For?.Reference);
        Add(known, theirs.Focus?.Reference, ours.Focus?.Reference);
        var open = new Queue<string>(theirs.Output.Select(output => (output.Value as ResourceReference)?.Reference).OfType<string>());
        while (open.TryDequeue(out var reference))
        {
            if (proposals.Exists(proposal => proposal.FullUrl == reference))
            {
                continue;
            }

            var (resource, trouble) = await push.Fetch(endpoint, reference, ids, cancel);
            if (resource is null || !SubmissionRules.Allows(ProposalKind.Create, resource.TypeName))
            {
                NotSeen(logger, endpoint.Agency.Value, trouble?.End ?? PushEnd.NeedsHuman, trouble?.Detail ?? "their output is of a type that is no advice");
                return false;
            }

            foreach (var (text, _) in References.In(resource).Where(inner => inner.Text.StartsWith("Binary/", StringComparison.Ordinal) || inner.Text.StartsWith($"{own}/Binary/", StringComparison.OrdinalIgnoreCase)))
            {
                open.Enqueue(text);
            }

            proposals.Add(new Proposal
            {
                Kind = ProposalKind.Create,
                Type = resource.TypeName,
                Id = FhirIds.Of("Followed", $"{endpoint.Agency.Value}/{id}/{theirs.Meta?.VersionId}/{reference}"),
                FullUrl = reference,
                Content = _ => FhirReading<Resource>.Of((Resource)resource.DeepCopy()),
            });
        }

        proposals.Add(Moving(id, task =>
        {
            var copy = (FhirTask)theirs.DeepCopy();
            (task.Status, task.StatusReason, task.Output, task.Note) = (copy.Status, copy.StatusReason, copy.Output, copy.Note);
            task.BusinessStatus = AskCodes.StandingOf(copy.BusinessStatus) == AskStanding.ExceptionClaimed ? copy.BusinessStatus : task.BusinessStatus;
        }));
        return await Submit(endpoint, new Submission(proposals) { Known = known, Base = own, OnceKey = $"follow/{id}/{theirs.Meta?.VersionId}" }, cancel);
    }

    private async Task<bool> Submit(PushEndpoint endpoint, Submission submission, CancellationToken cancel)
    {
        var answer = await intake.Take(new FhirCaller(endpoint.Agency.Value, MayWrite: true), submission, cancel);
        if (answer.Taken is null)
        {
            NotTaken(logger, endpoint.Agency.Value, $"{answer.Problems[0].Path}: {answer.Problems[0].Reason}");
        }

        return answer.Taken is not null;
    }

    private static Proposal Moving(string id, Action<FhirTask> move) => new()
    {
        Kind = ProposalKind.Update,
        Type = "Task",
        Id = id,
        Content = before =>
        {
            var task = before!.Parse<FhirTask>();
            move(task);
            return FhirReading<Resource>.Of(task);
        },
    };

    private static void Add(Dictionary<string, string> known, string? theirs, string? ours)
    {
        if (theirs is not null && ours is not null)
        {
            known[theirs] = ours;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A pushed Task could not be looked at: {Agency}, {End}, {Detail}")]
    private static partial void NotSeen(ILogger logger, string agency, PushEnd end, string detail);

    [LoggerMessage(2, LogLevel.Warning, "What moved in a pushed Task could not be taken: {Agency}, {Detail}")]
    private static partial void NotTaken(ILogger logger, string agency, string detail);
}
