using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The family's answer to proposed changes to its plan, after a review or without one (reg 22(2)(c)).</summary>
public sealed class ChangesPart() : PlanAnswerPart("changes", "the proposed changes", "the changes as a whole")
{
    /// <inheritdoc/>
    public override string Title => "Your answer to the proposed changes";

    /// <inheritdoc/>
    public override string Done => "Your answer to the proposed changes was received.";

    /// <inheritdoc/>
    public override string? CouncilText(OpenedCase opened) => Amendments.Answerable(opened.State) is { } proposal ? $"{proposal.Proposal}\n{proposal.Reasons}" : null;

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) =>
        base.ClosedBecause(opened) ?? (opened.ProposalToAnswer is null ? "There are no proposed changes to the plan for you to answer now." : null);

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerLine> LinesOf(OpenedCase opened) =>
        [.. (Amendments.Answerable(opened.State)?.Changes ?? []).OrderBy(c => c.Section).Select(c => new AnswerLine(c.Section, c.Line, c.After, null, c.Before, c.Source))];

    /// <inheritdoc/>
    public override Notice? NoticeOf(OpenedCase opened) => opened.ProposalToAnswer;

    /// <inheritdoc/>
    protected override int VersionOf(OpenedCase opened) => Amendments.Answerable(opened.State)!.Version;
}
