using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Whether this council maintains the plan: the plan was issued, has not ceased, and was not transferred to another council (CFA 2014
/// s37(1), reg 15(3)). All code that reviews, amends, transfers or lists plans, or sends reminders about them, uses this class.
/// </summary>
public static class MaintainedPlan
{
    /// <summary>Whether this council maintains the plan.</summary>
    public static bool IsMaintainedHere(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Stage == Stage.PlanIssued && state.Ceasing?.CeasedOn is null && HandoverDay(state) is null;
    }

    /// <summary>The day on which the plan was transferred to another council, or null if it was not.</summary>
    public static DateOnly? HandoverDay(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        for (var n = 0; n < state.Acts.Count; n++)
        {
            if (state.Acts[n].Act == Act.PlanHandedOn)
            {
                return state.Acts[n].On;
            }
        }

        return null;
    }

    /// <summary>Refuses a step that only the council that maintains the plan can take.</summary>
    internal static bool Require(Deciding d, string whatFor) =>
        InputChecks.At(d, whatFor, Stage.PlanIssued)
        && d.Require(d.State.Ceasing?.CeasedOn is null, "plan-ceased", "The plan has ceased.")
        && d.Require(HandoverDay(d.State) is null, "plan-handed-on", "The plan was transferred to another council, which maintains it now.");
}
