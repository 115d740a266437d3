using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>
/// Handles changes to content that was already submitted. The content is part of a statutory record, so its author can only correct it
/// (amended) or withdraw it (entered in error, superseded). Corrections and withdrawals are sent to the case, which stores both the old and
/// the new text.
/// </summary>
internal sealed class HandedIn(IFhirResourceStore store, INhsExchange exchange, TimeProvider time)
{
    private const int MaxTasks = 2;

    /// <summary>
    /// The completed Tasks whose output includes the given resource. The search stops at two, because a correction is possible only if
    /// there is exactly one such Task.
    /// </summary>
    internal static async ValueTask<IReadOnlyList<StoredResource>> TasksOfAsync(IFhirResourceStore store, string reference, CancellationToken cancellationToken) => (await store.SearchAsync(
        new ResourceQuery
        {
            Type = "Task",
            Count = MaxTasks,
            All = [new Criterion("output", [new Alternative(Match.Same, reference)]), new Criterion("status", [new Alternative(Match.Same, "completed")])],
        },
        cancellationToken)).Items;

    internal async Task CheckAsync(IntakeRound round, IntakeRound.Entry entry, StoredResource before, CancellationToken cancellationToken)
    {
        var tasks = await TasksOfAsync(store, before.Reference, cancellationToken);
        if (tasks.Count == 0)
        {
            return;
        }

        if (!IsPutRight(entry.After!) || tasks.Count > 1)
        {
            round.Problems.Add(SubmissionRules.Problem(entry, before.Type, "this resource is the output of a completed Task. Send the resource with the status amended, entered in error or superseded, or submit a new resource."));
            return;
        }

        var task = tasks[0].Parse<FhirTask>();
        if (await round.Children.OfTaskAsync(task, cancellationToken) is { } child)
        {
            // The new version can name a document that was stored before, so the stored documents are read too.
            var found = await TaskIntake.GatherAsync(round, task, cancellationToken);
            Resource? Find(string reference) => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null;

            // The new version is compared with what the rest of the answer says, which was accepted before.
            var said = new SubjectStatements();
            foreach (var (_, other) in found.Where(other => other.Key != before.Reference))
            {
                SubjectReader.Read(other, child, Find, said: said);
            }

            var others = TaskIntake.WhoseAnswer(entry.After!, task, child, Find, SubmissionRules.Place(entry), said);
            foreach (var problem in others)
            {
                round.Refuse(RefusalReason.WrongPatient, before.Type, problem);
            }

            if (others.Count > 0)
            {
                return;
            }
        }

        var now = time.GetUtcNow();
        var (change, problems) = await ChangedAsync(
            round, task, $"{before.Reference}/_history/{before.Version + 1}", (round.Stored.Content<Resource>(before), entry.After!), round.Caller.Key, now, cancellationToken);
        if (problems.Count > 0)
        {
            round.Problems.AddRange(problems.Select(problem => problem with { Path = entry.Proposal.At.Length == 0 ? problem.Path : $"{entry.Proposal.At}.{problem.Path}" }));
            return;
        }

        entry.Change = change;
        if ((await exchange.CheckAsync(change, cancellationToken)).Refusal is { } refusal)
        {
            round.Refuse(RefusalReason.RefusedByAssessment, before.Type, SubmissionRules.Problem(entry, before.Type, refusal));
        }
    }

    /// <summary>The correction made by a new version of submitted content.</summary>
    internal static async ValueTask<(TaskChange Change, IReadOnlyList<FhirProblem> Problems)> ChangedAsync(
        IntakeRound round, FhirTask task, string id, (Resource Before, Resource After) versions, string who, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = await TaskIntake.GatherAsync(round, task, cancellationToken);
        var received = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TaskIntake.London).Date);
        var read = AdviceInTask.Read(task, reference => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null, received, isCorrection: true);
        var why = versions.After switch
        {
            QuestionnaireResponse { Status: QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError } or DocumentReference { Status: DocumentReferenceStatus.EnteredInError } => "The author marked the advice as entered in error.",
            DocumentReference { Status: DocumentReferenceStatus.Superseded } => "The author marked the advice as superseded.",
            _ => "The author amended the advice.",
        };
        return (TaskIntake.Change(task, task, read.Value, id, who, at) with { IsCorrection = true, Reason = string.Join('\n', [why, .. NewWords(versions)]) }, read.Problems);
    }

    // Content that is withdrawn is not read as advice again, so its new text is part of the reason.
    private static IEnumerable<string> NewWords((Resource Before, Resource After) versions) => AdviceInTask.IsTakenBack(versions.After)
        ? UnreadText.Of(versions.After).Select(text => text.Text).Except(UnreadText.Of(versions.Before).Select(text => text.Text), StringComparer.Ordinal)
        : [];

    private static bool IsPutRight(Resource after) =>
        AdviceInTask.IsTakenBack(after) || after is QuestionnaireResponse { Status: QuestionnaireResponse.QuestionnaireResponseStatus.Amended } or DocumentReference { DocStatus: CompositionStatus.Amended };
}
