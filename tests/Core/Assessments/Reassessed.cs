using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Cases whose child is assessed again.</summary>
internal static class Reassessed
{
    /// <summary>The family asks, 200 days on.</summary>
    internal static Life Asked(Life issued)
    {
        issued.On(issued.Today.AddDays(200));
        return issued.Do(new RecordReassessmentRequest(issued.Today, RecipientRole.Family, "Much has changed."));
    }

    /// <summary>The council agrees and tells the family on the same day.</summary>
    internal static Life Agreed(Life asked) => asked.Do(new AgreeReassessment("New needs.")).HandOverAll();
}
