using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>
/// Handles a body's change to its Task: the rules of the exchange, the advice sent with the change, and the assessment's response.
/// </summary>
internal sealed class TaskIntake(INhsExchange exchange, TimeProvider time)
{
    internal async Task CheckAsync(IntakeRound round, IntakeRound.Entry entry, FhirTask after, CancellationToken cancellationToken)
    {
        var stored = entry.Before!;
        var before = round.Stored.Content<FhirTask>(stored);
        entry.Readers = [.. stored.Readers];
        after.LastModified = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (problem, reason) in TaskRules.Check(before, after))
        {
            round.Refuse(reason, "Task", At(entry, problem));
        }

        if (round.Problems.Count > 0)
        {
            return;
        }

        var found = await GatherAsync(round, after, cancellationToken);
        await WhoseAdviceAsync(round, entry, after, found, cancellationToken);
        var corrects = after.Status == FhirTask.TaskStatus.Completed && before.Status == FhirTask.TaskStatus.Completed && !TaskRules.SameOutput(before, after);
        var completes = corrects || (after.Status == FhirTask.TaskStatus.Completed && before.Status != FhirTask.TaskStatus.Completed);
        var output = AdviceInTask.Read(after, reference => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null, Today(), corrects);
        if (completes)
        {
            round.Problems.AddRange(output.Problems.Select(problem => At(entry, problem)));
        }

        if (round.Problems.Count > 0)
        {
            return;
        }

        entry.Change = Change(before, after, completes ? output.Value : null, $"Task/{entry.Proposal.Id}/_history/{stored.Version + 1}", round.Caller.Key, time.GetUtcNow());
        var judgement = await exchange.CheckAsync(entry.Change, cancellationToken);
        if (judgement.Refusal is { } refusal)
        {
            round.Refuse(RefusalReason.RefusedByAssessment, "Task", At(entry, new FhirProblem("Task", refusal, OperationOutcome.IssueType.BusinessRule)));
        }
    }

    /// <summary>The change from one version of a Task to the next, as reported to the assessment.</summary>
    internal static TaskChange Change(FhirTask before, FhirTask after, AdviceOutput? output, string id, string who, DateTimeOffset at)
    {
        var assessment = after.GroupIdentifier?.System == FhirUris.AssessmentId && AssessmentId.TryParse(after.GroupIdentifier.Value, out var parsed, out _) ? parsed : default;
        return new TaskChange
        {
            Id = id,
            RequestId = after.Identifier.Find(identifier => identifier.System == FhirUris.AdviceRequestId)?.Value ?? "",
            Assessment = assessment,
            Task = after,
            From = before.Status!.Value,
            To = after.Status!.Value,
            Reason = TaskRemarks.Reason(after) is { Length: > 0 } reason ? reason : null,
            Said = TaskRemarks.New(before, after, reasonIsTold: IsRefusal(before, after) || (output is not null && output.Content is null)),
            NilReturn = output?.NilReturn,
            Advice = output?.Content,
            IsCorrection = output is not null && before.Status == FhirTask.TaskStatus.Completed,
            Documents = output?.Documents ?? [],
            Who = who,
            At = at,
        };
    }

    private static bool IsRefusal(FhirTask before, FhirTask after) =>
        before.Status != after.Status && after.Status is FhirTask.TaskStatus.Rejected or FhirTask.TaskStatus.Failed;

    /// <summary>All resources to which the outputs of a Task refer, with the documents to which these resources refer.</summary>
    internal static async Task<Dictionary<string, Resource>> GatherAsync(IntakeRound round, FhirTask task, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var open = new Queue<string>(task.Output.Select(output => (output.Value as ResourceReference)?.Reference).OfType<string>());
        while (open.TryDequeue(out var reference))
        {
            if (References.Local(reference) is not { } local || found.ContainsKey(local) || await round.FindAsync(local, cancellationToken) is not { } resource)
            {
                continue;
            }

            found[local] = resource;
            if (resource is QuestionnaireResponse or DocumentReference)
            {
                foreach (var (text, _) in References.In(resource).Where(inner => inner.Text.StartsWith("Binary/", StringComparison.Ordinal)))
                {
                    open.Enqueue(text);
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Refuses content that is handed in together with a completed Task but is not part of its output. The sender would take it for a part
    /// of the answer, but it would never reach the case.
    /// </summary>
    internal static async Task NothingUnreadAsync(IntakeRound round, CancellationToken cancellationToken)
    {
        var completed = round.Entries.Select(entry => entry.After).OfType<FhirTask>().Where(task => task.Status == FhirTask.TaskStatus.Completed).ToList();
        if (completed.Count == 0 || round.Problems.Count > 0)
        {
            return;
        }

        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var task in completed)
        {
            read.UnionWith((await GatherAsync(round, task, cancellationToken)).Keys);
        }

        foreach (var entry in round.Entries.Where(entry => entry is { Before: null, After: QuestionnaireResponse or DocumentReference or Bundle or Binary } && !read.Contains($"{entry.Proposal.Type}/{entry.Proposal.Id}")))
        {
            round.Problems.Add(new FhirProblem(
                SubmissionRules.Place(entry), "is not part of the output of a completed Task in this submission, so nobody would read it. Refer to it in Task.output, or leave it out.", OperationOutcome.IssueType.BusinessRule));
        }
    }

    // Nothing in the Task or its output may contradict the details of the child whom the request is about, and each output must name the
    // child or refer to the request.
    private async Task WhoseAdviceAsync(IntakeRound round, IntakeRound.Entry entry, FhirTask task, Dictionary<string, Resource> found, CancellationToken cancellationToken)
    {
        if (await round.Children.OfTaskAsync(task, cancellationToken) is not { } child)
        {
            round.Refuse(RefusalReason.WrongPatient, "Task", At(entry, new FhirProblem("Task.for", "the hub does not know the child of this request.", OperationOutcome.IssueType.NotFound)));
            return;
        }

        Resource? Find(string reference) => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null;

        // All parts of the answer are compared as one, because each alone may give only a part of who the child is.
        var said = new SubjectStatements();
        Refuse(SubjectReader.Read(task, child, Find, SubmissionRules.Place(entry), said).Contradictions);
        foreach (var (reference, resource) in found)
        {
            var written = round.Entries.Find(other => $"{other.Proposal.Type}/{other.Proposal.Id}" == reference);
            var place = written is null ? resource.TypeName : SubmissionRules.Place(written);
            var problems = WhoseAnswer(resource, task, child, Find, place, said);

            // Stored content does not have a path in this submission, so the path of the Task's output is reported instead.
            Refuse(written is not null ? problems : problems.Select(problem => At(entry, problem with { Path = "Task.output", Reason = $"{problem.Path} {problem.Reason}" })));
        }

        void Refuse(IEnumerable<FhirProblem> problems)
        {
            foreach (var problem in problems)
            {
                round.Refuse(RefusalReason.WrongPatient, "Task", problem);
            }
        }
    }

    /// <summary>
    /// Reasons to doubt that the output of a Task is about the Task's child and answers the Task's request; empty if there is no doubt.
    /// </summary>
    internal static IReadOnlyList<FhirProblem> WhoseAnswer(Resource resource, FhirTask task, KnownChild child, Func<string, Resource?> find, string place, SubjectStatements said)
    {
        var reading = SubjectReader.Read(resource, child, find, place, said);
        IReadOnlyList<FhirProblem> problems = [.. reading.Contradictions, .. OtherRequest(resource, task, place)];
        return reading.IsNamed || resource is Binary || Links(resource).Any(link => IsOf(link, task)) ? problems : [.. problems, SubmissionRules.NoSubject(resource, place)];
    }

    private static IEnumerable<FhirProblem> OtherRequest(Resource resource, FhirTask task, string place) =>
        Links(resource).Any(link => References.Local(link.Reference) is { } other && other.StartsWith("ServiceRequest/", StringComparison.Ordinal) && other != References.Local(task.Focus?.Reference))
            ? [new FhirProblem(place, "must answer the request of this Task, but answers a different request.", OperationOutcome.IssueType.BusinessRule)]
            : [];

    private static bool IsOf(ResourceReference link, FhirTask task) =>
        References.Local(link.Reference) is { } local && (local == References.Local(task.Focus?.Reference) || local == $"Task/{task.Id}");

    /// <summary>The references with which content names the request that it answers.</summary>
    internal static IEnumerable<ResourceReference> Links(Resource resource) => resource switch
    {
        QuestionnaireResponse response => response.BasedOn,
        DocumentReference document => document.Context?.Related ?? [],
        _ => [],
    };

    private static FhirProblem At(IntakeRound.Entry entry, FhirProblem problem) =>
        entry.Proposal.At.Length == 0 ? problem : problem with { Path = $"{entry.Proposal.At}.{problem.Path}" };

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), London).Date);

    internal static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
}
