using System.Collections.Frozen;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Time limits that are met by sending a notice to everyone who must be notified. There is no time limit for notifying anybody
/// else, because regs 5(2) and 10(2) do not set one.</summary>
internal static class NoticeProgress
{
    private static readonly FrozenDictionary<LegalNotice, NoticeKind> Kinds =
        Enum.GetValues<LegalNotice>().ToFrozenDictionary(notice => notice, notice => Enum.Parse<NoticeKind>(notice.ToString()));

    private static readonly string[] NoticesTo = [.. Enum.GetValues<RecipientRole>().Select(to => $"notice to {Words.Of(to)}")];

    /// <summary>The kind of notice that the hub sends if a rule requires the given notice.</summary>
    internal static NoticeKind KindOf(LegalNotice notice) => Kinds[notice];

    /// <summary>
    /// The limit is met on the day on which the last recipient named in the rule was sent the notice. If several such notices were sent,
    /// the first one counts. The limit is open while a notice is planned and has not been sent to all recipients. Once something has ended
    /// the duty, only the notice of the decision that ended it must still be sent. Any other notice, planned before or after, has no effect
    /// on the limit.
    /// </summary>
    internal static (LimitStatus Standing, DateOnly? Met, IReadOnlyList<string> Awaits) Of(Limit limit, AssessmentState state)
    {
        DateOnly? met = null;
        List<string>? unsent = null;
        var planned = false;
        var ended = Limits.Done(limit.Rule.EndedBy, limit, state);
        for (var n = 0; n < state.Notices.Count; n++)
        {
            if (!IsFirstOfIts(state.Notices, n, limit.Rule) || state.Notices[n].PlannedOn > ended)
            {
                continue;
            }

            var (last, waiting) = SentToAll(state.Notices, n, limit.Rule);
            var isOwed = ended is null || TellsOfTheEnd(state.Notices[n], state);
            if (waiting is not null)
            {
                planned |= isOwed;
                unsent = isOwed ? waiting : unsent;
            }
            else if (!(last < Since(limit, state)) && !(met <= last) && (isOwed || last <= ended) && !IsWithheld(state.Notices[n], state))
            {
                met = last;
            }
        }

        return met is not null ? (LimitStatus.Met, met, [])
            : planned ? (LimitStatus.Open, null, unsent!)
            : Limits.Unmet(limit, state);
    }

    internal static Party PartyOf(RecipientRole to) => to switch
    {
        RecipientRole.Family => Party.Family,
        RecipientRole.Icb => Party.IntegratedCareBoard,
        RecipientRole.SocialCare => Party.SocialServices,
        RecipientRole.Setting => Party.SettingLead,
        RecipientRole.NamedInstitution => Party.NamedInstitution,
        RecipientRole.PersonInCharge => Party.PersonInCharge,
        RecipientRole.HealthServicesCommissioner => Party.HealthServicesCommissioner,
        RecipientRole.YouthOffendingTeam => Party.YouthOffendingTeam,
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, "The rules have no party for this recipient."),
    };

    // In a case that ends with a refusal, the family must still be sent the refusal, with its reasons and the right to appeal (regs 5 and
    // 10). If the request was withdrawn, the child moved or a plan was issued, there is no decision left to notify anybody of.
    private static bool TellsOfTheEnd(Notice notice, AssessmentState state) =>
        (state.Stage, notice.Kind) is (Stage.RefusedToAssess, NoticeKind.WillNotAssess) or (Stage.NoPlan, NoticeKind.NoPlan);

    // If the request was withdrawn before the family was sent the final plan, the copies that others were sent do not meet the limit.
    private static bool IsWithheld(Notice notice, AssessmentState state)
    {
        if (state.Stage != Stage.Withdrawn || notice.Kind != NoticeKind.FinalPlan)
        {
            return false;
        }

        for (var n = 0; n < state.EndedNotices.Count; n++)
        {
            if (state.EndedNotices[n].To == RecipientRole.Family && IsSame(state.EndedNotices[n], notice))
            {
                return true;
            }
        }

        return false;
    }

    // An order can follow a concession, an agreement or a reversal on which the council has already acted. What it has sent since it agreed
    // to assess, or to make a plan, is not sent a second time.
    private static DateOnly Since(Limit limit, AssessmentState state)
    {
        var agreed = limit.Rule.Remedy switch
        {
            Remedy.Assess => state.AssessDecision,
            Remedy.MakePlan => state.PlanDecision,
            _ => null,
        };
        return agreed is { Yes: true } && agreed.On < limit.From ? agreed.On : limit.From;
    }

    // Notices to several recipients count as one if their kind, version and decision are the same.
    private static bool IsFirstOfIts(IReadOnlyList<Notice> notices, int at, Rule rule)
    {
        if (!Counts(notices[at], rule))
        {
            return false;
        }

        for (var n = 0; n < at; n++)
        {
            if (Counts(notices[n], rule) && IsSame(notices[n], notices[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static (DateOnly? Last, List<string>? Unsent) SentToAll(IReadOnlyList<Notice> notices, int first, Rule rule)
    {
        DateOnly? last = null;
        List<string>? unsent = null;
        for (var n = first; n < notices.Count; n++)
        {
            var notice = notices[n];
            if (!Counts(notice, rule) || !IsSame(notice, notices[first]))
            {
                continue;
            }

            if (notice.SentOn is not { } sent)
            {
                (unsent ??= []).Add(NoticesTo[(int)notice.To]);
            }
            else if (!(last >= sent))
            {
                last = sent;
            }
        }

        return (last, unsent);
    }

    private static bool Counts(Notice notice, Rule rule)
    {
        for (var n = 0; n < rule.MetBy.Notices.Count; n++)
        {
            if (notice.Kind == Kinds[rule.MetBy.Notices[n]])
            {
                return rule.MustBeTold.Contains(PartyOf(notice.To));
            }
        }

        return false;
    }

    private static bool IsSame(Notice one, Notice other) => one.Kind == other.Kind && one.PlanVersion == other.PlanVersion && one.Occasion == other.Occasion;
}
