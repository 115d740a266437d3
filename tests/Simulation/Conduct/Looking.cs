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
        All(new VisibleCase(person, state, ledger, today)).FirstOrDefault(act => act.On <= today && !ledger.IsAnswered(act.Id));

    /// <summary>The next day on which there is something to do; null when only news can bring something.</summary>
    public static DateOnly? NextDay(Person person, AssessmentState state, CaseLedger ledger, DateOnly today)
    {
        DateOnly? next = null;
        foreach (var act in All(new VisibleCase(person, state, ledger, today)))
        {
            if (act.On > today && !(next <= act.On) && !ledger.IsAnswered(act.Id))
            {
                next = act.On;
            }
        }

        return next;
    }

    private static IEnumerable<Act> All(VisibleCase visibility) =>
    [
        .. Housekeeping.Acts(visibility),
        .. Disputing.Acts(visibility),
        .. Remedying.Acts(visibility),
        .. visibility.State.Stage switch
        {
            Stage.Considering => Deciding.Acts(visibility),
            Stage.Assessing => Gathering.Acts(visibility),
            Stage.Drafting => PlanMaking.Draft(visibility),
            Stage.Consulting => PlanMaking.Consult(visibility),
            Stage.PlanIssued => [.. AskingAgain.Acts(visibility), .. Living.Acts(visibility)],
            _ => [],
        },
    ];
}
