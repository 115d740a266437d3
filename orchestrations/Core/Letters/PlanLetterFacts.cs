using System.Globalization;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>The facts of letters about a plan that was issued: its reviews, its amendments, its end.</summary>
internal static class PlanLetterFacts
{
    /// <summary>Facts by name. A fact that is not known is null.</summary>
    internal static IEnumerable<(string Name, string? Words)> Of(Notice notice, AssessmentState state) => notice.Kind switch
    {
        NoticeKind.WillReassess => [("decidedOn", Day(notice.PlannedOn))],
        NoticeKind.WillNotReassess => Decided(state.ReassessmentRefusal?.On, state.ReassessmentRefusal?.Reasons),
        NoticeKind.NoChange => Decided(state.AmendDecision?.On, state.AmendDecision?.Reasons),
        NoticeKind.PlanCeases when Ceasings.IsOutsideReview(notice) => Decided(state.Ceasing?.DecidedOn, state.Ceasing?.Reasons),
        NoticeKind.PlanKeptAfterReview or NoticeKind.PlanCeases => AfterReview(notice, state),
        NoticeKind.PlanToBeAmended or NoticeKind.AmendmentProposed => Proposed(notice, state),
        NoticeKind.NotAmendedAfterAll => state.Amendments.FirstOrDefault(a => a.Number == notice.Occasion) is { } ended
            ? Decided(ended.OutcomeOn, ended.OutcomeReasons)
            : [],
        NoticeKind.AmendedPlan =>
        [
            ("placement", state.Placement is { } named ? named.Institution?.Name ?? named.InstitutionType : null),
            ("reasons", state.Placement?.Reasons),
            ("proposedChanges", state.Amendments.LastOrDefault(a => a.Version == notice.PlanVersion && a.Outcome == AmendmentOutcome.Amended) is { } amended ? Words(amended) : null),
        ],
        NoticeKind.PreferenceAsked when PhaseTransfers.Current(state) is { } transfer => [("transfer", Orchestrations.Assessments.Words.Of(transfer.Transfer)), ("transferOn", Day(transfer.On))],
        NoticeKind.TransferTold when state.TakenOver is { Plan.TransferredOn: { } transferred, After: { } after } =>
            [("transferredOn", Day(transferred)), ("whetherAssess", after.WillAssess ? "We will do a new EHC needs assessment." : "We will not do a new EHC needs assessment now.")],
        NoticeKind.BudgetAgreed or NoticeKind.BudgetRefused or NoticeKind.BudgetChanged or NoticeKind.BudgetAnswered when PlanBudgets.Of(state, notice) is { } decided => Budget(decided),
        NoticeKind.IcbChanged when state.IcbChange is { } change => [("icbChangedOn", Day(change.On)), ("icbBefore", change.Before.Name)],
        NoticeKind.PlanKeptInDetention when state.Detentions is [.., var detention] => [("detainedAt", detention.Accommodation.Name), ("detainedSince", Day(detention.From))],
        NoticeKind.PlanAfterRelease when state.Detentions is [.., { ReleasedOn: { } released }] => [("releasedOn", Day(released))],
        NoticeKind.SchoolListShared when state.SchoolList is { } list => [("schoolList", list.Describe()), ("schoolListOn", Day(list.On))],
        NoticeKind.CeasingConsidered when state.Ceasing is { } considered => [("reasons", considered.Reasons), ("answerBy", Day(considered.AnswerBy))],
        _ => [],
    };

    /// <summary>The amendments: first the general text of the proposal, then each changed line with the reason for the change.</summary>
    private static string Words(PlanAmendment amendment) => string.Join(
        "\n\n",
        [
            amendment.Proposal,
            .. amendment.Changes.Select(c => $"Section {c.Section}. " + (c.Before, c.After) switch
            {
                (null, { } after) => $"New: {after}",
                ({ } before, null) => $"Removed: {before}",
                var (before, after) => $"Now: {before}\nIt would become: {after}",
            } + $"\nWhy: {c.Source}"),
        ]);

    private static IEnumerable<(string Name, string? Words)> Proposed(Notice notice, AssessmentState state)
    {
        // The notice of a decision after a review carries the number of the review. The notice of a proposal without a review, or of a further
        // proposal, carries the number of the proposal.
        if (state.Amendments.LastOrDefault(a => a.Notice == notice.Kind && (notice.Kind == NoticeKind.PlanToBeAmended ? a.Review : a.Number) == notice.Occasion) is { } amendment)
        {
            return [.. Decided(amendment.ProposedOn, amendment.Reasons), ("proposedChanges", Words(amendment))];
        }

        return [.. AfterReview(notice, state), ("proposedChanges", state.Reviews.FirstOrDefault(r => r.Number == notice.Occasion)?.Proposal)];
    }

    private static IEnumerable<(string Name, string? Words)> AfterReview(Notice notice, AssessmentState state) =>
        state.Reviews.FirstOrDefault(r => r.Number == notice.Occasion) is { } review ? Decided(review.DecidedOn, review.Reasons) : [];

    private static IEnumerable<(string Name, string? Words)> Budget(BudgetStep step) =>
    [
        .. Decided(step.On, step.Kind == BudgetStepKind.Agreed ? null : step.Text),
        ("budgetConditions", step.Kind == BudgetStepKind.Agreed ? step.Text : null),
        ("budgetProvision", step.Provision),
        ("budgetForm", step.Form switch
        {
            null => null,
            PersonalBudgetForm.DirectPayment => "The money is paid to",
            PersonalBudgetForm.Mixed => "Part of the money is paid to",
            PersonalBudgetForm.ThirdParty => "The money is held for you by",
            _ => "The council or the school holds the money and arranges the provision",
        }),
        ("budgetRecipient", step.Recipient is { } to ? step.Nominee ? $"{to}, your nominee" : to : null),
        ("budgetAmount", step.AnnualAmountPounds is { } sum ? sum == 0 ? "nothing" : $"{Assessments.Words.Pounds(sum)} a year" : null),
        ("budgetFrom", Day(step.From)),
        ("budgetAnswer", step.Stands switch { true => "Our decision still applies.", false => "Our decision no longer applies. We will tell you what we decide instead.", _ => null }),
    ];

    private static IEnumerable<(string Name, string? Words)> Decided(DateOnly? on, string? reasons) => [("decidedOn", Day(on)), ("reasons", reasons)];

    private static string? Day(DateOnly? day) => day?.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
}
