using IntegrationHub.Contracts.Advice;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>Advice that came to the earlier system and waits to be entered is not awaited from anybody.</summary>
public sealed class AdviceToBeEnteredTests
{
    private static readonly DateOnly AskedOn = new(2026, 1, 21);
    private static readonly DateOnly CameOn = new(2026, 2, 12);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_who_has_answered_is_reminded_and_the_council_has_the_next_step(bool hasCome)
    {
        DateOnly? came = hasCome ? CameOn : null;
        RequestUnderWay[] requests =
        [
            new(AdviceKind.FamilyViews, AskedOn, CameOn: CameOn),
            new(AdviceKind.Educational, AskedOn, Cases.School, CameOn: CameOn),
            new(AdviceKind.Medical, AskedOn, Cases.Hospital, CameOn: came),
            new(AdviceKind.Psychological, AskedOn, Cases.Psychology, CameOn: CameOn),
            new(AdviceKind.SocialCare, AskedOn, Cases.SocialCare, CameOn: CameOn),
        ];
        var life = new Life().StoodStillUntil(new(2026, 4, 20));
        life.Do(new TakeOverAssessment(Cases.Facts, "The old system.", DecidedOn: new(2026, 1, 20), FamilyToldOn: AskedOn, Requests: requests));

        var reminded = new BulkAction(BulkKind.Chase, "", "They are late.").Of(new CaseFile(life.State, life.Rules, life.Today, life.Now));
        var family = FamilyView.Of(life.State, new FamilyLink("l", life.Today, life.Today, false), life.Today, life.Rules, null, []);

        AssessmentInput[] expected = hasCome ? [] : [new RemindNow("medical-1", "They are late.")];
        Assert.Equal(expected, reminded.Steps.Select(one => one.Step));
        Assert.Equal(hasCome ? "the council" : Cases.Hospital.Name, family.Responsible);
    }
}
