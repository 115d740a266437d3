using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Handles the notices to an agency whose place another agency took. A notice that was not sent must not go to the former agency, which no
/// longer needs the child's details, but is still due to the new agency. Also ends the notices that must not be sent to anybody any more.
/// </summary>
internal static class ChangedRecipients
{
    /// <summary>Ends the unsent notices to the former agency, and plans each of them for the new agency, unless such a notice to the new
    /// agency is already planned.</summary>
    /// <param name="d">The turn, after the change was recorded.</param>
    /// <param name="to">The role in which the agency is notified.</param>
    /// <param name="before">The former agency, or null if there was none.</param>
    /// <param name="now">The new agency, or null if nobody took the former agency's place.</param>
    /// <param name="among">The notices that the change is about, or null for all.</param>
    internal static void Readdress(Deciding d, RecipientRole to, AgencyId? before, Agency? now, IEnumerable<Notice>? among = null)
    {
        if (before == now?.Id)
        {
            return;
        }

        foreach (var notice in (among ?? d.State.Notices).Where(n => n.To == to && n.SentOn is null && n.Agency?.Id == before).ToList())
        {
            End(d, notice, now is null ? null : IdOfSame(d, notice, now) ?? Planned(d, notice, now));
        }
    }

    /// <summary>Ends the unsent notices to a member of the family who must no longer be notified.</summary>
    internal static void EndAll(Deciding d, string person)
    {
        End(
            d,
            n => n.Person == person,
            $"stop-letters-{person}",
            $"A letter to {person} of the family was being sent when {person} stopped taking part. If the letter is still waiting to be printed, for instance at GOV.UK Notify, cancel it there.");
        FinalPlanSent.NoteWhenAllAreSent(d);
    }

    /// <summary>Ends the unsent notices after the request was withdrawn. Each of them is about an assessment that will not be made: it would
    /// announce or give a decision, ask for something or send a plan. An agency that was sent the final plan would act on it, so an officer must
    /// tell the agency.</summary>
    internal static void EndAfterWithdrawal(Deciding d)
    {
        var rights = d.State.Notices.Where(n => n is { Kind: NoticeKind.RightsAreYours or NoticeKind.RightsPassedOn, SentOn: null }).ToList();
        End(
            d,
            n => n.Kind == NoticeKind.FinalPlan,
            "stop-final-plan",
            "A letter with the final plan was being sent when the request was withdrawn. If the letter is still waiting to be printed, for instance at GOV.UK Notify, cancel it there.",
            withdrawn: true);
        End(
            d,
            _ => true,
            "stop-letters",
            "A letter about the assessment was being sent when the request was withdrawn. If the letter is still waiting to be printed, for instance at GOV.UK Notify, cancel it there.",
            withdrawn: true);
        if (rights.Count > 0)
        {
            // The rights have passed whether or not there is a request (CFA 2014 s83(2)), and chapter 8 of the Code expects that both are told; but a
            // withdrawal also records a death.
            d.AskAttention("rights-not-told", "The letters which say that the rights have passed to the young person were not sent, because the request was withdrawn. Decide whether the family must still be told, and if so, write to them.");
        }

        var have = d.State.Notices.Where(n => n is { Kind: NoticeKind.FinalPlan, SentOn: not null }).Select(n => n.Agency?.Name).OfType<string>().Distinct().ToList();
        if (have.Count > 0)
        {
            d.AskAttention("final-plan-not-made", $"The final plan had already been sent to {string.Join(" and ", have)} when the request was withdrawn. Tell them that no plan was made.");
        }
    }

    /// <summary>The ids of the tasks about notices that ended because the request was withdrawn.</summary>
    internal static IReadOnlyList<string> TasksAfterWithdrawal { get; } = ["stop-final-plan", "stop-letters", "rights-not-told", "final-plan-not-made"];

    /// <summary>Plans again the notices that ended because of a withdrawal that was a mistake. The final plan is not among them: who must be sent it
    /// is decided again.</summary>
    internal static void PlanAfterWithdrawal(Deciding d)
    {
        foreach (var notice in d.State.EndedNotices.Where(n => n.EndedByWithdrawal is true && n.Kind != NoticeKind.FinalPlan && IsStillDue(d.State, n)).ToList())
        {
            var first = notice.InPlaceOf ?? notice.Id;
            if (d.State.Notices.All(n => n.Id != first && n.InPlaceOf != first))
            {
                Again(d, notice, first, d.State.TakenUnderWay is { On: var taken } && notice.PlannedOn <= taken);
            }
        }
    }

    /// <summary>Whether a notice that ended because of a withdrawal is still due to its recipient after the withdrawal was taken back.</summary>
    internal static bool IsStillDue(AssessmentState s, Notice notice) => notice.Kind != NoticeKind.FinalPlan
        ? notice.Person is null || s.People.Any(person => person.Id == notice.Person)
        : (notice.Agency is { } agency
            ? agency.Id == s.Facts!.Icb.Id || agency.Id == s.Placement?.Institution?.Id || Detentions.Recipients(s).Any(one => one.Agency.Id == agency.Id)
            : notice.Person is null || s.People.Any(person => person.Id == notice.Person));

    /// <summary>Ends notices that were due because of a record that was a mistake. If one was sent, its recipient can no longer open it or
    /// the plan that was sent with it.</summary>
    internal static void EndMistaken(Deciding d, IReadOnlyList<Notice> unsent, IEnumerable<Notice> sent)
    {
        End(
            d,
            n => unsent.Any(one => one.Id == n.Id),
            "stop-mistaken-letters",
            "A letter was being sent when the record for which it was due was found to be a mistake. If the letter is still waiting to be printed, for instance at GOV.UK Notify, cancel it there.");
        foreach (var notice in sent.Where(n => n.EndedOn is null))
        {
            d.Happened(new NoticeEnded(notice.Id, d.Today));
        }

        FinalPlanSent.NoteWhenAllAreSent(d);
    }

    // Nobody gets these notices instead. If one of them is being sent, only an officer can stop it.
    private static void End(Deciding d, Func<Notice, bool> which, string task, string stop, bool withdrawn = false)
    {
        var unsent = d.State.Notices.Where(n => n.SentOn is null && which(n)).ToList();
        var isUnderWay = unsent.Any(n => IsUnderWay(d, n));
        foreach (var notice in unsent)
        {
            End(d, notice, null, withdrawn);
        }

        if (isUnderWay)
        {
            d.AskAttention(task, stop);
        }
    }

    /// <summary>Whether an unsent notice may be on its way to its recipient.</summary>
    internal static bool IsUnderWay(Deciding d, Notice notice) =>
        d.State.Attention.All(a => a.Id != Notices.PostId(notice.Id)) && d.State.FailedEffects.All(f => !IsOf(f, notice));

    private static void End(Deciding d, Notice notice, string? instead, bool withdrawn = false)
    {
        foreach (var failed in d.State.FailedEffects.Where(f => IsOf(f, notice)).ToList())
        {
            d.Happened(new AttentionResolved(Effects.AttentionId(failed.EffectId), "no longer due"));
        }

        if (IsUnknown(d, notice))
        {
            d.Happened(new AttentionResolved(TakenUnderWay.UnknownId(notice.Id), "no longer due"));
        }

        d.Happened(new NoticeEnded(notice.Id, d.Today, instead, withdrawn ? true : null));
    }

    // Whether it is not known if the earlier system sent the notice before the case was taken over.
    private static bool IsUnknown(Deciding d, Notice notice) => d.State.Attention.Any(a => a.Id == TakenUnderWay.UnknownId(notice.Id));

    private static bool IsOf(FailedEffect failed, Notice notice) => failed.Effect is SendNotice unsent && unsent.NoticeId == notice.Id;

    /// <summary>An id that no notice of the case has or had.</summary>
    /// <param name="state">The case.</param>
    /// <param name="id">The id that the notice has if it is free.</param>
    internal static string FreeId(AssessmentState state, string id)
    {
        var free = id;
        for (var n = 2; state.Notices.Any(one => one.Id == free) || EndedNotices.Has(state, free); n++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{id}-{n}");
        }

        return free;
    }

    // The step that records the change plans notices of these kinds, which inform the new agency of the state of the case. A notice of any
    // other kind gives a separate decision or plan.
    private static string? IdOfSame(Deciding d, Notice notice, Agency now) =>
        notice.Kind is NoticeKind.IcbChanged or NoticeKind.PlanKeptInDetention or NoticeKind.AssessmentConsidered or NoticeKind.WillAssess or NoticeKind.FinalPlan
            ? d.State.Notices.LastOrDefault(n =>
                n.SentOn is null && n.To == notice.To && n.Agency?.Id == now.Id && n.Kind == notice.Kind && (n.PlanVersion ?? 0) >= (notice.PlanVersion ?? 0))?.Id
            : null;

    private static string Planned(Deciding d, Notice notice, Agency now) => Again(
        d, notice with { Agency = now, NotArrived = null, Setbacks = null, LinkRevocations = null }, notice.InPlaceOf ?? notice.Id, IsUnknown(d, notice));

    private static string Again(Deciding d, Notice notice, string first, bool mayHaveBeenSent)
    {
        var planned = notice with { Id = FreeId(d.State, first), InPlaceOf = first, EndedOn = null, EndedByWithdrawal = null };
        if (mayHaveBeenSent)
        {
            // The earlier system may have sent the notice, so an officer must find out.
            d.Happened(new NoticePlanned(planned));
            Notices.AskWhetherSent(d, planned);
        }
        else
        {
            Notices.Plan(d, planned);
        }

        return planned.Id;
    }
}
