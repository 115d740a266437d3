using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Demo;

/// <summary>The family of the demonstration, which on given days gives its views, agrees that an older report is sufficient, and responds to
/// the draft.</summary>
internal sealed class FakeFamily(HubClient hub) : IDemoPartner
{
    public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
    {
        IReadOnlyList<AssessmentInput> said = (today.DayNumber - Cast.Start.DayNumber) switch
        {
            7 => [new AgreeExistingAdvice(Officer.ExistingReport, AgreeingParty.Family, true)],
            24 => [new SubmitAdvice("familyViews-1", Cast.Advice("family", today))],
            106 => [new AskForMeeting(today), new AskForPersonalBudget(today)],
            112 => [new RecordRepresentations(1, today, "We agree with the needs. We ask for Hillside Special School, which Alex has visited twice.", Cast.College)],
            _ => [],
        };
        foreach (var input in said)
        {
            await hub.SendAsync(assessment, input, cancellationToken);
        }
    }
}
