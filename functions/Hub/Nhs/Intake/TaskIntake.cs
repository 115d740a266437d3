using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>A body moves its Task: the rules of the exchange, the advice that comes with it, and what the assessment says.</summary>
internal sealed class TaskIntake(INhsExchange exchange, TimeProvider time)
{
    internal async Task Check(IntakeRound round, IntakeRound.Entry entry, FhirTask after, CancellationToken cancel)
    {
        var before = entry.Before!.Parse<FhirTask>();
        entry.Readers = [.. entry.Before.Readers];
        after.LastModified = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (problem, reason) in TaskRules.Check(before, after))
        {
            round.Refuse(reason, "Task", At(entry, problem));
        }

        if (round.Problems.Count > 0)
        {
            return;
        }

        var found = await Gather(round, after, cancel);
        WrongPatient(round, entry, after, found);
        var completes = after.Status == FhirTask.TaskStatus.Completed && before.Status != FhirTask.TaskStatus.Completed;
        var output = AdviceInTask.Read(after, reference => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null, Today());
        if (completes)
        {
            round.Problems.AddRange(output.Problems.Select(problem => At(entry, problem)));
        }

        if (round.Problems.Count > 0)
        {
            return;
        }

        entry.Change = Change(before, after, completes ? output.Value : null, $"Task/{entry.Proposal.Id}/_history/{entry.Before.Version + 1}", round.Caller.Key, time.GetUtcNow());
        var judgement = await exchange.Judge(entry.Change, cancel);
        if (judgement.Refusal is { } refusal)
        {
            round.Refuse(RefusalReason.RefusedByAssessment, "Task", At(entry, new FhirProblem("Task", refusal, OperationOutcome.IssueType.BusinessRule)));
        }
    }

    /// <summary>The change from one version of a Task to the next, as the assessment is told of it.</summary>
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
            Reason = after.StatusReason?.Text ?? after.StatusReason?.Coding.Select(coding => coding.Display ?? coding.Code).FirstOrDefault() ?? after.Note.LastOrDefault()?.Text,
            ExceptionClaimed = AskCodes.StandingOf(after.BusinessStatus) == AskStanding.ExceptionClaimed && AskCodes.StandingOf(before.BusinessStatus) != AskStanding.ExceptionClaimed,
            NilReturn = output?.NilReturn ?? false,
            Advice = output?.Content,
            Documents = output?.Documents ?? [],
            Who = who,
            At = at,
        };
    }

    /// <summary>Everything that the outputs of a Task refer to, and what that refers to for its documents.</summary>
    internal static async Task<Dictionary<string, Resource>> Gather(IntakeRound round, FhirTask task, CancellationToken cancel)
    {
        var found = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var open = new Queue<string>(task.Output.Select(output => (output.Value as ResourceReference)?.Reference).OfType<string>());
        while (open.TryDequeue(out var reference))
        {
            if (References.Local(reference) is not { } local || found.ContainsKey(local) || await round.Find(local, cancel) is not { } resource)
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

    private static void WrongPatient(IntakeRound round, IntakeRound.Entry entry, FhirTask task, Dictionary<string, Resource> found)
    {
        var patient = References.Local(task.For?.Reference);
        foreach (var resource in found.Values)
        {
            (ResourceReference? Subject, IReadOnlyList<ResourceReference> Links) about = resource switch
            {
                QuestionnaireResponse response => (response.Subject, response.BasedOn),
                DocumentReference document => (document.Subject, document.Context?.Related ?? []),
                _ => (null, []),
            };
            var subjects = References.Local(about.Subject?.Reference);
            var focus = References.Local(task.Focus?.Reference);
            if ((subjects is not null && subjects != patient) || about.Links.Any(link => References.Local(link.Reference) is { } other && other.StartsWith("ServiceRequest/", StringComparison.Ordinal) && other != focus))
            {
                round.Refuse(RefusalReason.WrongPatient, "Task", At(entry, new FhirProblem("Task.output", "the advice is about another patient or another request than this Task.", OperationOutcome.IssueType.BusinessRule)));
                return;
            }
        }
    }

    private static FhirProblem At(IntakeRound.Entry entry, FhirProblem problem) =>
        entry.Proposal.At.Length == 0 ? problem : problem with { Path = $"{entry.Proposal.At}.{problem.Path}" };

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), London).Date);

    internal static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
}
