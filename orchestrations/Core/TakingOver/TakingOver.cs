using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A plan that was issued elsewhere: what is known becomes the case, and an officer is asked for the rest. Nothing is sent, and nobody is chased
/// for what was late before.
/// </summary>
public static class TakingOver
{
    /// <summary>Id of the task that asks an officer for what is not known.</summary>
    internal const string AttentionId = "taken-over";

    /// <summary>What the hub must know about a plan that was taken over but does not know yet; empty for any other case.</summary>
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
        Ask(state.Placement is null, "what section I of the plan names");
        Ask(state.NewestPlan is null, "the text of the plan");
        Ask(Reviews.IsLastUnknown(state), "the day of the last review, from which the next one is due");
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
        Form.Text(d, plan.Source, "Where the facts of the plan come from")
        && d.Require(plan.IssuedOn >= d.Rules.LawOn(plan.IssuedOn).InForceFrom, "before-the-law", $"No plan was issued before {Words.Day(d.Rules.LawOn(plan.IssuedOn).InForceFrom, true)}.")
        && d.Require(
            plan.FromCouncil is null == plan.TransferredOn is null, "transfer-unclear", "A plan that another council transferred has that council and the day of the transfer; any other has neither.")
        && d.Require(plan.FromCouncil != d.Rules.Council.Code, "same-council", "This council's own plan was not transferred: do not name it as the council that transferred the plan.")
        && d.Require(!plan.NeverReviewed || plan.LastReviewedOn is null, "review-unclear", "A plan that was never reviewed has no day of a last review.");

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

        Found(d);
        if (Unknown(d.State) is { Count: > 0 } unknown)
        {
            d.AskAttention(AttentionId, $"The plan was taken over. Find out and record: {string.Join("; ", unknown)}.");
        }
    }

    /// <summary>Limits that had passed before the plan was taken over are recorded as found, so that nobody is chased for them as if they were new.</summary>
    internal static void Found(Deciding d) => Limits.RecordMissed(d, Limits.All(d.State, d.Rules));

    /// <summary>Once everything is known, the officer is no longer asked.</summary>
    internal static void Settle(Deciding d)
    {
        if (d.State.TakenOver is not null && d.State.Attention.Any(a => a.Id == AttentionId) && Unknown(d.State).Count == 0)
        {
            d.Happened(new AttentionResolved(AttentionId, "All of it is known."));
        }
    }

    /// <summary>While nobody has entered the text of a plan that was taken over, no line of it can be changed or referred to.</summary>
    internal static bool HasText(Deciding d) => d.Require(
        d.State.TakenOver is null || d.State.NewestPlan is not null, "plan-text-unknown", "The plan was taken over and its text is not known here: enter the plan's text first.");

    /// <summary>The sections whose lines an officer enters; I follows from the placement, K from what was obtained.</summary>
    internal static bool IsEntered(PlanSectionLetter letter) => letter is not (PlanSectionLetter.I or PlanSectionLetter.K);
}
