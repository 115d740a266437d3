using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.TaskLife;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Intake;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Carries what a body did to its own Task, with the advice that it keeps there, over into the hub's copy.</summary>
public sealed class TaskMoves(FhirPush push, FhirIntake intake)
{
    private const int MostProblems = 3;

    /// <summary>Takes the move in.</summary>
    /// <param name="endpoint">The body's endpoint.</param>
    /// <param name="id">Id of the hub's Task.</param>
    /// <param name="ours">The hub's Task.</param>
    /// <param name="theirs">The body's.</param>
    /// <param name="ids">Ids of the calls.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <returns>Null when it was taken; otherwise what stands in the way.</returns>
    internal async Task<PushResult?> Take(PushEndpoint endpoint, string id, FhirTask ours, FhirTask theirs, CallIds ids, CancellationToken cancel)
    {
        // Between two looks a body may have gone several steps; what it cannot have skipped is filled in.
        var (from, to) = (ours.Status!.Value, theirs.Status!.Value);
        if (!TaskTransitions.IsAllowed(from, to))
        {
            FhirTask.TaskStatus? between = ((FhirTask.TaskStatus[])[FhirTask.TaskStatus.Accepted, FhirTask.TaskStatus.InProgress])
                .Where(step => TaskTransitions.IsAllowed(from, step) && TaskTransitions.IsAllowed(step, to)).Cast<FhirTask.TaskStatus?>().FirstOrDefault();
            if (between is null)
            {
                return PushResult.NeedsHuman($"it stands at {ours.StatusElement} here, and that step cannot follow.");
            }

            if (await Submit(endpoint, new Submission([Moving(id, task => (task.Status, task.StatusReason) = (between, null))]), cancel) is { } refused)
            {
                return refused;
            }
        }

        var own = endpoint.Base.ToString().TrimEnd('/');
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(known, theirs.For?.Reference, ours.For?.Reference);
        Add(known, theirs.Focus?.Reference, ours.Focus?.Reference);
        var (proposals, trouble) = await Advice(endpoint, id, theirs, own, ids, cancel);
        if (trouble is not null)
        {
            return trouble;
        }

        proposals.Add(Moving(id, task =>
        {
            var copy = (FhirTask)theirs.DeepCopy();
            (task.Status, task.StatusReason, task.Output, task.Note) = (copy.Status, copy.StatusReason, copy.Output, copy.Note);
            task.BusinessStatus = AskCodes.StandingOf(copy.BusinessStatus) == AskStanding.ExceptionClaimed ? copy.BusinessStatus : task.BusinessStatus;
        }));
        return await Submit(endpoint, new Submission(proposals) { Known = known, Base = own, OnceKey = $"follow/{id}/{theirs.Meta?.VersionId}" }, cancel);
    }

    private async Task<(List<Proposal> Proposals, PushResult? Trouble)> Advice(PushEndpoint endpoint, string id, FhirTask theirs, string own, CallIds ids, CancellationToken cancel)
    {
        var proposals = new List<Proposal>();
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
                return (proposals, trouble ?? PushResult.NeedsHuman("its output is of a type that is no advice."));
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

        return (proposals, null);
    }

    private async Task<PushResult?> Submit(PushEndpoint endpoint, Submission submission, CancellationToken cancel)
    {
        var answer = await intake.Take(new FhirCaller(endpoint.Agency.Value, MayWrite: true), submission, cancel);
        if (answer.Taken is not null)
        {
            return null;
        }

        // The reasons are the hub's own words, without the values that were sent.
        var told = string.Join(" ", answer.Problems.Take(MostProblems).Select(problem => problem.Path.Length > 0 ? $"{problem.Path}: {problem.Reason}" : problem.Reason));
        return answer.Problems.All(problem => problem.Status == 409) ? PushResult.Transient(told) : PushResult.NeedsHuman(told);
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
}
