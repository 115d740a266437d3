using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Demo;

/// <summary>A participant in the demonstration who sends prepared inputs on fixed days.</summary>
internal sealed class Answerer(HubClient hub, Func<int, DateOnly, AssessmentInput?> story) : IDemoPartner
{
    public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
    {
        if (story(today.DayNumber - Cast.Start.DayNumber, today) is { } input)
        {
            await hub.SendAsync(assessment, input, cancellationToken);
        }
    }

    /// <summary>The answer to the consultation from the school that the family asked for.</summary>
    internal static AssessmentInput? College(int day, DateOnly today) =>
        day == 121 ? new RecordInstitutionAnswer(Cast.College.Id, today, true, "We can meet Alex's needs from September.") : null;
}
