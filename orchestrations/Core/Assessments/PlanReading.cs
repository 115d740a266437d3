using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Reading the plan: that it was read, and what would be found in it as things stand.</summary>
public static class PlanReading
{
    internal static void Record(Deciding d, RecordPlanRead input)
    {
        if (d.Require(d.State.Plans.Any(p => p.Version == input.Version), "unknown-version", "There is no such version of the plan.")
            && Form.Id(d, input.Format, "The form")
            && Form.Text(d, input.Reader.Id, "The reader's id"))
        {
            d.Happened(new PlanRead(input.Version, input.Format, input.Reader));
        }
    }

    /// <summary>
    /// What the checks find in the plan as it would be put together at this instant. It changes nothing, and an assessment that was
    /// not opened has no findings.
    /// </summary>
    /// <param name="state">The assessment.</param>
    /// <param name="step">The step ahead, which also says whether a draft or a final is put together.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    public static IReadOnlyList<PlanFinding> Findings(AssessmentState state, PlanStep step, Actor by, DateTimeOffset now, Rules rules)
    {
        if (state.Facts is null)
        {
            return [];
        }

        var d = new Deciding(state, by, now, rules);
        var plan = Drafting.Assemble(d, step == PlanStep.BeforeDraft ? PlanKind.Draft : PlanKind.Final);
        return PlanChecks.Check(plan, Drafting.Context(state, plan, step, d.Today));
    }
}
