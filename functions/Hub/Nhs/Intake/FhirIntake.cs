using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Meaning;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Nhs.Subscriptions;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>
/// Accepts submissions: resolves references, checks the content, writes all of the content or none, and only then notifies the assessment
/// and the subscribers. If another writer changed the content meanwhile, the intake starts again, so rules are always checked against the
/// present content.
/// </summary>
public sealed class FhirIntake
{
    private const int Attempts = 8;

    private readonly IFhirResourceStore store;
    private readonly TaskReportDelivery courier;
    private readonly SubscriptionDelivery subscribers;
    private readonly Refusals refusals;
    private readonly TimeProvider time;
    private readonly SubmissionRules rules;
    private readonly TaskIntake tasks;
    private readonly Conditions conditions;
    private readonly FhirViews views;
    private readonly StoredQuota quota;

    public FhirIntake(IFhirResourceStore store, INhsExchange exchange, TaskReportDelivery courier, SubscriptionDelivery subscribers, SubscriptionRules subscriptions, FhirEndpointOptions options, Refusals refusals, FhirViews views, StoredQuota quota, TimeProvider time)
    {
        this.store = store;
        this.courier = courier;
        this.subscribers = subscribers;
        this.refusals = refusals;
        this.views = views;
        this.quota = quota;
        refusals.PublishShares(quota.Shares);
        this.time = time;
        rules = new SubmissionRules(store, subscriptions, new HandedIn(store, exchange, time), options);
        tasks = new TaskIntake(exchange, time);
        conditions = new Conditions(store);
    }

    /// <summary>Accepts a submission, or reports everything that is wrong with it.</summary>
    public async Task<IntakeAnswer> TakeAsync(FhirCaller caller, Submission submission, CancellationToken cancellationToken)
    {
        if (!caller.MayWrite)
        {
            refusals.Note(RefusalReason.ReadOnly, submission.Proposals.FirstOrDefault()?.Type ?? "", caller.Key);
            return IntakeAnswer.Refused(new FhirProblem("", "you are allowed to read but not to write.", OperationOutcome.IssueType.Forbidden) { Status = 403 });
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var round = new IntakeRound(caller, store, views.Of(caller), submission.Base, submission.Known);
            await FillAsync(round, submission, cancellationToken);
            var now = time.GetUtcNow();
            var writes = round.Problems.Count > 0 ? [] : round.Entries.Where(entry => entry.Existing is null).Select(entry => Write(entry, caller, now)).ToList();
            if (round.Problems.Count == 0 && submission.BeforeCommit is { } check)
            {
                round.Problems.AddRange(await check(new StoreAfterCommit(store, writes)));
            }

            if (round.Problems.Count > 0)
            {
                foreach (var (reason, type) in round.Refusals.Distinct())
                {
                    refusals.Note(reason, type, caller.Key);
                }

                return IntakeAnswer.Refused(round.Problems);
            }

            var commit = new Commit(writes) { OnceKey = submission.OnceKey, Received = submission.Received };
            if (await quota.RefusalAsync(caller, commit, cancellationToken) is { } tooMuch)
            {
                return IntakeAnswer.Refused(tooMuch);
            }

            switch (await store.CommitAsync(commit, cancellationToken))
            {
                case CommitOutcome.Done:
                    await TellAsync(round, cancellationToken);
                    return IntakeAnswer.Of(Taken(round, writes));
                case CommitOutcome.Repeated:
                    return IntakeAnswer.Refused(new FhirProblem("", "this message has already been processed; do not send it again.", OperationOutcome.IssueType.Duplicate) { Status = 409 });
            }
        }

        return IntakeAnswer.Refused(new FhirProblem("", "other writers changed this resource again and again; try again.", OperationOutcome.IssueType.Conflict) { Status = 409 });
    }

    private async Task FillAsync(IntakeRound round, Submission submission, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, string>(submission.Known, StringComparer.Ordinal);
        foreach (var proposal in submission.Proposals)
        {
            var entry = new IntakeRound.Entry(proposal);
            round.Entries.Add(entry);
            await LocateAsync(round, entry, cancellationToken);
            if (proposal.FullUrl is { } url)
            {
                known[url] = entry.Existing?.Reference ?? $"{proposal.Type}/{proposal.Id}";
            }
        }

        if (round.Problems.Count > 0)
        {
            return;
        }

        if (Conditions.SameResource(round) is { } same)
        {
            round.Problems.Add(same);
            return;
        }

        foreach (var entry in round.Entries.Where(entry => entry.Existing is null && entry.Proposal.Content is not null))
        {
            var content = entry.Proposal.Content!(entry.Before);
            round.Problems.AddRange(content.Problems.Select(problem => Below(entry, problem)));
            if (content.Value is not { } resource)
            {
                continue;
            }

            if (CarriedDocuments.HasMalware(resource))
            {
                round.Refuse(RefusalReason.Malware, resource.TypeName, SubmissionRules.Problem(entry, resource.TypeName, "malware was found in a document inside this resource. Nothing was accepted."));
                continue;
            }

            round.Problems.AddRange(NewlyUnknown(round, entry, resource));
            await conditions.ReferencesAsync(round, entry, resource, known, cancellationToken);
            if (References.Resolve(resource, known, submission.Base).Count > 0)
            {
                round.Problems.Add(SubmissionRules.Problem(entry, resource.TypeName, "must not refer to a urn:uuid that is not the fullUrl of an entry in the submission.") with { Code = OperationOutcome.IssueType.NotFound });
            }

            resource.Id = entry.Proposal.Id;
            entry.After = resource;
            round.Pending[$"{entry.Proposal.Type}/{entry.Proposal.Id}"] = resource;
        }

        round.Problems.AddRange(Conditions.MadeTwice(round));

        // The output of a Task is checked against the child whom the Task is about, which is more reliable than the content alone.
        foreach (var entry in round.Entries.Where(entry => entry.After is not null).OrderBy(entry => entry.After is FhirTask ? 0 : 1))
        {
            if (round.Problems.Count > 0)
            {
                return;
            }

            if (entry.After is FhirTask task)
            {
                await tasks.CheckAsync(round, entry, task, cancellationToken);
            }
            else
            {
                await rules.CheckAsync(round, entry, cancellationToken);
            }
        }

        await TaskIntake.NothingUnreadAsync(round, cancellationToken);
    }

    // Content that an earlier version of the hub accepted is not checked again. Only new content is checked.
    private static IEnumerable<FhirProblem> NewlyUnknown(IntakeRound round, IntakeRound.Entry entry, Resource resource)
    {
        var place = SubmissionRules.Place(entry);
        IReadOnlyList<FhirProblem> unknown = [.. MeaningCodes.Unknown(resource, place)];
        return unknown.Count > 0 && entry.Before is { Deleted: false } before ? unknown.Except(MeaningCodes.Unknown(round.Stored.Content<Resource>(before), place)) : unknown;
    }

    private async Task LocateAsync(IntakeRound round, IntakeRound.Entry entry, CancellationToken cancellationToken)
    {
        var proposal = entry.Proposal;
        if (!SubmissionRules.Allows(proposal.Kind, proposal.Type))
        {
            round.Problems.Add(Below(entry, new FhirProblem(proposal.Type, $"{proposal.Kind.ToString().ToLowerInvariant()} is not offered for {proposal.Type}.", OperationOutcome.IssueType.NotSupported) { Status = 405 }));
            return;
        }

        if (proposal.Kind == ProposalKind.Create)
        {
            await conditions.NoneExistsAsync(round, entry, cancellationToken);
            return;
        }

        var stored = await round.Stored.ReadAsync(proposal.Type, proposal.Id, cancellationToken);
        if (stored is null || await round.View!.ShowAsync(stored, isCurrent: true, cancellationToken, round.Stored.Content<Resource>) is null)
        {
            // The response does not distinguish an unknown resource from another body's resource, so it reveals nothing.
            round.Refuse(RefusalReason.NotVisible, proposal.Type, Below(entry, new FhirProblem(proposal.Type, $"the hub has no such {proposal.Type}.", OperationOutcome.IssueType.NotFound) { Status = 404 }));
        }
        else if (stored.Deleted)
        {
            round.Problems.Add(Below(entry, new FhirProblem(proposal.Type, $"this {proposal.Type} was deleted.", OperationOutcome.IssueType.Deleted) { Status = 410 }));
        }
        else if (proposal.IfMatch is { } expected && expected != stored.Version)
        {
            round.Problems.Add(Below(entry, new FhirProblem(proposal.Type, $"If-Match names version {expected}, but version {stored.Version} is the current one.", OperationOutcome.IssueType.Conflict) { Status = 412 }));
        }
        else
        {
            entry.Before = stored;
        }
    }

    private static ResourceWrite Write(IntakeRound.Entry entry, FhirCaller caller, DateTimeOffset now)
    {
        var version = (entry.Before?.Version ?? 0) + 1;
        var stored = new StoredResource
        {
            Type = entry.Proposal.Type,
            Id = entry.Proposal.Id,
            Version = version,
            LastUpdated = now,
            Deleted = entry.After is null,
            Readers = entry.After is null ? entry.Before!.Readers : entry.Readers,
            WrittenBy = caller.Key,
        };
        if (entry.After is not { } resource)
        {
            return new ResourceWrite(stored, version - 1, []);
        }

        var json = Stamp.Write(resource, version, now);
        return new ResourceWrite(stored with { Json = json }, version - 1, Indexing.Of(resource)) { NoneExist = entry.NoneExist, IsNews = entry.Change is not null };
    }

    private async Task TellAsync(IntakeRound round, CancellationToken cancellationToken)
    {
        foreach (var entry in round.Entries.Where(entry => entry.Change is not null))
        {
            await courier.DeliverAsync(entry.Change!, new UnreportedVersion(entry.Proposal.Type, entry.Proposal.Id, entry.Before!.Version + 1), cancellationToken);
        }

        if (round.Entries.Exists(entry => entry.After is FhirTask or Subscription))
        {
            subscribers.SignalChange();
        }
    }

    private static List<Taken> Taken(IntakeRound round, List<ResourceWrite> writes)
    {
        var written = writes.ToDictionary(write => write.Resource.Reference, write => write.Resource);
        return [.. round.Entries.Select(entry => entry.Existing is { } existing
            ? new Taken(200, existing)
            : new Taken(entry.After is null ? 204 : entry.Before is null ? 201 : 200, written[$"{entry.Proposal.Type}/{entry.Proposal.Id}"]))];
    }

    internal static FhirProblem Below(IntakeRound.Entry entry, FhirProblem problem) =>
        entry.Proposal.At.Length == 0 ? problem : problem with { Path = problem.Path.Length == 0 ? entry.Proposal.At : $"{entry.Proposal.At}.{problem.Path}" };
}
