using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The family's answer to the draft plan.</summary>
public sealed class DraftPart() : PlanAnswerPart("draft", "the draft", "the whole draft")
{
    /// <inheritdoc/>
    public override string Title => "Your answer to the draft plan";

    /// <inheritdoc/>
    public override string Done => "Your answer to the draft plan was received.";

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) =>
        base.ClosedBecause(opened) ?? (opened.DraftToAnswer is null ? "There is no draft plan for you to answer now." : null);

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerLine> LinesOf(OpenedCase opened) =>
    [
        .. (opened.State.NewestPlan?.Sections ?? []).Where(s => s.Letter != PlanSectionLetter.K)
            .SelectMany(s => s.Lines.Select(l => new AnswerLine(s.Letter, l.Id, l.Text, string.Join("; ", new[] { l.Who, l.HowOften, l.HowLong }.OfType<string>())))),
    ];

    /// <inheritdoc/>
    public override Notice? NoticeOf(OpenedCase opened) => opened.DraftToAnswer;

    /// <inheritdoc/>
    protected override int VersionOf(OpenedCase opened) => opened.State.NewestPlan!.Version;
}
