using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Core.Tests.Plans;

/// <summary>Whatever text of a plan a step sends out is looked through for the child of another case.</summary>
public sealed class OutgoingPlanTests
{
    private const string Name = "Zelphine Quastrow";
    private const string Number = "999 000 0018";
    private static readonly OtherChild[] Others = [new("Zelphine", "Quastrow")];

    /// <summary>Every way in which text of a plan goes out, with every place in which words can stand.</summary>
    private static readonly Dictionary<string, Func<string, (Life Life, AssessmentInput Input)>> Ways = new(StringComparer.Ordinal)
    {
        ["the first draft, in a line"] = words => (Edit(Drafting(), words), new PrepareDraft()),
        ["a later draft, in a line"] = words => (Edit(Life.Consulting(), words), new PrepareDraft()),
        ["the final, in a line"] = words => (Edit(Life.Consulting(), words), new FinalisePlan("Officer One")),
        ["the final, in the personal budget"] = words => (Budgeted(words), new FinalisePlan("Officer One")),
        ["the amended plan, in a line"] = words => (Edit(Amended.Proposed(Disputed.Issued()), words), new FinaliseAmendedPlan("Officer One")),
        ["a proposal, in a line"] = words => (Edit(Disputed.Issued(), words), new ProposeAmendments("A new report.", "Therapy each week.")),
        ["a proposal, in its words"] = words => (Amended.Edited(Disputed.Issued()), new ProposeAmendments("A new report.", $"Section F: {words}.")),
        ["a proposal, in its reasons"] = words => (Amended.Edited(Disputed.Issued()), new ProposeAmendments($"As for {words}.", "Therapy each week.")),
        ["a decision after a review, in a line"] = words => (Edit(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), words), Reviewed.Decision(ReviewChoice.Amend)),
        ["a decision after a review, in the proposal"] = words => (Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), new DecideAfterReview(ReviewChoice.Amend, "On the report.", $"Therapy as for {words}.")),
        ["a decision after a review, in its reasons"] = words => (Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), new DecideAfterReview(ReviewChoice.Amend, $"On the report of {words}.", "Weekly therapy.")),
    };

    public static TheoryData<string> All => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void The_name_of_the_child_of_another_case_does_not_go_out(string way) => Assert.Contains(Names(way, Name), f => f.Code == PlanFindingCodes.OtherChild);

    [Theory]
    [MemberData(nameof(All))]
    public void The_number_of_another_person_does_not_go_out(string way) => Assert.Contains(Names(way, Number), f => f.Code == PlanFindingCodes.OtherIdentifier);

    [Theory]
    [MemberData(nameof(All))]
    public void Where_nobody_else_is_named_nothing_is_found(string way) => Assert.Empty(Names(way, "the therapist"));

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_looked_through_is_what_goes_out(string way)
    {
        var (life, input) = Ways[way]("the therapist");
        var outgoing = OutgoingPlan.Of(life.State, input, Cases.Officer, life.Now, life.Rules)!;
        var looked = outgoing.Plan.Sections.SelectMany(s => s.Lines).Select(l => l.Text).Concat(outgoing.Said).ToHashSet(StringComparer.Ordinal);
        var sent = life.Try(input).Events.SelectMany(OutgoingTexts.Of).ToList();
        Assert.All(sent, text => Assert.Contains(text, looked));

        // A final and an amended plan wait here for others still; what is put together for them is the same text.
        Assert.True(sent.Count > 0 || input is FinalisePlan or FinaliseAmendedPlan, $"{way}: nothing was sent");
    }

    private static IReadOnlyList<PlanFinding> Names(string way, string words)
    {
        var (life, input) = Ways[way](words);
        return OutgoingPlan.Of(life.State, input, Cases.Officer, life.Now, life.Rules)!.OtherChildrenNamed(Others);
    }

    private static Life Drafting()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(30)).AnswerAll();
        return life.Do(new DecideWhetherToIssuePlan(true, "Necessary."));
    }

    private static Life Edit(Life life, string words) =>
        life.Do(new EditPlan("one", "As in the report.", PlanEditCause.Officer, Section: PlanSectionLetter.A, NewText: $"Likes to read as {words} does."));

    private static Life Budgeted(string words)
    {
        var life = Life.Consulting();
        return life.Do(new AskForPersonalBudget(life.Today)).Do(new SettlePersonalBudget(true, life.Today, $"A helper, shared with {words}.", PersonalBudgetForm.Notional, 1200));
    }
}
