using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Core.Tests.Plans;

/// <summary>An officer's words that go out in a letter or a request are looked through for the child of another case.</summary>
public sealed class OutgoingWordsTests
{
    private static readonly OtherChild[] Others = [new("Zelphine", "Quastrow"), new("Sam", "Example")];

    private static readonly Dictionary<string, Func<string, (Life Life, AssessmentInput Input)>> Ways = new(StringComparer.Ordinal)
    {
        ["a refusal to assess"] = words => (Considering(), new DecideWhetherToAssess(false, $"The report of {words} shows enough support.")),
        ["an agreement to assess"] = words => (Considering(), new DecideWhetherToAssess(true, $"On the report of {words}.")),
        ["a refusal of a plan"] = words => (Answered(), new DecideWhetherToIssuePlan(false, $"The support of {words} is enough.")),
        ["advice returned to its author"] = words => (Answered(), new ReturnAdvice("medical-1.1", $"This is about {words}.")),
        ["ceasing that is considered"] = words => Ceasing($"As was said of {words}."),
    };

    public static TheoryData<string> All => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void The_name_of_the_child_of_another_case_does_not_go_out(string way) => Assert.Contains("another case", Fault(way, "zelphine  QUASTROW"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void The_number_of_another_person_does_not_go_out(string way) => Assert.Contains("NHS number", Fault(way, "999 000 0018"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void The_child_the_family_and_everybody_else_may_be_named(string way)
    {
        Assert.Null(Fault(way, "the therapist"));
        Assert.Null(Fault(way, "Robin Example"));
        Assert.Null(Fault(way, "Zelphine's teacher"));

        // The mother has the name of a child of another case.
        Assert.Null(Fault(way, "Sam Example"));
    }

    [Fact]
    public void What_sends_nothing_is_not_looked_through()
    {
        var life = Considering();

        Assert.Null(OutgoingText.Of(life.State, new RecordNote("n-1", CaseNoteKind.Note, life.Today, "The sister, Zelphine Quastrow, has a case of her own."), Cases.Officer, life.Now, life.Rules));
        Assert.Null(OutgoingText.Of(life.State, new DecideWhetherToAssess(false, ""), Cases.Officer, life.Now, life.Rules));
        Assert.Null(OutgoingText.Of(AssessmentState.None(Cases.Id), new OpenAssessment(Cases.Facts), Cases.Officer, life.Now, life.Rules));
    }

    private static string? Fault(string way, string words)
    {
        var (life, input) = Ways[way](words);
        var outgoing = OutgoingText.Of(life.State, input, Cases.Officer, life.Now, life.Rules)!;
        life.Do(input);
        return outgoing.Fault(Others);
    }

    private static (Life Life, AssessmentInput Input) Ceasing(string reasons)
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(100));
        return (life, new ConsiderCeasing(CeasingReason.NeedsMetWithoutPlan, reasons, life.Today.AddDays(21)));
    }

    private static Life Considering() => Life.Opened().Do(new RecordConsultation(Cases.Received, "They wish for it."));

    private static Life Answered()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(30)).AnswerAll();
        return life;
    }
}
