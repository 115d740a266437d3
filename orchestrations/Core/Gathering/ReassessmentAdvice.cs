using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Asks for the advice for a re-assessment, and checks that it has arrived. Advice is asked for from the same people as in a first
/// assessment, on the day on which the re-assessment is decided or ordered (SEND Regs 2014 reg 26 with regs 6 to 9). The round of requests
/// ends when the plan is decided, or when the council no longer maintains the plan.
/// </summary>
public static class ReassessmentAdvice
{
    /// <summary>
    /// Whether the council has to re-assess and nobody has been asked for advice yet, because an earlier version of the hub began the
    /// re-assessment or because the requests had to wait for the child's release.
    /// </summary>
    public static bool NeedsRequests(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return ReassessmentRound.Open(state) is null && MaintainedPlan.IsMaintainedHere(state) && Reassessments.ReassessesSince(state) is { } since && !(state.AmendDecision?.On >= since);
    }

    /// <summary>The requests of the open round of a re-assessment that have not been answered, or were declined and not sent to another
    /// adviser.</summary>
    public static IReadOnlyList<AdviceRequest> Awaited(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return ReassessmentRound.Open(state) is { } round
            ? [.. state.Requests.Where(r => r.Reassessment == round && (r.IsOpen || (r.Status == RequestStatus.Declined && Chasing.LacksAdviser(state, r))))]
            : [];
    }

    /// <summary>
    /// Asks everybody for advice, unless this was already done or the re-assessment is suspended because the child is detained.
    /// </summary>
    internal static void Begin(Deciding d, string? reason = null)
    {
        if (ReassessmentRound.Open(d.State) is null && MaintainedPlan.IsMaintainedHere(d.State) && Detentions.Current(d.State) is null)
        {
            d.Happened(new ReassessmentAdviceBegun((d.State.ReassessmentRound?.Number ?? 0) + 1, d.Today, reason));
            Asking.AskEveryone(d);
        }
    }

    /// <summary>Ends the open round of requests: nobody else is asked for advice, and later answers are not accepted.</summary>
    internal static void End(Deciding d, string reason)
    {
        if (ReassessmentRound.Open(d.State) is not { } round)
        {
            return;
        }

        foreach (var request in d.State.Requests.Where(r => r.Reassessment == round && r.IsOpen).ToList())
        {
            Asking.Settle(d, request, RequestStatus.Withdrawn, reason);
        }

        d.Happened(new ReassessmentAdviceEnded(round, d.Today, reason));
    }

    /// <summary>Refuses the decision on the plan while advice is missing, as in an assessment, unless the council gives its reason for not
    /// waiting.</summary>
    internal static bool MayBeDecided(Deciding d, string? withoutReason)
    {
        if (ReassessmentRound.Open(d.State) is null)
        {
            return withoutReason is null || InputChecks.Text(d, withoutReason, "The reason for not waiting");
        }

        var unsought = string.Join(", ", Asking.NotSought(d).Select(r => Words.Of(r.Kind)));
        var open = string.Join(", ", Awaited(d.State).Where(r => r.IsOpen).Select(r => r.Id));
        return d.Require(
                unsought.Length == 0, "advice-not-sought", $"A re-assessment requires the same advice as an assessment. Some advice was not requested, or was declined and not requested from anybody else: {unsought}.")
            && d.Require(
                open.Length == 0 || withoutReason is not null, "advice-outstanding", $"These requests have not been answered: {open}. Wait for the answers, or give the reason for not waiting (withoutReason).")
            && (withoutReason is null || InputChecks.Text(d, withoutReason, "The reason for not waiting"));
    }
}

/// <summary>Everybody was asked for advice for a re-assessment.</summary>
/// <param name="Number">The number of the round.</param>
/// <param name="On">The day on which advice was asked for.</param>
/// <param name="Reason">The reason for the delay, if advice was asked for after the day of the decision.</param>
public sealed record ReassessmentAdviceBegun(int Number, DateOnly On, string? Reason = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reassessmentAdviceBegun", "Advice was asked for again for a re-assessment.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { ReassessmentRound = new ReassessmentRound(Number, On) };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"The council asked for advice again on {TimelineWords.Day(On)}, for re-assessment {Number}.");

    public override string? Note() => Reason;
}

/// <summary>No more advice is accepted for a re-assessment.</summary>
/// <param name="Number">The number of the round.</param>
/// <param name="On">The day from which no advice is accepted.</param>
/// <param name="Reason">Why no more advice is accepted.</param>
public sealed record ReassessmentAdviceEnded(int Number, DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reassessmentAdviceEnded", "No more advice is accepted for a re-assessment.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        ReassessmentRound = state.ReassessmentRound is { } round && round.Number == Number ? round with { EndedOn = On } : state.ReassessmentRound,
    };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"No more advice has been accepted for re-assessment {Number} since {TimelineWords.Day(On)}.");

    public override string? Note() => Reason;
}
