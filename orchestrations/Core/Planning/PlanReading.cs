using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Reads the plan: records that it was read, and shows what the checks would find in it now.</summary>
public static class PlanReading
{
    /// <summary>The next step for the plan. If a draft or a plan has been sent, the next version is final; otherwise it is a
    /// draft.</summary>
    public static PlanStep NextStep(AssessmentState state) => state.Stage is Stage.Consulting or Stage.Finalising or Stage.PlanIssued ? PlanStep.BeforeFinal : PlanStep.BeforeDraft;

    /// <summary>
    /// What the checks find in the plan as it would be prepared at this instant. The check changes nothing, and an assessment that has not
    /// been opened has no findings.
    /// </summary>
    /// <param name="state">The assessment.</param>
    /// <param name="step">The next step, which also says whether a draft or a final plan is prepared.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="others">Children of other cases, whose names must not be in the plan, or null if these names are not checked.</param>
    public static IReadOnlyList<PlanFinding> Findings(
        AssessmentState state, PlanStep step, Actor by, DateTimeOffset now, Rules rules, IReadOnlyList<OtherChild>? others = null)
    {
        if (state.Facts is null)
        {
            return [];
        }

        var d = new Deciding(state, by, now, rules);
        var plan = Drafting.Assemble(d, step == PlanStep.BeforeDraft ? PlanKind.Draft : state.Stage == Stage.PlanIssued ? PlanKind.AmendedFinal : PlanKind.Final);
        return PlanChecks.Check(plan, Drafting.Context(d, plan, step) with { OtherChildren = others ?? [] });
    }

    /// <summary>The texts of the advice that the family can read with the next draft and has not been sent yet.</summary>
    /// <param name="state">The assessment.</param>
    public static IReadOnlyList<string> SentWithDraft(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. Drafting.SentWithDraft(state).SelectMany(advice => advice.Texts)];
    }

    /// <summary>
    /// The plan as it would be prepared at this instant, or null if the assessment has not been opened. The preview changes nothing and is
    /// not stored.
    /// </summary>
    /// <param name="state">The assessment.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    public static PlanDocument? Preview(AssessmentState state, Actor by, DateTimeOffset now, Rules rules) =>
        state.Facts is null ? null : Drafting.Assemble(new Deciding(state, by, now, rules), PlanKind.Draft);
}
