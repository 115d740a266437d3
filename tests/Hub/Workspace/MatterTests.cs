using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>What is for a person to do stands once on the page of a case, however often it was asked for.</summary>
public sealed class MatterTests
{
    private static readonly DateOnly Day = new(2026, 6, 8);

    [Fact]
    public void What_a_reminder_repeats_is_one_matter_with_its_first_and_its_last_day()
    {
        var state = AssessmentState.None(Cases.Id) with
        {
            Attention = [new("remind-2", "Speak to the hospital.", Day.AddDays(7)), new("other", "Post the letter.", Day), new("remind-1", "Speak to the hospital.", Day), new("same", "Post the letter.", Day)],
        };

        var matters = Matter.Of(state);

        Assert.Equal(["Speak to the hospital.", "Post the letter."], matters.Select(matter => matter.Text));
        Assert.Equal(["Since 8 June 2026, last requested on 15 June 2026", "Since 8 June 2026"], matters.Select(matter => matter.Since));

        // Each can still be settled by itself.
        Assert.Equal(["remind-1", "remind-2", "other", "same"], matters.SelectMany(matter => matter.Asked).Select(one => one.Id));
    }
}
