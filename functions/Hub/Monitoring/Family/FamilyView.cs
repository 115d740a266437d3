using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>
/// The contents of the family's page: the progress of the assessment, the next step and its due date, who is responsible, and what has been
/// received.
/// </summary>
public sealed record FamilyView
{
    /// <summary>Name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>Progress of the assessment.</summary>
    public required string Now { get; init; }

    /// <summary>What happens next.</summary>
    public required string Next { get; init; }

    /// <summary>Day by which the next step is due.</summary>
    public required string By { get; init; }

    /// <summary>Who is responsible for the next step.</summary>
    public required string Responsible { get; init; }

    /// <summary>Each piece of advice, with its adviser and its status.</summary>
    public required IReadOnlyList<(string What, string From, string Where)> Advice { get; init; }

    /// <summary>The letters sent, each with its link, newest first.</summary>
    public required IReadOnlyList<LetterLine> Sent { get; init; }

    /// <summary>How letters are sent while the hub has no channel for them, or null if it has a channel.</summary>
    public string? Letters { get; init; }

    /// <summary>How the family can comment.</summary>
    public required string HowToComment { get; init; }

    /// <summary>Contacts for the family.</summary>
    public required IReadOnlyList<string> Contacts { get; init; }

    /// <summary>Today's date in London.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Last day on which the link works.</summary>
    public required DateOnly OpensUntil { get; init; }

    /// <summary>Makes the view.</summary>
    public static FamilyView Of(
        AssessmentState state, FamilyLink link, DateOnly today, Rules rules, string? contact, IReadOnlyList<LetterLine> sent, bool sendsLetters = true)
    {
        var law = rules.LawOn(state.Facts!.ReceivedOn);
        var (next, holder) = NextOf(state, law);
        var summary = Orchestrations.Turns.Summaries.Of(state, new DateTimeOffset(today.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero), rules);
        return new FamilyView
        {
            Council = rules.Council.Name,
            Now = CeasingPlan.InWords(state, rules) ?? (IsReassessed(state) ? $"The council is carrying out the assessment again. {AdviceNow(state)}" : NowOf(state)),
            Next = next,
            By = state.Stage.HasEnded() || summary.WaitingDue is not { } due ? ""
                : due < today ? $"This was due by {Words.Day(due, true)} and is late. The council is aware of this."
                : $"This is due by {Words.Day(due, true)}.{SafeBy(state, due, today, rules)}",
            Responsible = holder,
            Advice = [.. state.Requests.Where(r => r.Status != RequestStatus.Withdrawn).Select(r => (
                r.Agency is null && !IsOfAnother(state, r) ? $"Your views{Words.For(null, r.Reassessment)}" : Capital(Words.Of(r)), r.Agency?.Name ?? (IsOfAnother(state, r) ? "another member of the family" : "you"), WhereOf(r)))],
            Sent = sent,
            Letters = sendsLetters || state.Stage.HasEnded() ? null
                : "This service cannot send letters yet: no channel for them is set up. The council posts each notice or delivers it to you by hand. If you have not received a notice in this way, it has not been sent.",
            HowToComment = state.Stage == Stage.Consulting
                ? $"The draft plan is with you. Tell your case officer in writing what you would change, which school or college you would like, and whether you want a meeting. You have at least {Words.Length(law.Rule("familyRepresentations"))}."
                : IsProposed(state)
                ? $"The council proposes changes to the plan. Say what you would change, which school or college you would like, and whether you want a meeting. You have at least {Words.Length(law.Rule("reviewRepresentations"))}."
                : "Tell your case officer at any time, in writing or by telephone. Your comments are stored with the assessment.",
            Contacts = [.. new[] { contact ?? $"The SEND team of {rules.Council.Name}", rules.Council.InformationAndAdvice, state.Stage.HasEnded() ? rules.Council.MediationAdviser : null }.OfType<string>()],
            Today = today,
            OpensUntil = link.ExpiresOn,
        };
    }

    /// <summary>Whether another member of the family than the first contact answered the council's request for the family's views.</summary>
    private static bool IsOfAnother(AssessmentState state, AdviceRequest request) => state.Advice.LastOrDefault(a => a.RequestId == request.Id && a.Counts) is { Person: not null };

    /// <summary>If the law leaves open how days are counted, a sentence with the day that is in time either way; otherwise empty.</summary>
    private static string SafeBy(AssessmentState state, DateOnly due, DateOnly today, Rules rules) =>
        Limits.Of(state, today, rules).FirstOrDefault(l => l is { Standing: LimitStatus.Open } && l.Limit.Due == due)?.Limit.SafeBy is { } safe && safe < due
            ? $" The law can also be read as meaning one day earlier, so the council works to {Words.Day(safe, true)}."
            : "";

    private static string NowOf(AssessmentState state) => state.Stage switch
    {
        Stage.Considering => "The council is deciding whether to carry out an assessment.",
        Stage.Assessing => $"The assessment is being carried out. {AdviceNow(state)}",
        Stage.Drafting => "The council has decided to issue a plan and is writing the draft.",
        Stage.Consulting => "The draft plan is with you for your comments.",
        Stage.Finalising => "The plan is final and is being sent.",
        Stage.PlanIssued => "The final plan has been issued.",
        Stage.RefusedToAssess => "The council decided not to carry out an assessment.",
        Stage.NoPlan => "The council decided that no plan is necessary.",
        Stage.Withdrawn => "The request for an assessment was withdrawn.",
        _ => "Another council is now responsible.",
    };

    private static (string Next, string Responsible) NextOf(AssessmentState state, RuleSet law) => state.Stage switch
    {
        Stage.Considering => ("The council tells you whether it will carry out an assessment.", "the council"),
        Stage.Assessing when state.Requests.Any(r => r.IsAwaited) => ("The council receives the advice that is still missing, then decides whether to issue a plan.", Holders(state)),
        Stage.Assessing => ("The council decides whether to issue a plan.", "the council"),
        Stage.Drafting => ("The council sends you the draft plan.", "the council"),
        Stage.Consulting => ("You comment on the draft, then the council names a school or other place and finishes the plan.", "you and the council"),
        Stage.Finalising => ("The council sends you the final plan.", "the council"),
        Stage.PlanIssued when IsProposed(state) =>
            ("You comment on the proposed changes to the plan. Then the council amends the plan, or tells you that it will not change.", "you and the council"),
        Stage.PlanIssued when MaintainedPlan.HandoverDay(state) is not null =>
            ($"The council that now maintains the plan tells you within {Words.Length(law.Rule("transferInform"))} of the transfer when it will review the plan.", "the other council"),
        Stage.PlanIssued when MaintainedPlan.IsMaintainedHere(state) && Detentions.Current(state) is not null =>
            ("The council keeps the plan, and arranges educational support for now. The council reviews the plan as soon as it can after the release.", "the council"),
        Stage.PlanIssued when IsReassessed(state) && state.Requests.Any(r => r.IsOpen && r.Reassessment is not null) =>
            ("The council receives the advice that is still missing, then decides whether to amend the plan. Until then the plan stays in force.", Holders(state)),
        Stage.PlanIssued when IsReassessed(state) => ("The council decides whether to amend the plan. Until then the plan stays in force.", "the council"),
        Stage.PlanIssued when MaintainedPlan.IsMaintainedHere(state) => ($"The plan is reviewed within {Words.Length(law.Rule("firstReview"))}.", "the council"),
        Stage.RefusedToAssess or Stage.NoPlan => ("You can ask for mediation, and you can appeal. The notice that you were sent explains how, and by when.", "you, if you disagree"),
        _ => ("There are no further steps.", "nobody"),
    };

    // AwaitedDecision states when a decision is due, which is only when all the advice has been received.
    private static string AdviceNow(AssessmentState state) => AwaitedDecision.Of(state) is { } step && (step == DecideWhetherToIssuePlan.Definition || step == DecideOnPlan.Definition)
        ? "All the advice has been received, and the council is making its decision."
        : "Advice is being gathered.";

    private static bool IsReassessed(AssessmentState state) => ReassessmentRound.Open(state) is not null && MaintainedPlan.IsMaintainedHere(state);

    private static bool IsProposed(AssessmentState state) =>
        MaintainedPlan.IsMaintainedHere(state) && Amendments.Open(state) is { } open && Amendments.ProposalNoticesToFamily(state, open).Any(n => n.ServedOn is not null);

    private static string Holders(AssessmentState state) =>
        string.Join(", ", state.Requests.Where(r => r.IsAwaited).Select(r => r.Agency?.Name ?? "you").Distinct());

    private static string WhereOf(AdviceRequest request) => request.Status switch
    {
        _ when request is { IsToBeEntered: true, CameElsewhereOn: { } came } => $"received on {Words.Day(came, true)}",
        RequestStatus.Received => $"received on {Words.Day(request.StatusOn, true)}",
        RequestStatus.Declined => "could not be given; the council is looking for another adviser",
        RequestStatus.ReturnedInsufficient => "returned to the adviser for completion",
        RequestStatus.Requested when request.NotSentOn is not null =>
            $"decided on {Words.Day(request.RequestedOn, true)}; not sent yet: no channel is set up, so the council sends the request by other means",
        RequestStatus.Requested when request.SentByOtherMeansOn is { } sent => $"requested by other means on {Words.Day(sent, true)}; not received yet",
        _ => $"asked for on {Words.Day(request.RequestedOn, true)}; not received yet",
    };

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
