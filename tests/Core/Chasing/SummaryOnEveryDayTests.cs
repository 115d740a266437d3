using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>
/// What a list shows of a case was written at its last turn. On whatever day that was, on every day until the next turn it says what the
/// case would say then.
/// </summary>
public sealed class SummaryOnEveryDayTests
{
    private static readonly Dictionary<string, Func<Life>> Lives = new(StringComparer.Ordinal)
    {
        ["considered"] = () => Life.Opened(),
        ["assessed"] = () => Life.Assessing(),
        ["with the family"] = () => Consulting(institution: false),
        ["with the family and an institution"] = () => Consulting(institution: true),
        ["refused"] = () => Disputed.Refused(),
        ["issued"] = () => Disputed.Issued(),
        ["amendments proposed"] = () => Amended.Proposed(Disputed.Issued()),
        ["to cease"] = () => Amended.ToCease(Disputed.Issued()),
    };

    public static TheoryData<string> All => [.. Lives.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void A_summary_of_any_day_says_on_each_later_day_what_the_case_says(string life)
    {
        const int Days = 40;
        var lived = Lives[life]();
        for (var written = 0; written < Days; written++)
        {
            lived.On(lived.Today.AddDays(1));
            var summary = Summaries.Of(lived.State, lived.Now, lived.Rules);
            for (var later = 0; later < Days; later++)
            {
                var day = lived.Now.AddDays(later);
                if (lived.WakeAt <= day)
                {
                    break;
                }

                var read = summary.On(DateOnly.FromDateTime(day.UtcDateTime));
                var then = Summaries.Of(lived.State, day, lived.Rules).On(DateOnly.FromDateTime(day.UtcDateTime));
                Assert.Equal(
                    (then.WaitingFor, then.WaitingSince, then.WaitingDue, then.FinalPlanDue),
                    (read.WaitingFor, read.WaitingSince, read.WaitingDue, read.FinalPlanDue));
            }
        }
    }

    private static Life Consulting(bool institution)
    {
        var life = Life.Consulting().HandOverAll();
        return institution ? life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)) : life;
    }
}
