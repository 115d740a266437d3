using System.Buffers.Binary;
using System.Security.Cryptography;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Meaning;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Fhir.TaskLife;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Copies a body's changes to its own Task, with its advice, into the hub's copy.</summary>
public sealed class TaskStatusChanges(FhirPush push, FhirIntake intake, IFhirResourceStore store, FhirViews views)
{
    private const int MaxProblems = 3;

    /// <summary>Accepts the change that the body made to its Task.</summary>
    /// <param name="endpoint">The body's endpoint.</param>
    /// <param name="id">Id of the hub's Task.</param>
    /// <param name="ours">The hub's Task.</param>
    /// <param name="theirs">The body's Task.</param>
    /// <param name="ids">The request id and the correlation id of the calls to the NHS body.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null if the change was accepted; Done if there is nothing new in a completed Task; otherwise the reason why the change was
    /// not accepted.</returns>
    internal async Task<PushResult?> TakeAsync(PushEndpoint endpoint, string id, FhirTask ours, FhirTask theirs, CallIds ids, CancellationToken cancellationToken)
    {
        var said = new SubjectStatements();
        var (child, notTheirs) = await WhoseTaskAsync(endpoint, ours, theirs, said, ids, cancellationToken);
        if (child is null)
        {
            return notTheirs;
        }

        if (MeaningCodes.Unknown(theirs, "Task").ToList() is { Count: > 0 } unknown)
        {
            return PushResult.NeedsHuman(Told(unknown));
        }

        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(known, endpoint, theirs.For?.Reference, ours.For?.Reference);
        Add(known, endpoint, theirs.Focus?.Reference, ours.Focus?.Reference);
        var (from, to) = (ours.Status!.Value, theirs.Status!.Value);
        var isCorrection = (from, to) == (FhirTask.TaskStatus.Completed, FhirTask.TaskStatus.Completed);
        var (proposals, print, trouble) = await AdviceAsync(endpoint, id, theirs, (child, said), isCorrection, ids, cancellationToken);
        if (trouble is not null)
        {
            // The body may have deleted its advice after the hub read it.
            return isCorrection && trouble.IsRefusal ? PushResult.Done($"Task/{id}") : trouble;
        }

        if (isCorrection && await store.PositionAsync(AnsweredName(id), cancellationToken) is var taken && (taken == print || taken == 0))
        {
            // If the Task was completed before the hub stored this number, the current output counts as the output that was accepted.
            await store.StorePositionAsync(AnsweredName(id), print, cancellationToken);
            return PushResult.Done($"Task/{id}");
        }

        foreach (var proposal in proposals)
        {
            Add(known, endpoint, proposal.FullUrl, $"{proposal.Type}/{proposal.Id}");
        }

        // A body may have changed the status several times between two polls. A status that it must have set in between is filled in.
        if (!isCorrection && !TaskTransitions.IsAllowed(from, to))
        {
            FhirTask.TaskStatus? between = ((FhirTask.TaskStatus[])[FhirTask.TaskStatus.Accepted, FhirTask.TaskStatus.InProgress])
                .Where(step => TaskTransitions.IsAllowed(from, step) && TaskTransitions.IsAllowed(step, to)).Cast<FhirTask.TaskStatus?>().FirstOrDefault();
            if (between is null)
            {
                return PushResult.NeedsHuman($"the hub's Task has the status {ours.StatusElement}, and this step cannot follow that status.");
            }

            if (await SubmitAsync(endpoint, new Submission([Moving(id, task => (task.Status, task.StatusReason) = (between, null))]), cancellationToken) is { } refused)
            {
                return refused;
            }
        }

        var first = (await store.ReadAsync("Task", id, 1, cancellationToken))?.Parse<FhirTask>();
        proposals.Add(Moving(id, task =>
        {
            var copy = (FhirTask)theirs.DeepCopy();
            copy.Note.AddRange(TaskRemarks.Beside(theirs, first is null ? [ours] : [ours, first]) is { } beside ? [beside] : []);
            (task.Status, task.StatusReason, task.Output, task.Note) = (copy.Status, copy.StatusReason, copy.Output, copy.Note);
            (task.BusinessStatus, task.ExecutionPeriod) = (Standing(task, copy), copy.ExecutionPeriod ?? task.ExecutionPeriod);
            task.Text = IsWritten(copy.Text) ? copy.Text : task.Text;
        }));
        var once = $"follow/{id}/{Version(theirs, print, isCorrection)}";
        var refusal = await SubmitAsync(endpoint, new Submission(proposals) { Known = known, Base = endpoint.Base.ToString().TrimEnd('/'), OnceKey = once }, cancellationToken);
        if (refusal is null && to == FhirTask.TaskStatus.Completed)
        {
            await store.StorePositionAsync(AnsweredName(id), print, cancellationToken);
        }

        return refusal;
    }

    private static string AnsweredName(string taskId) => $"answered/{taskId}";

    // If a body corrects its answer in place, the content of the answer changes, but its Task keeps the same version.
    private static string Version(FhirTask theirs, long print, bool isCorrection) => isCorrection ? $"{theirs.Meta?.VersionId}/{print:x}" : $"{theirs.Meta?.VersionId}";

    /// <summary>Whether a body's Task contains anything that the hub's copy does not.</summary>
    internal static bool SaysMore(FhirTask ours, FhirTask theirs) =>
        theirs.Status != ours.Status || theirs.Note.Exists(note => !ours.Note.Exists(note.IsExactly)) || IsOther(theirs.StatusReason, ours.StatusReason)
        || IsOther(Standing(ours, theirs), ours.BusinessStatus) || IsOther(theirs.ExecutionPeriod, ours.ExecutionPeriod)
        || (IsWritten(theirs.Text) && IsOther(theirs.Text, ours.Text));

    private static bool IsOther(Base? theirs, Base? ours) => theirs is not null && (ours is null || !theirs.IsExactly(ours));

    // Only the hub writes into the Task that the request was chased; the body wrote everything else.
    private static CodeableConcept? Standing(FhirTask ours, FhirTask theirs) =>
        theirs.BusinessStatus is { } said && RequestCodes.ProgressOf(said) != RequestProgress.Chased ? said : ours.BusinessStatus;

    // A narrative that a server generated only repeats the other content of the resource.
    private static bool IsWritten(Narrative? text) => text is { Status: Narrative.NarrativeStatus.Additional or Narrative.NarrativeStatus.Extensions };

    // The body's Task was found by the hub's identifier. The Task must also be about the same child, according to everything that can be
    // read at the body.
    private async Task<(KnownChild? Child, PushResult? Trouble)> WhoseTaskAsync(
        PushEndpoint endpoint, FhirTask ours, FhirTask theirs, SubjectStatements said, CallIds ids, CancellationToken cancellationToken)
    {
        if (await new ResourceChild(store, "", views.ChildAsync).OfTaskAsync(ours, cancellationToken) is not { } known)
        {
            return (null, PushResult.NeedsHuman("the hub does not know the child of this request."));
        }

        if (theirs.For is not { } subject)
        {
            return (null, PushResult.NeedsHuman("the Task does not name the child."));
        }

        if (subject.Reference is not { } reference)
        {
            var named = SubjectReader.Read(theirs, known, _ => null, said: said);
            return named.IsSameChild ? (known, null) : (null, Another(named.Contradictions));
        }

        var path = FhirPush.Relative(endpoint, reference);
        var child = known with { References = new HashSet<string>(known.References, StringComparer.Ordinal) { path, reference }, Endpoint = endpoint.Base.ToString().TrimEnd('/') };
        var reading = SubjectReader.Read(theirs, child, _ => null, said: said);
        if (reading.Contradictions.Count > 0)
        {
            return (null, Another(reading.Contradictions));
        }

        // If the hub is not allowed to read Patients at the body, or finds none, the checks of the Task are enough, because the hub created
        // the Task together with its own Patient.
        var (patient, trouble) = await push.FetchAsync(endpoint, path, ids, cancellationToken);
        if (trouble is { IsRefusal: false })
        {
            return (null, trouble);
        }

        var person = patient is null ? null : SubjectReader.Read(patient, known with { References = new HashSet<string>() }, _ => null, said: said);
        return person is { IsSameChild: false } ? (null, Another(person.Contradictions)) : (child, null);
    }

    private static PushResult Another(IReadOnlyList<FhirProblem> problems) => PushResult.NeedsHuman(
        $"the content at the body is not about the child of this request ({string.Join(", ", problems.Select(problem => problem.Path).DefaultIfEmpty("nobody is named").Distinct().Take(MaxProblems))}), so nothing was accepted.");

    private async Task<(List<Proposal> Proposals, long Print, PushResult? Trouble)> AdviceAsync(
        PushEndpoint endpoint, string id, FhirTask theirs, (KnownChild Child, SubjectStatements Said) about, bool isCorrection, CallIds ids, CancellationToken cancellationToken)
    {
        var fetched = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var open = new Queue<string>(theirs.Output.Select(output => (output.Value as ResourceReference)?.Reference).OfType<string>());
        while (open.TryDequeue(out var reference))
        {
            var path = FhirPush.Relative(endpoint, reference);
            if (fetched.ContainsKey(path))
            {
                continue;
            }

            var (resource, trouble) = await push.FetchAsync(endpoint, path, ids, cancellationToken);
            if (resource is null || !SubmissionRules.Allows(ProposalKind.Create, resource.TypeName))
            {
                return ([], 0, trouble ?? PushResult.NeedsHuman("the type of the Task's output is not accepted as advice."));
            }

            fetched[path] = resource;
            foreach (var text in References.In(resource).Select(inner => FhirPush.Relative(endpoint, inner.Text)).Where(text => text.StartsWith("Binary/", StringComparison.Ordinal)))
            {
                open.Enqueue(text);
            }
        }

        // The content is checked before the first step is copied, so that content about another child leaves no trace, not even an
        // acceptance.
        foreach (var resource in fetched.Values)
        {
            var problems = TaskIntake.WhoseAnswer(resource, theirs, about.Child, reference => fetched.GetValueOrDefault(FhirPush.Relative(endpoint, reference)), resource.TypeName, about.Said);
            if (problems.Count > 0)
            {
                return ([], 0, Another(problems));
            }
        }

        var print = PrintOf(theirs, fetched);
        return ([.. fetched.Select(pair => new Proposal
        {
            Kind = ProposalKind.Create,
            Type = pair.Value.TypeName,
            Id = FhirIds.Of("Followed", $"{endpoint.Agency.Value}/{id}/{Version(theirs, print, isCorrection)}/{pair.Key}"),
            FullUrl = pair.Key,
            Content = _ => FhirReading<Resource>.Of((Resource)pair.Value.DeepCopy()),
        })], print, null);
    }

    // A number that changes if the output of a Task, or anything to which the output refers, changes. It does not depend on the server's
    // version numbers.
    private static long PrintOf(FhirTask theirs, IEnumerable<KeyValuePair<string, Resource>> fetched)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var output = new FhirTask { Output = [.. theirs.Output.Select(one => (FhirTask.OutputComponent)one.DeepCopy())] };
        foreach (var resource in fetched.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).Prepend(output))
        {
            var copy = (Resource)resource.DeepCopy();
            copy.Meta = null;
            hash.AppendData(FhirWriter.Write(copy, FhirFormat.Json));
        }

        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }

    private async Task<PushResult?> SubmitAsync(PushEndpoint endpoint, Submission submission, CancellationToken cancellationToken)
    {
        var answer = await intake.TakeAsync(new FhirCaller(endpoint.Agency.Value, MayWrite: true), submission, cancellationToken);
        if (answer.Taken is not null)
        {
            return null;
        }

        var told = Told(answer.Problems);
        return answer.Problems.All(problem => problem.Status == 409) ? PushResult.Transient(told) : PushResult.NeedsHuman(told);
    }

    // The hub words the reasons itself, without quoting values that the body sent.
    private static string Told(IReadOnlyList<FhirProblem> problems) =>
        string.Join(" ", problems.Take(MaxProblems).Select(problem => problem.Path.Length > 0 ? $"{problem.Path}: {problem.Reason}" : problem.Reason));

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

    // The reference to the hub's copy is stored under both names of the body's resource: relative to the body's base address, and in full.
    private static void Add(Dictionary<string, string> known, PushEndpoint endpoint, string? theirs, string? ours)
    {
        if (theirs is not null && ours is not null)
        {
            var path = FhirPush.Relative(endpoint, theirs);
            known[theirs] = known[path] = known[$"{endpoint.Base.ToString().TrimEnd('/')}/{path}"] = ours;
        }
    }
}
