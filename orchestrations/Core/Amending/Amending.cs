using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Amends a plan: makes the proposal, checks that the finalised plan matches it, and ensures that exactly one plan is in
/// force.</summary>
internal static class Amending
{
    /// <summary>Proposes the changes that officers have made since the plan in force was prepared. The proposal is sent with the plan and
    /// the notice (reg 22(2)).</summary>
    internal static void Propose(Deciding d, int? review, NoticeKind notice, string reasons, string proposal)
    {
        var amendment = new PlanAmendment
        {
            Number = d.State.Amendments.Count + 1,
            Review = review,
            Notice = notice,
            ProposedOn = d.Today,
            ProposedBy = d.State.CaseOfficer ?? d.By.Id,
            Reasons = reasons,
            Proposal = proposal,
            Version = d.State.Plans.Count + 1,
            Edits = d.State.Edits.Count,
            Basis = "",
            ReviewsThen = d.State.Reviews.Count,
        };
        var proposed = Proposed(d, amendment);
        d.Happened(new AmendmentsProposed(amendment with { Basis = BasisOf(proposed, d.State), Changes = Changes(PlanDiff.Between(WithoutPlacement(d.State.NewestPlan!), proposed), d.State) }));
    }

    /// <summary>The plan as it was proposed, from the edits made until then. The proposed plan names no institution (CFA 2014
    /// s38(5)).</summary>
    internal static PlanDocument Proposed(Deciding d, PlanAmendment amendment) =>
        Drafting.Assemble(d, PlanKind.Draft, amendment.Edits) with { PreparedOn = amendment.ProposedOn, PreparedBy = amendment.ProposedBy };

    /// <summary>
    /// Hash of the text of the plan's lettered sections. The hash does not depend on who prepared the plan or when, or on the advice from
    /// a re-assessment, which does not change the plan by itself.
    /// </summary>
    internal static string BasisOf(PlanDocument plan, AssessmentState state) => PlanJson.ContentHash(PlanJson.Canonical(Without(WithoutPlacement(plan), Drafting.IdsOfReassessment(state)) with
    {
        Child = new() { FamilyName = "", GivenName = "", DateOfBirth = default },
        Kind = PlanKind.Draft,
        PreparedOn = default,
        PreparedBy = "",
        LeftOut = [],
    }));

    /// <summary>
    /// Notices that are waiting for the amended plan that an order, an agreement or a decision requires. If one recipient has
    /// been sent a plan prepared outside the hub, the notices to the other recipients wait for that plan and are left out here.
    /// </summary>
    internal static IEnumerable<Notice> Awaiting(AssessmentState state) =>
        state.Notices.Where(IsWithoutPlan).GroupBy(n => n.Occasion).Where(told => told.All(n => n.SentOn is null)).SelectMany(told => told);

    private static bool IsWithoutPlan(Notice notice) => notice is { Kind: NoticeKind.AmendedPlan, PlanVersion: null };

    private static PlanDocument Without(PlanDocument plan, HashSet<string> advice) => advice.Count == 0 ? plan : plan with
    {
        Sections = [.. plan.Sections.Select(s => s.Letter == PlanSectionLetter.K ? s with { Lines = [.. s.Lines.Where(line => !advice.Contains(line.From.Source))] } : s)],
    };

    // A proposal contains neither the placement, which is settled later, nor a personal budget, which is settled when the family asks for
    // one.
    private static PlanDocument WithoutPlacement(PlanDocument plan) => plan with
    {
        Sections = [.. plan.Sections.Select(s => s.Letter is PlanSectionLetter.I or PlanSectionLetter.J ? s with { Lines = [] } : s)],
    };

    private static IReadOnlyList<ProposedChange> Changes(PlanDiff diff, AssessmentState state)
    {
        var found = new List<ProposedChange>();
        foreach (var section in diff.Sections.Where(s => s.Letter != PlanSectionLetter.J))
        {
            found.AddRange(section.Added.Select(line => new ProposedChange(section.Letter, line.Id, null, Said(line), Source(line, state))));
            found.AddRange(section.Removed.Select(line => new ProposedChange(section.Letter, line.Id, Said(line), null, Source(line, state))));
            found.AddRange(section.Changed.Where(c => Said(c.Before) != Said(c.After)).Select(c => new ProposedChange(section.Letter, c.After.Id, Said(c.Before), Said(c.After), Source(c.After, state))));
        }

        found.AddRange(diff.Moved.Select(m => new ProposedChange(m.To, m.After.Id, $"(section {m.From}) {Said(m.Before)}", Said(m.After), Source(m.After, state))));
        return found;
    }

    private static string Said(PlanLine line) =>
        line.Text + (string.Join(", ", new[] { line.Who, line.HowOften, line.HowLong }.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } how ? $" ({how})" : "");

    private static string Source(PlanLine line, AssessmentState state) =>
        state.Edits.LastOrDefault(e => (e.LineId ?? e.EditId) == line.Id) is { Amends: not null } edit
            ? edit.Reason
            : $"{line.From.Author}, {line.From.AuthorRole}, {Words.Day(line.From.WrittenOn, true)}.";
}
