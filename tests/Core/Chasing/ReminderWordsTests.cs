using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>Officers read what a reminder is about, in the next action and in the tasks for them: a limit has a title there, and not its key.</summary>
public class ReminderWordsTests
{
    public static TheoryData<string> Keys => [.. RuleSet.England2014.Rules.Concat(RuleSet.EnglandDetained2015.Rules).Select(rule => rule.Key).Distinct()];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_reminder_names_the_limit_by_its_title(string key)
    {
        var said = Effects.Describe(AssessmentState.None(Cases.Id), new RemindOfDuty($"{key}@2026-12-05", "duty-overdue-officer", "case officer"));

        Assert.DoesNotContain($"{key}@", said, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-12-05", said, StringComparison.Ordinal);
        Assert.StartsWith("Reminding the case officer of ", said, StringComparison.Ordinal);
        Assert.True(said.Length > "Reminding the case officer of ".Length + 5, said);
    }
}
