using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>The form of a step that answers the family shows what the family said, and repeats it where the step takes it.</summary>
public sealed class FamilyAskedTests
{
    private const string Said = "We drive her there ourselves on Thursdays.";

    private static readonly DateOnly Today = new(2026, 9, 21);
    private static readonly string Day = Words.Day(Today, true);
    private static readonly Officer Me = new("officer-1", [OfficerRole.CaseOfficer], Cases.Council, Development: false);

    /// <summary>Each step by which a family asks for something, with the step that answers it and what its form must show.</summary>
    private static readonly Dictionary<string, (string Step, AssessmentState Asked, string Shown)> Answered = new()
    {
        ["ask-for-meeting"] = ("record-meeting-held", Case() with { MeetingAskedOn = Today }, Day),
        ["ask-for-personal-budget"] = ("settle-personal-budget", Case() with { BudgetAskedOn = Today }, Day),
        ["ask-for-adviser"] = ("answer-adviser-wish", Case() with { Wishes = [new AdviserWish("w", Cases.Hospital, Said)] }, Said),
        ["ask-for-budget-line"] = ("decide-on-budget-line", Budget(Of("f1")), Said),
        ["ask-for-budget-review"] = ("answer-budget-review", Budget(Of("f1", about: 1)), Said),
        ["record-representations"] = ("finalise-plan", Case() with { Representations = [new Representation(1, Today, Said)] }, Said),
        ["answer-transfer-preference"] = ("name-placement", Case() with { PhaseTransfers = [new PhaseTransfer(TransferOfPhase.PrimaryToSecondary, new DateOnly(2027, 9, 1), Letter: 1, Answers: [new PreferenceAnswer(Today, Said)])] }, Said),
    };

    /// <summary>What a family sends that asks for nothing that a form of the council answers: it is read, or has its effect, as it is.</summary>
    private static readonly string[] AsksNothing =
    [
        "submit-advice", "report-on-advice-request", "retract-advice", "acknowledge-advice-request", "accept-advice-request", "decline-advice-request", "record-family-evidence",
        "name-supporter", "end-supporter", "withdraw-request", "agree-existing-advice", "propose-existing-advice", "record-plan-read",
    ];

    [Fact]
    public void Every_step_that_answers_the_family_shows_what_the_family_said()
    {
        var asking = StepCatalogue.Steps.Where(step => step.Senders.Contains(ActorRole.Family)).Select(step => step.Name).Except(AsksNothing);

        Assert.Equal(Answered.Keys.Order(StringComparer.Ordinal), asking.Order(StringComparer.Ordinal));
        Assert.All(Answered.Values, one => Assert.Contains(one.Shown, Beside(one.Step, one.Asked), StringComparison.Ordinal));
    }

    [Fact]
    public void The_answer_to_a_disputed_decision_repeats_what_each_of_the_family_said_and_when()
    {
        var state = Budget(Of("f1", about: 1), Of("f1", about: 1) with { Person = "p2", On = Today.AddDays(-3), Text = "So do I." }, Of("h1", about: 2) with { Text = "Another line." });

        var filled = FamilyAsked.Filled(AnswerBudgetReview.Definition, state, FormValues.None.With("line", "f1"));
        Assert.Equal(FormValues.None.With("line", "f1").WithDay("askedOn", Today.AddDays(-3)).With("representations", $"{Cases.Facts.Family.Name}: {Said}\np2: So do I.").All.OrderBy(one => one.Key), filled.All.OrderBy(one => one.Key));
        Assert.Equal("Another line.", FamilyAsked.Filled(AnswerBudgetReview.Definition, state, FormValues.None.With("line", "h1"))["representations"]);
        Assert.Equal("f1", FamilyAsked.Filled(AnswerBudgetReview.Definition, state, FormValues.None)["line"]);

        // Of a line that nobody disputes, nothing is claimed; nor after the answer.
        Assert.Empty(FamilyAsked.Filled(AnswerBudgetReview.Definition, state, FormValues.None.With("line", "g1")).All);
        Assert.Empty(FamilyAsked.Filled(AnswerBudgetReview.Definition, state with { Attention = [] }, FormValues.None).All);
        Assert.DoesNotContain(Said, Beside("answer-budget-review", state with { Attention = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_decision_on_a_line_has_the_day_on_which_the_family_asked_for_it()
    {
        var state = Budget(Of("f1"), Of("h1") with { Number = 2, On = Today.AddDays(-5) }, Of("g1", about: 1));
        FormValues Filled(AssessmentState of, string line) => FamilyAsked.Filled(DecideOnBudgetLine.Definition, of, line.Length > 0 ? FormValues.None.With("line", line) : FormValues.None);

        Assert.Equal(FormValues.None.With("line", "h1").WithDay("askedOn", Today.AddDays(-5)).All.OrderBy(one => one.Key), Filled(state, "h1").All.OrderBy(one => one.Key));
        Assert.Equal("f1", Filled(state, "")["line"]);
        Assert.Empty(Filled(state, "g1").All);

        var inWords = Budget(Of("f1") with { Lines = [] });
        Assert.Equal(FormValues.None.With("line", "g1").WithDay("askedOn", Today).All.OrderBy(one => one.Key), Filled(inWords, "g1").All.OrderBy(one => one.Key));
    }

    private static AssessmentState Case() => new() { Id = Cases.Id, Stage = Stage.Consulting, Facts = Cases.Facts };

    private static BudgetRequest Of(string line, int? about = null) =>
        new() { Number = 1, On = Today, Text = Said, Lines = [new BudgetRequestLine(line, "Transport.")], About = about, After = about ?? 0 };

    private static AssessmentState Budget(params BudgetRequest[] asked) => Case() with
    {
        Stage = Stage.PlanIssued,
        PlanBudget = new PlanBudget { Requests = asked },
        Attention = [.. asked.Select(BudgetRequests.AttentionIdOf).Distinct().Select(id => new Attention(id, "It waits.", Today))],
    };

    private static string Beside(string step, AssessmentState state) =>
        string.Join('\n', StepFacts.Of(Me, new CaseFile(state, Cases.Rules, Today, new DateTimeOffset(Today, new TimeOnly(9, 0), TimeSpan.Zero)), StepCatalogue.Step(step)!).Select(fact => $"{fact.Term}: {fact.Text}"));
}
