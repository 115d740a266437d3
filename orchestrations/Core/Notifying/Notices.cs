using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Notices, one for each recipient. A limit is met by sending the notice to everybody who must be notified, so each notice is planned when
/// it becomes due and recorded when it is sent.
/// </summary>
internal static class Notices
{
    /// <summary>Notifies everybody whom the rules that apply to the case name for a notice: people who must be notified for a limit to be
    /// met, and people who are notified without a limit.</summary>
    /// <param name="d">The turn in which the notice becomes due.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="planVersion">The version of the plan that is sent with the notice.</param>
    /// <param name="decision">Number of the decision that the notice gives, if such decisions are numbered, or null for the next notice of
    /// its kind.</param>
    internal static void TellAll(Deciding d, LegalNotice notice, int? planVersion = null, int? decision = null)
    {
        var kind = NoticeProgress.KindOf(notice);
        var occasion = decision ?? OccasionOf(d.State, kind);
        foreach (var party in d.Rules.RecipientsOf(d.State, notice))
        {
            switch (party)
            {
                case Party.Family: TellFamily(d, kind, planVersion, null, occasion); break;
                case Party.IntegratedCareBoard: Tell(d, kind, RecipientRole.Icb, d.Facts.Icb, planVersion, null, occasion); break;
                case Party.SocialServices: Tell(d, kind, RecipientRole.SocialCare, d.Rules.Council.SocialCare, planVersion, null, occasion); break;
                case Party.SettingLead when d.Facts.Setting is { } setting: Tell(d, kind, RecipientRole.Setting, setting, planVersion, null, occasion); break;
                case Party.NamedInstitution: TellNamedInstitution(d, kind, planVersion, occasion); break;
            }
        }

        TellPlaceOfDetention(d, kind, d.Rules.RecipientsOf(d.State, notice), planVersion, occasion);

        if (d.Rules.Council.TellsIcbOfReviews && kind is NoticeKind.PlanKeptAfterReview or NoticeKind.PlanToBeAmended)
        {
            Tell(d, kind, RecipientRole.Icb, d.Facts.Icb, planVersion, null, occasion);
        }
    }

    /// <summary>Notifies the institution that the plan names, if it names one.</summary>
    internal static void TellNamedInstitution(Deciding d, NoticeKind kind, int? planVersion, int? occasion)
    {
        if (d.State.Placement?.Institution is { } named)
        {
            Tell(d, kind, RecipientRole.NamedInstitution, named, planVersion, null, occasion);
        }
    }

    /// <summary>Notifies the people at the place of detention whom the rules name, or nobody if the child or young person is not
    /// detained.</summary>
    internal static void TellPlaceOfDetention(Deciding d, NoticeKind kind, IReadOnlyList<Party> told, int? planVersion = null, int? occasion = null)
    {
        foreach (var (to, agency) in Detentions.Recipients(d.State).Where(one => told.Contains(NoticeProgress.PartyOf(one.To))).ToList())
        {
            Tell(d, kind, to, agency, planVersion, null, occasion);
        }
    }

    /// <summary>Notifies the first contact and everybody else in the family who must be notified.</summary>
    internal static void TellFamily(Deciding d, NoticeKind kind, int? planVersion = null, string? exceptionId = null, int? occasion = null)
    {
        Tell(d, kind, RecipientRole.Family, null, planVersion, exceptionId, occasion);
        foreach (var person in FamilyPeople.AlsoTold(d.State, d.Today).ToList())
        {
            Tell(d, kind, RecipientRole.Family, null, planVersion, exceptionId, occasion, person.Id);
        }
    }

    private static void Tell(
        Deciding d, NoticeKind kind, RecipientRole to, Agency? agency, int? planVersion, string? exceptionId, int? occasion, string? person = null)
    {
        var id = Id(Number(occasion));
        if (d.State.Notices.Any(n => n.Id == id && n.Occasion != occasion))
        {
            // A notice of the second version of a plan may have been sent under the same number as the notice of the second decision.
            id = Id($"decision-{Number(occasion)}");
        }

        if (d.State.Notices.Any(n => n.Id == id || n.InPlaceOf == id))
        {
            return;
        }

        var free = ChangedRecipients.FreeId(d.State, id);
        Plan(d, new Notice
        {
            Id = free,
            InPlaceOf = free == id ? null : id,
            Kind = kind,
            To = to,
            Agency = agency,
            Person = person,
            PlanVersion = planVersion,
            ExceptionId = exceptionId,
            Occasion = occasion,
            PlannedOn = d.Today,
        });

        string Id(string? number) => string.Join('-', new[] { Camel(kind), Number(planVersion), exceptionId, number, Camel(to), person }.Where(part => part is not null));
    }

    /// <summary>Plans a notice that is due, and sends it or asks an officer to send it.</summary>
    internal static void Plan(Deciding d, Notice notice)
    {
        d.Happened(new NoticePlanned(notice));
        Send(d, notice);
    }

    /// <summary>
    /// Has the hub send a notice, or asks an officer to do so if the hub cannot reach the family, does not write the notice, or sent it and
    /// it never arrived.
    /// </summary>
    internal static void Send(Deciding d, Notice notice)
    {
        var written = !notice.IsWrittenByHand();
        var reached = FamilyPeople.IsReached(d.State, notice.Person);
        if (written && (notice.To != RecipientRole.Family || (reached && notice.NotArrived is null)))
        {
            d.AddEffect(new SendNotice(notice.Id));
            return;
        }

        d.AskAttention(
            PostId(notice.Id),
            written ? $"Send the letter ({Words.Of(notice.Kind)}) {HowTo(d.State, notice)} and record the day." : $"Write the letter ({Words.Of(notice.Kind)}), send it to {Words.Of(notice.To)} and record the day.");
    }

    /// <summary>Asks an officer whether the earlier system sent a notice, which the hub therefore does not send.</summary>
    internal static void AskWhetherSent(Deciding d, Notice notice) => d.AskAttention(
        TakenUnderWay.UnknownId(notice.Id),
        $"It is not known whether {notice.Agency?.Name ?? Words.Of(notice.To)} was sent the notice \"{Words.Of(notice.Kind)}\" before the case was taken over. If so, record the day. If not, send it and record the day. The hub does not send it.");

    private static string HowTo(AssessmentState state, Notice notice) =>
        (FamilyPeople.ContactOf(state, notice.Person)?.AccessibleFormat is null ? "by post " : "in the format that they need ")
        + (notice.Person is { } person ? $"to {person} of the family" : "to the family")
        + (FamilyPeople.ContactOf(state, notice.Person) is { } contact && !FamilyPeople.IsKnown(contact) ? ", once you have found out who speaks for the child," : "");

    /// <summary>Number of the next notice of the given kind: null if the notice is about the first decision of its kind, 2 for the second
    /// decision. A notice that has not been sent yet keeps its number.</summary>
    internal static int? OccasionOf(AssessmentState state, NoticeKind kind)
    {
        if (kind is NoticeKind.AssessmentConsidered or NoticeKind.DraftPlan or NoticeKind.FinalPlan or NoticeKind.ExceptionApplies
            || state.Notices.LastOrDefault(n => n.Kind == kind) is not { } last)
        {
            return null;
        }

        return state.Notices.Any(n => n.Kind == kind && n.Occasion == last.Occasion && n.SentOn is null) ? last.Occasion : (last.Occasion ?? 1) + 1;
    }

    private static string? Number(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static void RecordSent(Deciding d, RecordNoticeSent input)
    {
        var notice = d.State.Notices.FirstOrDefault(n => n.Id == input.NoticeId);
        if (!d.Require(!EndedNotices.Has(d.State, input.NoticeId), "no-longer-due", "This notice is no longer due to this recipient. If another recipient has taken this recipient's place, record the notice to that recipient.")
            || !d.Require(notice is not null, "unknown-notice", "There is no such notice in this assessment.")
            || !d.Require(notice!.SentOn is null, "already-sent", "This notice has already been sent.")
            || !d.Require(
                input.Channel != NoticeChannel.EarlierSystem || (d.State.TakenUnderWay is { On: var taken } && input.SentOn <= taken),
                "not-taken-over",
                "Only a notice of an assessment that was taken over can have been sent from the earlier system, and only before the takeover.")
            || !d.Require(
                input.Channel != NoticeChannel.Electronic || notice.To != RecipientRole.Family || FamilyPeople.ContactOf(d.State, notice.Person)?.ElectronicServiceAgreedOn is not null,
                "not-agreed-electronically",
                "The family has not agreed to be served electronically (Education Act 1996 s572). Post the notice or deliver it by hand, and record that."))
        {
            return;
        }

        var served = input.ServedOn ?? ServiceRules.ServedOn(input.SentOn, input.Channel);
        Sent(d, new NoticeSent(notice.Id, input.SentOn, served, input.Channel));
    }

    internal static void SentByHub(Deciding d, string noticeId, DateOnly on, NoticeSending? sending)
    {
        // A notice that ended counts as sent only if it was already being sent, and the channel then gave a reference.
        if ((d.State.Notices.FirstOrDefault(n => n.Id == noticeId) ?? (sending is null ? null : d.State.EndedNotices.FirstOrDefault(n => n.Id == noticeId))) is not { SentOn: null } notice)
        {
            return;
        }

        if (on < DatedFacts.Reason(d.State, notice).On)
        {
            // A notice seems to have been sent before its due day only if the clock was set back, and a record with that day would be
            // false.
            d.AskAttention(
                PostId(noticeId), $"The hub's clock puts the sending of \"{Words.Of(notice.Kind)}\" before the day on which it became due. Check the clock, find out when the notice was sent, and record the day.");
            return;
        }

        var by = sending?.By ?? NoticeChannel.Electronic;
        Sent(d, new NoticeSent(notice.Id, on, ServiceRules.ServedOn(on, by), by, sending?.Reference, sending?.Taken, sending?.Letter));
    }

    internal static string PostId(string noticeId) => $"post-{noticeId}";

    private static void Sent(Deciding d, NoticeSent sent)
    {
        d.Happened(sent);
        var notice = d.State.Notices.First(n => n.Id == sent.NoticeId);
        if (d.State.Attention.Any(a => a.Id == PostId(notice.Id)))
        {
            d.Happened(new AttentionResolved(PostId(notice.Id), "sent"));
        }

        if (d.State.Attention.Any(a => a.Id == TakenUnderWay.UnknownId(notice.Id)))
        {
            d.Happened(new AttentionResolved(TakenUnderWay.UnknownId(notice.Id), "recorded"));
        }

        // An officer has sent the notice that the hub could not send, or another attempt succeeded, so no task is open any more.
        foreach (var failed in d.State.FailedEffects.Where(f => f.Effect is SendNotice unsent && unsent.NoticeId == notice.Id).ToList())
        {
            d.Happened(new AttentionResolved(Effects.AttentionId(failed.EffectId), "sent"));
        }

        if (notice.Kind == NoticeKind.FinalPlan)
        {
            FinalPlanSent.NoteWhenAllAreSent(d);
        }
    }

    internal static string Camel<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
