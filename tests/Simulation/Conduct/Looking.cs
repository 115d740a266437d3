using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// How those who look at a case go about it: officer, family, institution, board. A pure function of the case and the day, so that a look
/// that a crash cut short is made again in the same way.
/// </summary>
public static class Looking
{
    /// <summary>The next thing to do today; null when there is nothing.</summary>
    public static Act? Now(Person person, AssessmentState state, CaseLedger ledger, DateOnly today) =>
        All(new Sight(person, state, ledger, today)).FirstOrDefault(act => act.On <= today && !ledger.IsAnswered(act.Id));

    /// <summary>The next day on which there is something to do; null when only news can bring something.</summary>
    public static DateOnly? NextDay(Person person, AssessmentState state, CaseLedger ledger, DateOnly today)
    {
        DateOnly? next = null;
        foreach (var act in All(new Sight(person, state, ledger, today)))
        {
            if (act.On > today && !(next <= act.On) && !ledger.IsAnswered(act.Id))
            {
                next = act.On;
            }
        }

        return next;
    }

    private static IEnumerable<Act> All(Sight sight) =>
    [
        .. Housekeeping.Acts(sight),
        .. Disputing.Acts(sight),
        .. Remedying.Acts(sight),
        .. sight.State.Stage switch
        {
            Stage.Considering => Deciding.Acts(sight),
            Stage.Assessing => Gathering.Acts(sight),
            Stage.Drafting => PlanMaking.Draft(sight),
            Stage.Consulting => PlanMaking.Consult(sight),
            Stage.PlanIssued => [.. AskingAgain.Acts(sight), .. Living.Acts(sight)],
            _ => [],
        },
    ];
}
