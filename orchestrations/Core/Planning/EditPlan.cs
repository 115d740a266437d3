using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Change, add or remove one line of the plan. Both the old and the new text are stored.</summary>
/// <param name="EditId">Id of the edit, chosen by the sender and unique in the assessment.</param>
/// <param name="Reason">Why the line is changed.</param>
/// <param name="Cause">The cause of the change. After a draft was served, only some causes are allowed without re-issuing the draft (Code
/// 9.125).</param>
/// <param name="LineId">The line to change or remove, or null for a new line.</param>
/// <param name="Section">The section of a new line.</param>
/// <param name="NewText">The new text, or null if the text stays or the line is removed.</param>
/// <param name="Who">Who makes the provision, for a line of provision.</param>
/// <param name="HowOften">How often the provision is made.</param>
/// <param name="HowLong">How long the provision lasts each time.</param>
/// <param name="Remove">Whether the line is removed.</param>
/// <param name="Answers">Lines to which it is linked: needs for an outcome, outcomes for provision. Null leaves the links unchanged.</param>
/// <param name="PreparesForAdulthood">Whether the provision prepares for adulthood, or null to leave this unchanged.</param>
/// <param name="ReadFromAdvice">The advice from which the line was taken.</param>
/// <param name="Also">Further changes; either all are made or none.</param>
public sealed record EditPlan(
    string EditId,
    string Reason,
    PlanEditCause Cause,
    string? LineId = null,
    PlanSectionLetter? Section = null,
    string? NewText = null,
    string? Who = null,
    string? HowOften = null,
    string? HowLong = null,
    bool Remove = false,
    IReadOnlyList<string>? Answers = null,
    bool? PreparesForAdulthood = null,
    string? ReadFromAdvice = null,
    IReadOnlyList<EditPlan>? Also = null) : AssessmentInput, IStep<EditPlan>
{
    // The limit is higher than the number of lines in any plan.
    private const int MostAtOnce = 500;

    public static StepDefinition<EditPlan> Definition { get; } = new("edit-plan", "Change a line of the plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s37; Code 9.125",
        Example = """
            {
              "editId": "edit-1",
              "reason": "Quantified as the author confirmed.",
              "cause": "officer",
              "lineId": "medical-1.1/p1",
              "howOften": "every three months"
            }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(Also is null || (Also.Count < MostAtOnce && Also.All(one => one is { Also: null })), "too-many-edits", $"At most {MostAtOnce} lines can be changed in one step, and further changes cannot contain changes of their own.")
            && Change(d))
        {
            _ = (Also ?? []).All(one => one.Change(d));
        }
    }

    private bool Change(Deciding d)
    {
        if (!(d.State.Stage == Stage.PlanIssued ? Amendments.MayBeChanged(d, "Changing the plan") : InputChecks.At(d, "Changing the plan", Stage.Drafting, Stage.Consulting))
            || !InputChecks.Id(d, EditId, "The edit's id")
            || !d.Require(d.State.Edits.All(e => e.EditId != EditId), "already-edited", "An edit with this id is already on record.")
            || !InputChecks.Text(d, Reason, "The reason")
            || !d.Require(Cause != PlanEditCause.Placement || d.State.Placement is not null, "no-placement", "No placement has been named that could be the cause of this change.")
            || !d.Require(Cause != PlanEditCause.FamilyRepresentation || d.State.Representations.Any(r => d.State.Stage != Stage.PlanIssued || r.Version == Amendments.Open(d.State)?.Version), "no-representations", "The family has made no representations that could be the cause of this change.")
            || !d.Require(LineId is not null || (Section is not null && !Remove), "section-missing", "A new line needs a section.")
            || !d.Require(LineId is not null || !string.IsNullOrWhiteSpace(NewText), "text-missing", "A new line needs a text.")
            || !d.Require(AdviceFaults.Fits(NewText), "text-too-long", "The text is too long for one line.")
            || !d.Require(LineId is null || HasLine(d, LineId), "unknown-line", "There is no such line in the current plan.")
            || !d.Require(ReadFromAdvice is null || d.State.Advice.Any(a => a.Id == ReadFromAdvice), "unknown-advice", "There is no such advice in this assessment.")
            || !d.Require(
                ReadFromAdvice is null || d.State.Advice.Any(a => a.Id == ReadFromAdvice && a.IsSource),
                "not-a-source",
                "No line of the plan can come from this advice, because the advice was given for a review, corrected or withdrawn. Leave the advice out here, and name it in the reason."))
        {
            return false;
        }

        d.Happened(new PlanEdited(new PlanEdit
        {
            EditId = EditId,
            LineId = LineId,
            Section = Section,
            NewText = NewText,
            Who = Who,
            HowOften = HowOften,
            HowLong = HowLong,
            Answers = Answers,
            PreparesForAdulthood = PreparesForAdulthood,
            Remove = Remove,
            ReadFromAdvice = ReadFromAdvice,
            Reason = Reason,
            By = d.By.Id,
            On = d.Today,
            Cause = Cause,
            Amends = d.State.Stage == Stage.PlanIssued ? d.State.NewestPlan!.Version : null,
        }));
        return true;
    }

    private static bool HasLine(Deciding d, string lineId) =>
        Drafting.Assemble(d, PlanKind.Draft).Sections.Any(s => s.Lines.Any(l => l.Id == lineId));
}

/// <summary>An officer changed a line of the plan. Both the old and the new text are stored.</summary>
public sealed record PlanEdited(Plans.PlanEdit Edit) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planEdited", "An officer changed a line of the plan. Both the old and the new text are stored.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Edits = With(state.Edits, Edit) };

    public override string Describe(TimelineContext context) => $"A line of the plan was {(Edit.Remove ? "removed" : Edit.LineId is null ? "added" : "changed")} on {Day(Edit.On)}.";

    public override string? Note() => Edit.Reason;
}
