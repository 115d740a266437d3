using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
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

    [Theory]
    [InlineData(Name)]
    [InlineData(Number)]
    public void Advice_that_names_another_child_goes_out_with_a_draft_only_if_an_officer_accepts_it(string words)
    {
        var life = Advised($"I also saw {words}.");

        // The line of the plan is put right, but the family reads the author's own words with the draft.
        var found = Assert.Single(Named());
        Assert.Equal((PlanFindingCodes.AdviceNamesOther, FindingSeverity.Blocking), (found.Code, found.Severity));
        Assert.Contains(PlanReading.Findings(life.State, PlanStep.BeforeDraft, Cases.Officer, life.Now, life.Rules, Others), f => f == found);

        life.Do(new AcceptPlanFinding(found.Code, "His sister, who lives with him.", found.LineId));
        Assert.Empty(Named());
        Assert.NotEmpty(life.Try(new PrepareDraft()).Events);

        IReadOnlyList<PlanFinding> Named() => OutgoingPlan.Of(life.State, new PrepareDraft(), Cases.Officer, life.Now, life.Rules)!.OtherChildrenNamed(Others);
    }

    [Fact]
    public void Advice_that_the_family_has_read_is_not_looked_through_again()
    {
        var life = Advised("I also saw the therapist.");
        life.On(life.Today.AddDays(1)).Do(new PrepareDraft());

        Assert.Empty(PlanReading.SentWithDraft(life.State));
    }

    private static Life Advised(string note)
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(30)).AnswerAll();
        Assert.True(NhsNumber.TryParse("9434765919", out var own, out _));
        life.Do(new CorrectFacts("From the register.", Child: life.State.Facts!.Child with { NhsNumber = own }));
        var advice = life.State.Advice.First(a => a.Kind == AdviceKind.Educational);
        life.Do(new SubmitAdvice(advice.RequestId!, advice.Content with { Notes = [new("Seen", note)] }, "A note was left out."));
        return life.Do(new DecideWhetherToIssuePlan(true, "Necessary."));
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
