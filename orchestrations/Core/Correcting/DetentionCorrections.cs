using IntegrationHub.Orchestrations.StatutoryClock;

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

    /// <summary>Whether it can be recorded that this did not happen: the whole detention, or the release.</summary>
    internal static bool CanBeUntrue(string? which) => which is Start or Release;

    /// <summary>Whether the record can be taken back. A detention that began later presupposes the release.</summary>
    internal static bool IsPossible(Deciding d, CorrectRecord input) => d.Require(
        input.Which != Release || At(d.State, input) is not { } at || at == d.State.Detentions.Count - 1,
        "later-detention",
        "A later detention is on record. If there was no release before it, take the later detention back first.");

    /// <summary>The state without the detention or the release.</summary>
    internal static AssessmentState Without(AssessmentState s, RecordCorrected e)
    {
        var named = e.Named(Enumerable.Range(0, s.Detentions.Count).Where(n => DayOf(s.Detentions[n], e.Which) == e.WasOn));
        return e.Which switch
        {
            Start when named.Count > 0 => s with { Detentions = [.. s.Detentions.Where((_, n) => !named.Contains(n))] },
            Release when named.Contains(s.Detentions.Count - 1) => s with { Detentions = [.. s.Detentions.SkipLast(1), s.Detentions[^1] with { ReleasedOn = null }] },
            _ => s,
        };
    }

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

    /// <summary>A sentence, without its full stop, which says that there was no detention or release.</summary>
    internal static string Untrue(string? which, DateOnly was) =>
        which == Release ? $"there was no release from detention on {Words.Day(was, true)}" : $"there was no detention from {Words.Day(was, true)}";

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

    /// <summary>Ends the tasks and letters of a detention or a release that did not happen, and returns what an officer must do.</summary>
    internal static string[] TakeBack(Deciding d, CorrectRecord input, AssessmentState before)
    {
        var at = At(before, input)!.Value;
        var detention = before.Detentions[at];
        var isRelease = input.Which == Release;
        var letters = OfDetention(before, at).Where(n => !isRelease || n.Kind == NoticeKind.PlanAfterRelease).ToList();
        var (sent, unsent) = (letters.Where(n => n.SentOn is not null).ToList(), letters.Where(n => n.SentOn is null).ToList());
        var strangers = isRelease ? [] : sent.Where(n => IsOfDetention(n.To)).ToList();
        ChangedRecipients.EndMistaken(d, unsent, strangers);
        if (at == before.Detentions.Count - 1)
        {
            Undo(d, detention, isRelease);
        }

        return [
            isRelease ? "The rules for detained people still apply." : "The ordinary rules have applied all the time.",
            sent.Count == 0 ? "No letter about this was sent." : $"Letters were sent to {WrongDaySent.Recipients(sent)}. Write to each of them that this was a mistake; to the family with write-to-family.",
            strangers.Count == 0 ? "" : $"{WrongDaySent.Recipients(strangers)} must not keep what they were sent, and their links no longer open it. Ask them to delete it, and ask the data protection officer whether this breach must be reported (UK GDPR art 33).",
            SaysWrongRights(before, detention, isRelease) ? "Check each decision that the family was sent in this time: the letter may state the wrong rights of appeal. If it does, write to the family." : "",
            unsent.Count == 0 ? "" : $"The letters to {WrongDaySent.Recipients(unsent)} are not on record as sent and are stopped. Do not post copies that were printed before today.",
        ];
    }

    // While somebody is detained, fewer decisions can be appealed against (CFA 2014 s73), and the letters say so.
    private static bool SaysWrongRights(AssessmentState s, Detention detention, bool isRelease) => s.Notices.Any(n => n is { To: RecipientRole.Family, SentOn: not null } && n.Kind.IsAppealable()
        && n.PlannedOn >= (isRelease ? detention.ReleasedOn : detention.AwareOn) && (isRelease || !(n.PlannedOn > detention.ReleasedOn)));

    private static void Undo(Deciding d, Detention detention, bool isRelease)
    {
        string[] over = isRelease ? [Detentions.ReviewTask] : [Detentions.ReviewTask, Detentions.ProvisionTask, Detentions.MonitoringTask];
        foreach (var task in over)
        {
            RecordedInError.Resolve(d, task, isRelease ? "There was no release." : "There was no detention.");
        }

        if (!isRelease || !MaintainedPlan.IsMaintainedHere(d.State))
        {
            return;
        }

        // The release had ended these tasks.
        if (!IsDone(d.State, Act.KeptProvisionArranged, detention.MovedOn ?? detention.From))
        {
            RecordDetention.AskForProvision(d);
        }

        if (!IsDone(d.State, Act.MonitoringMeetingHeld, detention.From) && RecordDetention.IsReviewOverdue(d.State with { Detentions = [.. d.State.Detentions.SkipLast(1)] }, detention.From, d.Rules))
        {
            RecordDetention.AskForMonitoring(d);
        }
    }

    private static bool IsDone(AssessmentState s, Act act, DateOnly since) => s.Acts.Any(a => a.Act == act && a.On >= since);

    // The letters to the place of detention and its services, and the letters to others that say that the plan is kept or is maintained again.
    private static IEnumerable<Notice> OfDetention(AssessmentState s, int at)
    {
        var next = at + 1 < s.Detentions.Count ? s.Detentions[at + 1].AwareOn : (DateOnly?)null;
        return s.Notices.Where(n => n.EndedOn is null && (IsOfDetention(n.To) || n.Kind is NoticeKind.PlanKeptInDetention or NoticeKind.PlanAfterRelease)
            && (at == 0 || n.PlannedOn >= s.Detentions[at].AwareOn) && !(n.PlannedOn >= next));
    }

    private static bool IsOfDetention(RecipientRole to) => to is RecipientRole.PersonInCharge or RecipientRole.HealthServicesCommissioner or RecipientRole.YouthOffendingTeam;

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
