namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Corrects the days of a detention, and whatever the hub asked officers to do because of a wrong day.</summary>
internal static class DetentionCorrections
{
    private const string Start = "start";
    private const string Aware = "aware";
    private const string Move = "move";
    private const string Release = "release";

    /// <summary>Whether a detention has a day of this name.</summary>
    internal static bool IsKnown(string? which) => which is Start or Aware or Move or Release;

    /// <summary>The day with the given name, or null if the detention has none.</summary>
    internal static DateOnly? DayOf(Detention detention, string? which) => which switch
    {
        Start => detention.From,
        Aware => detention.AwareOn,
        Move => detention.MovedOn,
        Release => detention.ReleasedOn,
        _ => null,
    };

    internal static Detention With(Detention detention, string? which, DateOnly on) => which switch
    {
        Start => detention with { From = on },
        Aware => detention with { AwareOn = on },
        Move => detention with { MovedOn = on },
        Release => detention with { ReleasedOn = on },
        _ => detention,
    };

    internal static string Of(string? which) => which switch
    {
        Aware => "the council's first knowledge of the detention",
        Move => "the last move to other accommodation",
        Release => "the release from detention",
        _ => "the start of the detention",
    };

    /// <summary>The latest fact that the true day cannot precede.</summary>
    internal static DatedFact NotBefore(AssessmentState s, CorrectRecord input) => At(s, input) is not { } at ? default : input.Which switch
    {
        Start => at > 0 ? new(s.Detentions[at - 1].ReleasedOn, "the day of the release before it") : DatedFacts.Birth(s),
        Release when s.Detentions[at].MovedOn is { } moved => new(moved, "the day of the last move"),
        _ => new(s.Detentions[at].From, "the first day of the detention"),
    };

    /// <summary>The earliest fact that the true day cannot follow.</summary>
    internal static DatedFact NotAfter(AssessmentState s, CorrectRecord input)
    {
        if (At(s, input) is not { } at)
        {
            return default;
        }

        var detention = s.Detentions[at];
        DatedFact released = new(detention.ReleasedOn, "the day of the release");
        return input.Which switch
        {
            Start => Earliest(new(detention.AwareOn, "the day on which the council became aware"), Earliest(new(detention.MovedOn, "the day of the last move"), released)),
            Move => released,
            Release when at + 1 < s.Detentions.Count => new(s.Detentions[at + 1].From, "the first day of the next detention"),
            _ => default,
        };
    }

    /// <summary>Whether the rules for detained people apply to the person at the age on the true first day.</summary>
    internal static bool IsYoungEnough(Deciding d, CorrectRecord input) => input.Which != Start || RecordDetention.RequireAge(d, input.On!.Value);

    /// <summary>The tasks that depend on the day: the monitoring meeting after an overdue review, and the review after the release.</summary>
    internal static void AskAgain(Deciding d, CorrectRecord input, int at)
    {
        if (at != d.State.Detentions.Count - 1 || !MaintainedPlan.IsMaintainedHere(d.State))
        {
            return;
        }

        if (input.Which == Release && d.State.Attention.Any(a => a.Id == Detentions.ReviewTask))
        {
            d.Happened(new AttentionResolved(Detentions.ReviewTask, "The day of the release was corrected."));
            RecordRelease.AskForReview(d, input.On!.Value);
        }
        else if (input.Which == Start && Detentions.Current(d.State) is not null)
        {
            var free = d.State with { Detentions = [.. d.State.Detentions.SkipLast(1)] };
            if (RecordDetention.IsReviewOverdue(free, input.On!.Value, d.Rules))
            {
                AskForMonitoring(d, wasOverdue: RecordDetention.IsReviewOverdue(free, input.WasOn, d.Rules));
            }
            else if (d.State.Attention.Any(a => a.Id == Detentions.MonitoringTask))
            {
                d.Happened(new AttentionResolved(Detentions.MonitoringTask, "The first day of the detention was corrected. No review was overdue on that day."));
            }
        }
    }

    /// <summary>The letters of this detention that give the day; none gives the day of a move or the day on which the council became
    /// aware.</summary>
    internal static IReadOnlyList<Notice> LettersWith(AssessmentState state, string? which, int at)
    {
        var kind = which switch { Start => NoticeKind.PlanKeptInDetention, Release => NoticeKind.PlanAfterRelease, _ => (NoticeKind?)null };
        var next = at + 1 < state.Detentions.Count ? state.Detentions[at + 1].AwareOn : (DateOnly?)null;
        return [.. state.Notices.Where(n => n.Kind == kind && n.PlannedOn >= state.Detentions[at].AwareOn && !(n.PlannedOn > next))];
    }

    /// <summary>The position of the detention that the correction means, or null if there is none.</summary>
    internal static int? At(AssessmentState s, CorrectRecord input)
    {
        var named = input.ToFact().Named(Enumerable.Range(0, s.Detentions.Count).Where(n => DayOf(s.Detentions[n], input.Which) == input.WasOn));
        return named.Count == 1 ? named.Single() : null;
    }

    // If the review was overdue on the wrong day too, the task was created then, and its meeting may have been held.
    private static void AskForMonitoring(Deciding d, bool wasOverdue)
    {
        if (!wasOverdue)
        {
            RecordDetention.AskForMonitoring(d);
        }
    }

    private static DatedFact Earliest(DatedFact one, DatedFact other) => other.On is null || one.On <= other.On ? one : other;
}
