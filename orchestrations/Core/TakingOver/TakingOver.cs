using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Takes over a plan that was issued elsewhere. The case is built from what is known, and an officer is asked to find out the rest. Nothing
/// is sent, and nobody is chased for anything that was late before.
/// </summary>
public static class TakingOver
{
    /// <summary>Id of the task that asks an officer for missing facts.</summary>
    internal const string AttentionId = "taken-over";

    /// <summary>Facts that the hub still needs to know about a plan that was taken over, or empty for any other case.</summary>
    /// <param name="state">The case.</param>
    public static IReadOnlyList<string> Unknown(AssessmentState state)
    {
        if (state.TakenOver is not { Plan: var plan } || state.Facts is not { } facts)
        {
            return [];
        }

        var unknown = new List<string>();
        Ask(!FamilyPeople.IsKnown(facts.Family), "who speaks for the child, with their address");
        Ask(
            plan.FromCouncil is not null && FamilyPeople.IsKnown(facts.Family) && facts.Family is { PostalAddress: null, ElectronicServiceAgreedOn: null },
            "the family's address in this council's area");
        Ask(facts.Setting is null && facts.SettingKind != Advice.SettingKind.None, "the school or other place attended");
        Ask(state.Placement is null, "the placement named in section I of the plan");
        Ask(state.NewestPlan is null, "the text of the plan");
        Ask(Reviews.IsLastUnknown(state), "the day of the last review, from which the time for the next one runs");
        return unknown;

        void Ask(bool isUnknown, string what)
        {
            if (isUnknown)
            {
                unknown.Add(what);
            }
        }
    }

    internal static bool IsLawful(Deciding d, TakenPlan plan) =>
        InputChecks.Text(d, plan.Source, "The source of the facts about the plan")
        && d.Require(plan.IssuedOn >= d.Rules.LawOn(plan.IssuedOn).InForceFrom, "before-the-law", $"No plan can have been issued before {Words.Day(d.Rules.LawOn(plan.IssuedOn).InForceFrom, true)}.")
        && d.Require(
            plan.FromCouncil is null == plan.TransferredOn is null, "transfer-unclear", "Give both the other council and the day of the transfer if another council transferred the plan, and neither if not.")
        && d.Require(plan.FromCouncil != d.Rules.Council.Code, "same-council", "A plan can be transferred only from another council. Do not name this council as the council that transferred the plan.")
        && d.Require(!plan.NeverReviewed || plan.LastReviewedOn is null, "review-unclear", "Leave out the day of the last review if the plan was never reviewed.");

    internal static void Take(Deciding d, TakenPlan plan, ReturnTaken? earlier)
    {
        d.Happened(new PlanTakenOver(d.Today, plan));
        if (earlier is not null)
        {
            d.Happened(new ChildFactsRecorded(earlier.Child));
            earlier.Places.ToList().ForEach(place => d.Happened(new SchoolPlaceRecorded(place)));
            d.Happened(new PlanTermsRecorded(earlier.Terms));
            d.Happened(new EarlierReturnTaken(earlier.History));
        }

        RecordPassedLimits(d);
        if (Unknown(d.State) is { Count: > 0 } unknown)
        {
            d.AskAttention(AttentionId, $"The plan was taken over. Find out and record: {string.Join("; ", unknown)}.");
        }
    }

    /// <summary>Time limits that had passed before the plan was taken over are recorded as already passed, so that nobody is chased for
    /// them as if they were new.</summary>
    internal static void RecordPassedLimits(Deciding d) => Limits.RecordMissed(d, Limits.All(d.State, d.Rules));

    /// <summary>Once all the missing facts are known, the officer is no longer asked for them.</summary>
    internal static void Settle(Deciding d)
    {
        if (d.State.TakenOver is not null && d.State.Attention.Any(a => a.Id == AttentionId) && Unknown(d.State).Count == 0)
        {
            d.Happened(new AttentionResolved(AttentionId, "All facts are known."));
        }
    }

    /// <summary>While nobody has entered the text of a plan that was taken over, no line of it can be changed or referred to.</summary>
    internal static bool HasText(Deciding d) => d.Require(
        d.State.TakenOver is null || d.State.NewestPlan is not null, "plan-text-unknown", "The plan was taken over, and its text is not known here. Enter the plan's text first.");

    /// <summary>Whether an officer enters the lines of this section of the plan. Section I follows from the placement, and section K from
    /// the advice obtained.</summary>
    internal static bool IsEntered(PlanSectionLetter letter) => letter is not (PlanSectionLetter.I or PlanSectionLetter.K);
}
