using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>The next thing to do in a case, and the reason. The next action is only a proposal; the step itself decides whether it is lawful.</summary>
/// <param name="Reason">The reason, as a sentence.</param>
/// <param name="Step">Name of the step; empty if nothing is to be done.</param>
/// <param name="Query">The values with which the step's form is filled in: references only, never personal data.</param>
/// <param name="NeedsOfficer">True if the officer must act; false if somebody else must act.</param>
public sealed record NextAction(string Reason, string Step, string Query, bool NeedsOfficer)
{
    /// <summary>Title of the step.</summary>
    public string Title => StepCatalogue.Step(Step)?.Title ?? "";

    /// <summary>Finds what to do next in a case. A statutory duty of the council that is late always comes first.</summary>
    public static NextAction Of(CaseFile file, bool isOverdue) => (isOverdue ? OfStage(file) is { NeedsOfficer: true } late ? late : null : null) ?? Failed(file) ?? (file.State.Stage.HasEnded() ? Ended(file) : Unsent(file) ?? OfStage(file) ?? Asked(file))
        ?? new NextAction("There is nothing to do now.", "", "", false);

    private static NextAction? Failed(CaseFile file) => file.State.FailedEffects.FirstOrDefault() is { } failed
        ? Do($"{TimelineWords.Capitalise(Effects.Describe(file.State, failed.Effect))} did not succeed.", RetryEffect.Definition, $"effectId={Uri.EscapeDataString(failed.EffectId)}")
        : null;

    private static NextAction? Ended(CaseFile file) => Unsent(file) ?? BudgetAsked(file) ?? Reassessing(file) ?? Asked(file);

    /// <summary>The action that a re-assessment is waiting for.</summary>
    private static NextAction? Reassessing(CaseFile file) => ReassessmentAdvice.NeedsRequests(file.State)
        ? Detentions.Current(file.State) is null ? Do("A re-assessment is under way, but nobody has been asked for advice.", AskForReassessmentAdvice.Definition) : null
        : ReassessmentAdvice.Awaited(file.State).FirstOrDefault(r => !r.IsOpen) is { } declined
        ? Do($"{declined.Agency?.Name ?? "The family"} will not give {Words.Of(declined)}. Ask somebody else.", RequestAdvice.Definition, $"kind={declined.Kind}&inPlaceOf={declined.Id}")
        : null;

    /// <summary>The letters that an officer must send because the hub could not send them.</summary>
    private static NextAction? Unsent(CaseFile file)
    {
        var isOver = file.State.Stage.HasEnded() && !MaintainedPlan.IsMaintainedHere(file.State);
        if (!isOver && file.State.Requests.FirstOrDefault(r => r is { IsOpen: true, NotSentOn: not null, SentByOtherMeansOn: null }) is { } request)
        {
            return Do(
                $"The request for {Words.Of(request)} to {request.Agency?.Name ?? "the family"} was not sent, because the hub has no way to send it.",
                RecordRequestSent.Definition, $"requestId={request.Id}");
        }

        return file.State.Notices.FirstOrDefault(n => n.SentOn is null && n.PlannedOn < file.Today && !IsLeftUnsent(n, file) && (!isOver || IsOfTheEnd(n, file.State.Stage))) is { } notice
            ? Do($"The notice to {Words.Of(notice.To)} ({Words.Of(notice.Kind)}) has not been sent.", RecordNoticeSent.Definition, $"noticeId={notice.Id}")
            : null;
    }

    // An officer decided that it was too late to send this letter.
    private static bool IsLeftUnsent(Notice notice, CaseFile file) =>
        notice.Kind is NoticeKind.RightsPassedOn or NoticeKind.RightsAreYours && file.State.Attention.All(a => a.Id != $"post-{notice.Id}");

    // Even if the case has ended, the family must still be sent the decision that ended it. An officer decides whether letters other than
    // that decision are still sent.
    private static bool IsOfTheEnd(Notice notice, Stage stage) => (stage, notice.Kind) is
        (Stage.RefusedToAssess, NoticeKind.WillNotAssess) or (Stage.NoPlan, NoticeKind.NoPlan) or (Stage.PlanIssued, NoticeKind.PlanCeases);

    private static NextAction? Asked(CaseFile file) => file.State.Attention.FirstOrDefault() is { } matter
        ? Do(matter.Text, ResolveAttention.Definition, $"attentionId={Uri.EscapeDataString(matter.Id)}")
        : null;

    private static NextAction? BudgetAsked(CaseFile file) => BudgetRequests.Waiting(file.State) switch
    {
        { About: not null, Lines: [var disputed, ..], On: var on } =>
            Do($"The family asked on {Words.Day(on)} for a review of a decision on the personal budget.", AnswerBudgetReview.Definition, $"line={Uri.EscapeDataString(disputed.Line)}"),
        { On: var on } asked => Do(
            $"The family asked for a personal budget for the plan on {Words.Day(on)}.", DecideOnBudgetLine.Definition,
            BudgetRequests.Undecided(file.State, asked).FirstOrDefault() is { } line ? $"line={Uri.EscapeDataString(line.Line)}" : ""),
        _ => null,
    };

    private static NextAction? OfStage(CaseFile file) => file.State.Stage switch
    {
        Stage.Considering when file.State.ConsultedOn is null => Do("The family must be consulted before the decision.", RecordConsultation.Definition),
        Stage.Considering when Detentions.Current(file.State) is not null && file.State.Acts.All(a => a.Act != Act.PersonInChargeConsulted) =>
            Do("The person in charge of the accommodation must be consulted before the decision.", RecordAct.Definition, $"act={Act.PersonInChargeConsulted}"),
        Stage.Considering => Do("The family has been consulted. Decide whether to assess.", DecideWhetherToAssess.Definition),
        Stage.Assessing => Gathering(file),
        Stage.Drafting => Do("All advice has been received. Prepare the draft and send it.", PrepareDraft.Definition),
        Stage.Consulting => Consulting(file),
        _ => file.State.Notices.FirstOrDefault(n => n.SentOn is null) is { } notice
            ? Do($"The notice to {Words.Of(notice.To)} is being sent. If you send the notice yourself, record that.", RecordNoticeSent.Definition, $"noticeId={notice.Id}") with { NeedsOfficer = false }
            : null,
    };

    private static NextAction Gathering(CaseFile file)
    {
        if (file.State.Requests.FirstOrDefault(r => r.Status == RequestStatus.Declined) is { } declined)
        {
            return Do($"{declined.Agency?.Name ?? "The family"} will not give {Words.Of(declined.Kind)}. Ask somebody else.", RequestAdvice.Definition, $"kind={declined.Kind}&inPlaceOf={declined.Id}");
        }

        if (file.State.Requests.FirstOrDefault(r => r.IsToBeEntered) is { } came)
        {
            return Do($"{TimelineWords.Capitalise(Words.Of(came.Kind))} came to the earlier system. Enter the advice.", SubmitAdvice.Definition, $"requestId={came.Id}");
        }

        var first = file.State.Requests.Where(r => r.IsOpen).MinBy(r => Chasing.DueDay(file.State, r, file.Rules));
        if (first is null)
        {
            return Do("Every answer has been received. Decide whether to issue a plan.", DecideWhetherToIssuePlan.Definition);
        }

        var due = Chasing.DueDay(file.State, first, file.Rules);
        var kind = TimelineWords.Capitalise(Words.Of(first.Kind));
        var (late, awaited) = first.Agency is { } agency
            ? ($"{kind} from {agency.Name} is", $"{kind} is awaited from {agency.Name}")
            : ($"{kind} are", $"{kind} are awaited");
        var days = file.Today.DayNumber - due.DayNumber;
        return days > 0
            ? Do($"{late} {(days == 1 ? "a day" : $"{days} days")} late.", RemindNow.Definition, $"requestId={first.Id}")
            : Do($"{awaited}, due {Words.Day(due)}.", SubmitAdvice.Definition, $"requestId={first.Id}") with { NeedsOfficer = false };
    }

    private static NextAction Consulting(CaseFile file)
    {
        var state = file.State;
        var open = Limits.Of(state, file.Today, file.Rules).FirstOrDefault(l => l.Limit.RuleKey == "familyRepresentations")?.Limit.Due;
        return state switch
        {
            { MeetingAskedOn: not null, MeetingHeldOn: null } => Do("The family asked for a meeting.", RecordMeetingHeld.Definition),
            { BudgetAskedOn: not null, Budget: null } => Do("The family asked for a personal budget.", SettlePersonalBudget.Definition),
            { IcbAnswer: null } when state.NewestPlan?.Section(Contracts.Plans.PlanSectionLetter.G).Lines.Count > 0 => Do("The ICB must agree section G of the draft.", RecordIcbAgreement.Definition),
            { Institutions.Count: 0 } => Do("No school or other institution has been consulted yet.", ConsultInstitution.Definition),
            _ when state.Institutions.FirstOrDefault(i => i.AnsweredOn is null) is { } asked && state.Placement is null =>
                Do($"{asked.Institution.Name} has been consulted but has not answered.", RecordInstitutionAnswer.Definition, $"institution={Uri.EscapeDataString(asked.Institution.Id.Value)}") with { NeedsOfficer = false },
            { Placement: null } => Do("The placement is not named yet.", NamePlacement.Definition),
            _ when open >= file.Today => Do($"The family can comment on the draft until {Words.Day(open.Value)}.", RecordRepresentations.Definition) with { NeedsOfficer = false },
            _ => Do("The family's time to comment has passed and the placement is named. Finalise the plan.", FinalisePlan.Definition),
        };
    }

    private static NextAction Do(string reason, StepDefinition step, string query = "") => new(reason, step.Name, query, true);
}
