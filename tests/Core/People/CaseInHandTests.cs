using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.People;

/// <summary>People, addresses and officers change for as long as a plan is maintained here, and no longer.</summary>
public sealed class CaseInHandTests
{
    private static readonly Dictionary<string, Func<Life, AssessmentInput>> Steps = new(StringComparer.Ordinal)
    {
        ["another officer"] = _ => new AssignCaseOfficer("officer-two"),
        ["a key worker"] = _ => new AssignKeyWorker("Key Worker"),
        ["a foster carer"] = _ => new RecordPerson(new FamilyPerson { Id = "p9", Name = "Fay Carer", Role = PersonRole.FosterCarer, PostalAddress = ["4 New Road", "Newtown", "NE1 1AB"] }),
        ["a new address"] = life => new CorrectFacts("They have moved.", Family: life.State.Facts!.Family with { PostalAddress = ["7 Other Street", "Exampleton", "EX1 9AB"] }),
        ["a pause in chasing"] = life => new PauseChasing(life.Today.AddDays(7), "The service is closed."),
    };

    public static TheoryData<string> All => [.. Steps.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void While_the_plan_is_maintained_it_can_be_recorded(string what)
    {
        var life = Disputed.Issued();

        life.On(life.Today.AddDays(100)).Do(Steps[what](life));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Once_another_council_has_the_plan_it_cannot(string what)
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(100)).Do(new RecordAct(Act.PlanHandedOn, life.Today, "Sent to council 331."));

        life.Refused("ended", Steps[what](life));
    }
}
