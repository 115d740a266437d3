using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Takes back the record of a withdrawal, a move, an end or a transfer of the plan, or a detention that did not happen. The case goes on from
/// its real days. What was stopped because of the record is done again if that is certain to be right; an officer is asked about the rest.
/// </summary>
internal static class RecordedInError
{
    private const string Again = "The record because of which the request was withdrawn was a mistake.";

    /// <summary>Whether the record can be taken back without a true day.</summary>
    internal static bool IsPossible(Deciding d, CorrectRecord input) => input.On is not null || input.Record switch
    {
        MistakenRecord.Detention => DetentionCorrections.IsPossible(d, input),
        MistakenRecord.Move => d.Require(
            MaintainedPlan.HandoverDay(d.State) is null,
            "plan-handed-on",
            "The plan was transferred to another council, which maintains it now, so the move cannot be taken back. If the plan was not transferred, correct that record first (record act, which planHandedOn)."),
        _ => true,
    };

    /// <summary>Does what follows for the rest of the case, and asks an officer to do what the hub cannot do.</summary>
    /// <param name="d">The decision, in which the correction has already been applied.</param>
    /// <param name="input">The correction.</param>
    /// <param name="before">The case before the correction.</param>
    internal static void FollowUp(Deciding d, CorrectRecord input, AssessmentState before)
    {
        string[]? todo = input.Record switch
        {
            MistakenRecord.Withdrawal => Resumed(d, Closing.RequestWithdrawn, PlanStands(before), "Tell everybody who was told that the request was withdrawn."),
            MistakenRecord.Move when before.Stage == Stage.Moved => Resumed(
                d, Closing.FamilyMoved, "Tell the family, if it was told that another council is responsible. If the other council was sent information about the child, ask it to delete the information."),
            MistakenRecord.Move => NotMoving(d, before, input.WasOn),
            MistakenRecord.Ceasing => NotCeased(d),
            _ when RecordCorrections.IsTransfer(input.Record, input.Which) => NotTransferred(d),
            MistakenRecord.Detention => DetentionCorrections.TakeBack(d, input, before),
            _ => null,
        };
        if (todo is not null)
        {
            Resolve(d, TaskOf(input), "The record was corrected again.");
            Resolve(d, WrongDaySent.TaskOf(input.Record), "The record was taken back.");
            d.AskAttention(TaskOf(input), string.Join(" ", todo.Prepend($"A record was corrected: {RecordCorrections.Untrue(input.Record, input.Which, input.WasOn)}.").Where(sentence => sentence.Length > 0)));
        }
    }

    internal static void Resolve(Deciding d, string task, string why)
    {
        if (d.State.Attention.Any(a => a.Id == task))
        {
            d.Happened(new AttentionResolved(task, why));
        }
    }

    private static string TaskOf(CorrectRecord input) => input.Record switch
    {
        MistakenRecord.Detention => Attention.UntrueDetention,
        MistakenRecord.Act => "untrue-transfer",
        _ => $"untrue-{input.Record.ToString().ToLowerInvariant()}",
    };

    private static string[] Resumed(Deciding d, string because, params string[] tell)
    {
        Resolve(d, MoveToAnotherCouncil.HandOver, "The family did not move.");
        foreach (var task in ChangedRecipients.TasksAfterWithdrawal)
        {
            Resolve(d, task, "The request was not withdrawn.");
        }

        ChangedRecipients.PlanAfterWithdrawal(d);
        if (d.State.Stage == Stage.Finalising)
        {
            Notices.TellAll(d, LegalNotice.FinalPlan, d.State.NewestPlan?.Version);
            FinalPlanSent.NoteWhenAllAreSent(d);
        }

        d.AddEffect(new PublishStatus(d.State.Stage));
        return [
            "The case goes on as if this had not been recorded, and its time limits run from their real days.", .. AskAgain(d, because), .. tell,
            "If another case was opened for the child in the meantime, only one of the two can go on.",
        ];
    }

    // The officer was asked to tell them that no plan was made.
    private static string PlanStands(AssessmentState before)
    {
        var have = before.Notices.Where(n => n is { Kind: NoticeKind.FinalPlan, SentOn: not null }).ToList();
        return have.Count == 0 ? "" : $"The final plan had been sent to {WrongDaySent.Recipients(have)}. If they were told that no plan was made, tell them that the plan is made.";
    }

    private static string[] NotMoving(Deciding d, AssessmentState before, DateOnly moved)
    {
        Resolve(d, MoveToAnotherCouncil.HandOver, "The family did not move.");
        var told = EndCorrections.IsOfMove(before, moved) ? before.Notices.Where(n => n is { Kind: NoticeKind.IcbChanged, SentOn: not null }).ToList() : [];
        return [
            "The plan stays with this council.",
            EndCorrections.IsOfMove(before, moved)
                ? $"The change of ICB on that day is still on record. If it did not happen either, record which ICB is responsible (record-icb-change){(told.Count == 0 ? "" : $" and write to {WrongDaySent.Recipients(told)}, which was sent the plan")}."
                : "",
            "If the other council was told of the move or was sent the plan, tell it that the family did not move and ask it to delete the plan. Tell the family too, if it was told of the transfer.",
        ];
    }

    private static string[] NotCeased(Deciding d)
    {
        var orders = ClockFacts.Of(d.State).Dispute.Orders.Where(order => order.Remedy == Remedy.CeasePlan).ToList();
        if (orders.Count > 0)
        {
            d.AskAttention(Disputes.RemedyId(Remedy.CeasePlan)!, "The Tribunal ordered that the plan ceases. Carry out the remedy within its time limit, and record that (record-act).");
        }

        return [
            "The plan is maintained, and had to be maintained all the time: check that nothing in it was stopped.", .. AskAgain(d, Closing.PlanCeased),
            "The hub sent no letter about this. Tell the family, the institution and the ICB if they were told that the plan has ceased.",
            "If another case was opened for the child in the meantime, only one of the two can go on.",
        ];
    }

    private static string[] NotTransferred(Deciding d)
    {
        if (d.State.MovingTo is { } move)
        {
            MoveToAnotherCouncil.AskToHandOn(d, move.Council);
        }

        return ["This council still maintains the plan: check that nothing in it was stopped.", .. AskAgain(d, Closing.PlanHandedOn), "Tell the family and the other council, if they were told that the plan was transferred."];
    }

    // Requests that were withdrawn because of the record are made again if the hub had made them and nothing had been answered. The adviser's
    // time begins again, because the adviser was told that no answer is needed.
    private static string[] AskAgain(Deciding d, string because)
    {
        var withdrawn = d.State.Requests.Where(r => r.Status == RequestStatus.Withdrawn && r.StatusReason == because).ToList();
        ReopenRound(d, withdrawn.Count > 0);
        var (asked, left) = (new List<string>(), new List<string>());
        foreach (var request in withdrawn.Where(r => IsNeeded(d.State, r) && !d.State.Requests.SkipWhile(o => o.Id != r.Id).Skip(1).Any(o => IsSame(o, r))))
        {
            var what = $"{Words.Of(request.Kind)}{(request is { Agency: { } agency, Person: null } ? $" from {agency.Name}" : "")}";
            if (IsCertain(d.State, request))
            {
                Asking.AskAgain(d, request, Again);
                Resolve(d, SendingByOtherMeans.WithdrawnId(request.Id), "The advice is needed.");
                asked.Add(what);
            }
            else
            {
                left.Add(what);
            }
        }

        return [
            asked.Count == 0 ? "" : $"The advice that was still awaited has been requested again, with new time limits: {string.Join(", ", asked)}.",
            left.Count == 0 ? "" : $"These requests for advice were withdrawn because of the record. Decide whether to make them again: {string.Join(", ", left)}.",
        ];
    }

    // Only a round of a re-assessment that has not been decided goes on.
    private static void ReopenRound(Deciding d, bool anyWithdrawn)
    {
        if (d.State.ReassessmentRound is { EndedOn: not null } round && ReassessmentAdvice.NeedsRequests(d.State) && round.BegunOn >= Reassessments.ReassessesSince(d.State)
            && Detentions.Current(d.State) is null && (anyWithdrawn || d.State.Requests.Any(r => r.Reassessment == round.Number)))
        {
            d.Happened(new ReassessmentAdviceBegun(round.Number, d.Today, Again));
        }
    }

    private static bool IsNeeded(AssessmentState state, AdviceRequest request) => AdviceRounds.IsOfAssessment(request)
        ? Asking.WhileAsking.Contains(state.Stage)
        : AdviceRounds.MayBeAnswered(state, request);

    private static bool IsCertain(AssessmentState state, AdviceRequest request) =>
        (request.Reassessment is not null || (request.Review is null && state.Stage == Stage.Assessing))
        && request.TakenOverOn is null
        && state.Advice.All(a => a.RequestId != request.Id);

    private static bool IsSame(AdviceRequest one, AdviceRequest other) =>
        (one.Kind, one.Agency?.Id, one.Review, one.Reassessment) == (other.Kind, other.Agency?.Id, other.Review, other.Reassessment);
}
