using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Budgeting;

/// <summary>The family asks for a personal budget of a plan that was issued, and for a decision on it to be looked at again.</summary>
public sealed class BudgetRequestTests
{
    private static readonly DateOnly Began = new(2026, 9, 7);

    [Fact]
    public void A_request_waits_until_each_line_that_it_names_is_decided()
    {
        var life = Issued();
        var other = Other(life);
        life.Do(new AskForBudgetLine(Began, "We know somebody.", [new(Budgeted.Line), new(other)]), Cases.Family);
        Assert.Contains(life.State.Attention, a => a.Id == "budget-asked-1");
        Assert.Equal("Direct teaching of medical-1 in a group of three.", BudgetRequests.All(life.State)[0].Lines[0].Provision.Split('\n')[0]);

        life.Do(Budgeted.Agreement(Began, Began));
        Assert.Equal(other, Assert.Single(BudgetRequests.Undecided(life.State, BudgetRequests.Waiting(life.State)!)).Line);
        life.Do(new DecideOnBudgetLine(other, false, Began, "The school provides it."));

        Assert.Null(BudgetRequests.Waiting(life.State));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "budget-asked-1");
    }

    [Fact]
    public void A_decision_before_the_request_does_not_answer_it()
    {
        var life = Issued().Do(new DecideOnBudgetLine(Budgeted.Line, false, Began, "The school provides it."));
        life.On(Began.AddDays(30)).Do(new AskForBudgetLine(life.Today, Lines: [new(Budgeted.Line)]), Cases.Family);
        life.Do(new DecideOnBudgetLine(Other(life), false, Began, "The school provides it."));

        Assert.Equal(Budgeted.Line, Assert.Single(BudgetRequests.Undecided(life.State, BudgetRequests.Waiting(life.State)!)).Line);
    }

    [Fact]
    public void A_request_in_words_alone_waits_until_an_officer_says_that_it_was_dealt_with()
    {
        var life = Issued().Do(new AskForBudgetLine(Began, "A helper of our own."), Cases.Family).Do(Budgeted.Agreement(Began, Began));
        Assert.NotNull(BudgetRequests.Waiting(life.State));
        life.Do(new ResolveAttention("budget-asked-1", "They meant the teaching."));
        Assert.Null(BudgetRequests.Waiting(life.State));
        life.Do(new AskForBudgetLine(Began, "A helper of our own."), Cases.Family);
        Assert.Contains(life.State.Attention, a => a.Id == "budget-asked-2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_decision_that_the_family_disputes_waits_for_its_answer_whether_it_stands_or_not(bool stands)
    {
        var life = Issued();
        life.Refused("nothing-disputed", new AskForBudgetReview(Budgeted.Line, Began, "We need it."));
        life.Do(new DecideOnBudgetLine(Budgeted.Line, false, Began, "The school provides it."));
        life.Do(new AskForBudgetReview(Budgeted.Line, Began, "We need it."), Cases.Family);
        life.Refused("already-asked", new AskForBudgetReview(Budgeted.Line, Began, "We do."));
        Assert.Equal(1, BudgetRequests.Waiting(life.State)!.About);

        life.Do(new AnswerBudgetReview(Budgeted.Line, Began, "We need it.", stands, "It was weighed."));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "budget-review-1");
        life.Refused("answered-already", new AskForBudgetReview(Budgeted.Line, Began, "We do."));
    }

    [Fact]
    public void A_second_refusal_is_no_answer_to_a_family_that_disputes_the_first()
    {
        var life = Issued().Do(new DecideOnBudgetLine(Budgeted.Line, false, Began, "The school provides it."));
        life.Do(new AskForBudgetReview(Budgeted.Line, Began, "We need it."), Cases.Family).Do(new DecideOnBudgetLine(Budgeted.Line, false, Began, "As before."));
        Assert.Contains(life.State.Attention, a => a.Id == "budget-review-1");
        life.Do(Budgeted.Agreement(Began, Began));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "budget-review-1");
    }

    [Fact]
    public void What_cannot_be_asked_is_refused_in_plain_words()
    {
        Life.Consulting().Refused("wrong-stage", new AskForBudgetLine(Cases.Received, "A helper."));
        var life = Issued();
        life.Refused("nothing-asked", new AskForBudgetLine(Began));
        life.Refused("unknown-line", new AskForBudgetLine(Began, Lines: [new("none")]));
        life.Refused("no-provision", new AskForBudgetLine(Began, Lines: [new("medical-1.1/o1")]));
        life.Refused("line-twice", new AskForBudgetLine(Began, Lines: [new(Budgeted.Line), new(Budgeted.Line)]));
        life.Refused("unknown-person", new AskForBudgetLine(Began, "A helper.", Person: "p9"));
        life.Do(new AskForBudgetLine(Began, Lines: [new(Budgeted.Line)]));
        life.Refused("already-asked", new AskForBudgetLine(Began, "Again.", [new(Budgeted.Line), new(Other(life))]));
        life.Do(Budgeted.Agreement(Began, Began));
        life.Refused("already-agreed", new AskForBudgetLine(Began, Lines: [new(Budgeted.Line)]));
    }

    private static Life Issued() => Disputed.Issued().On(Began);

    private static string Other(Life life) => PlanBudgets.EligibleLines(life.State).First(line => line.Id != Budgeted.Line).Id;
}
