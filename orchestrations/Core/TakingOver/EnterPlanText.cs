using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A line of the plan, word for word.</summary>
/// <param name="Id">Id of the line, chosen by the sender and unique in the plan.</param>
/// <param name="Section">The section, which cannot be I or K.</param>
/// <param name="Text">The text of the line.</param>
/// <param name="Who">Who makes the provision, for a line of provision.</param>
/// <param name="HowOften">How often the provision is made.</param>
/// <param name="HowLong">How long the provision lasts each time.</param>
/// <param name="Answers">Ids of needs or outcomes that the line addresses.</param>
/// <param name="PreparesForAdulthood">Whether the provision prepares for adulthood.</param>
public sealed record PlanTextLine(
    string Id,
    PlanSectionLetter Section,
    string Text,
    string? Who = null,
    string? HowOften = null,
    string? HowLong = null,
    IReadOnlyList<string>? Answers = null,
    bool PreparesForAdulthood = false);

/// <summary>
/// Enter the text of a plan that was taken over, word for word, so that it can be reviewed line by line and amended. The plan is stored as
/// the first version, as it was issued.
/// </summary>
/// <param name="Lines">All lines of sections A to H2 and J.</param>
/// <param name="Appendices">Section K, with one entry for each line.</param>
/// <param name="Source">The copy from which the text was entered.</param>
public sealed record EnterPlanText(IReadOnlyList<PlanTextLine> Lines, IReadOnlyList<string> Appendices, string Source) : AssessmentInput, IStep<EnterPlanText>
{
    private const int MaxLines = 500;
    private const int MaxAppendices = 100;

    public static StepDefinition<EnterPlanText> Definition { get; } = new("enter-plan-text", "Enter the text of a plan that was taken over")
    {
        Senders = [ActorRole.CouncilOfficer],
        CarriesAdvice = true,
        Law = "SEND Regs 2014 regs 12, 15(3)",
        Example = """
            {
              "lines": [
                { "id": "b1", "section": "B", "text": "Finds it hard to follow spoken instructions." },
                { "id": "e1", "section": "E", "text": "Follows two-step instructions in class.", "answers": ["b1"] }
              ],
              "appendices": ["Advice of the head teacher, 12 January 2024"],
              "source": "The signed plan."
            }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.At(d, "Entering the plan's text", Stage.PlanIssued)
            || !d.Require(d.State.TakenOver is not null, "not-taken-over", "The plan was prepared here, so its text is known.")
            || !d.Require(d.State.NewestPlan is null, "already-entered", "The plan's text is on record. To change the text, amend the plan.")
            || !InputChecks.Text(d, Source, "The copy from which the text was entered")
            || !d.Require(Lines.Count is > 0 and <= MaxLines, "lines-missing", $"A plan must have between 1 and {MaxLines} lines.")
            || !d.Require(Lines.DistinctBy(l => l.Id).Count() == Lines.Count, "line-twice", "Two lines have the same id.")
            || !d.Require(Lines.All(l => TakingOver.IsEntered(l.Section)), "section-not-entered", "Leave out sections I and K. Section I follows from the placement, and section K has a separate list.")
            || !d.Require(Appendices.Count is > 0 and <= MaxAppendices, "appendices-missing", $"Section K must list between 1 and {MaxAppendices} appendices.")
            || !Appendices.All(text => InputChecks.Text(d, text, "An appendix"))
            || !Lines.All(l => InputChecks.Id(d, l.Id, "The id of a line") && InputChecks.Text(d, l.Text, $"The text of {l.Id}")))
        {
            return;
        }

        var taken = d.State.TakenOver!;
        IReadOnlyList<PlanEdit> entered = [.. Lines.Select(line => EditOf(line, d))];
        var plan = Drafting.AsIssued(d, entered, new PlanAppendices(Appendices, taken.Plan.IssuedOn));
        if (d.Require(plan.LeftOut.Count == 0, "line-left-out", $"Line {plan.LeftOut.FirstOrDefault()?.Id} cannot be used in the plan: {plan.LeftOut.FirstOrDefault()?.Reason}"))
        {
            d.Happened(new PlanTextEntered(plan, PlanJson.ContentHash(PlanJson.Canonical(plan)), entered, Appendices, Source));
            d.AddEffect(new StorePlan(plan.Version));
            TakingOver.Settle(d);
        }
    }

    // From now on these lines are the case's edits. An amended plan is prepared from these lines, as it is from advice in a case that began
    // here.
    private PlanEdit EditOf(PlanTextLine line, Deciding d) => new()
    {
        EditId = line.Id,
        Section = line.Section,
        NewText = line.Text,
        Who = line.Who,
        HowOften = line.HowOften,
        HowLong = line.HowLong,
        Answers = line.Answers,
        PreparesForAdulthood = line.PreparesForAdulthood,
        Reason = Source,
        By = d.By.Id,
        On = d.Today,
        Cause = PlanEditCause.Officer,
    };
}

/// <summary>The text of a plan that was taken over was entered.</summary>
/// <param name="Document">The plan as it was issued.</param>
/// <param name="ContentHash">Hash of the document.</param>
/// <param name="Edits">The lines, in the form from which later versions are prepared.</param>
/// <param name="Appendices">The appendices that section K lists.</param>
/// <param name="Source">The copy from which the text was entered.</param>
public sealed record PlanTextEntered(PlanDocument Document, string ContentHash, IReadOnlyList<PlanEdit> Edits, IReadOnlyList<string> Appendices, string Source) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planTextEntered", "The text of a plan that was taken over was entered.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        NewestPlan = Document,
        Edits = [.. Edits],
        TakenOver = state.TakenOver! with { Appendices = Appendices },
        Plans = With(state.Plans, new PlanVersion(Document.Version, Document.Kind, Document.PreparedOn, ContentHash, null)),
    };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"The text of the plan that was issued on {Day(Document.PreparedOn)} was entered: {Edits.Count} {(Edits.Count == 1 ? "line" : "lines")}.");

    public override string? Note() => Source;
}
