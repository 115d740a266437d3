using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Builds the case of an assessment that is taken over while it is under way. The facts of each step are recorded with the day of that
/// step. Nothing is sent, and nobody is reminded of anything that was due before.
/// </summary>
internal static class UnderWay
{
    private const string NotKnown = "Not recorded here: this was done in the earlier system.";
    private const int MaxRequests = 50;

    internal static bool IsLawful(Deciding d, TakeOverAssessment step)
    {
        var requests = step.Requests ?? [];
        return InputChecks.Text(d, step.Source, "The source of the facts")
            && (step.Summary is null || InputChecks.Text(d, step.Summary, "What the family said"))
            && (step.Reasons is null || InputChecks.Text(d, step.Reasons, "The reasons"))
            && d.Require(step.Summary is null || step.ConsultedOn is not null, "day-missing", "Give the day on which the family was consulted, or leave out what it said.")
            && d.Require(
                step.DecidedOn is not null || (step.Reasons is null && step.FamilyToldOn is null && requests.Count == 0),
                "not-decided",
                "Give the day of the decision to assess. Without a decision there are no reasons, no notice of it and no requests for advice. Advice that arrived early can be put forward afterwards as existing advice.")
            && d.Require(requests.Count <= MaxRequests, "too-many-requests", FormattableString.Invariant($"At most {MaxRequests} requests can be taken over."))
            && d.Require(requests.Count(r => r.Kind == AdviceKind.FamilyViews) <= 1, "already-asked", "Give only one request for the family's views.")
            && requests.All(request => IsLawful(d, request, step.Facts.ReceivedOn))
            && d.Require(
                requests.Where(r => r.Agency is not null).GroupBy(r => (r.Kind, r.Agency!.Id)).All(same => same.Count() == 1), "already-asked", "Give only one request to an agency for each kind of advice.")
            && d.Require(
                requests.Where(r => r.Person is not null).GroupBy(r => (r.Kind, r.Person!.Mail.ToUpperInvariant())).All(same => same.Count() == 1), "already-asked", "Give only one request to a person for each kind of advice.");
    }

    internal static void Take(Deciding d, TakeOverAssessment step)
    {
        if (step.ConsultedOn is { } consulted)
        {
            d.Happened(new FamilyConsulted(consulted, step.Summary ?? NotKnown));
        }

        if (step.PartnersToldOn is not null || step.DecidedOn is null)
        {
            Tell(d, LegalNotice.AssessmentConsidered, step.Facts.ReceivedOn, step.PartnersToldOn);
        }

        if (step.DecidedOn is { } decided)
        {
            d.Happened(new AssessmentAgreed(decided, step.Reasons ?? NotKnown));
            Tell(d, LegalNotice.WillAssess, decided, step.FamilyToldOn);
            foreach (var request in step.Requests ?? [])
            {
                Take(d, request);
            }

            AskForTheRest(d);
        }

        RightsSwitch.AskForTheYoungPerson(d);
        TakingOver.RecordPassedLimits(d);
    }

    private static bool IsLawful(Deciding d, RequestUnderWay request, DateOnly receivedOn) =>
        d.Require(
            request.Kind == AdviceKind.FamilyViews ? request is { Agency: null, Person: null } : request.Agency is null != request.Person is null,
            "adviser-unclear",
            "Name either the agency or the person that was asked, and neither for the family's views.")
        && (request.Agency is null || InputChecks.Text(d, request.Agency.Name, "The adviser's name"))
        && d.Require(request.Agency?.Id.Scheme != AgencyScheme.Person, "no-address", "For somebody who works for no organisation, give the person's name and e-mail address.")
        && (request.Person is null || AskPersonForAdvice.IsUsable(d, request.Kind, request.Person))
        && UnderWayDays.AreInOrder(d, request, receivedOn);

    /// <summary>
    /// Records that the people whom the hub would notify were notified elsewhere. If the day is not known, the notices are listed as unsent,
    /// and an officer is asked to find out; the hub does not send them.
    /// </summary>
    private static void Tell(Deciding d, LegalNotice legal, DateOnly due, DateOnly? told)
    {
        var kind = NoticeProgress.KindOf(legal);
        foreach (var (to, agency) in Recipients(d, legal))
        {
            var id = $"{Notices.Camel(kind)}-{Notices.Camel(to)}";
            var notice = new Notice { Id = id, Kind = kind, To = to, Agency = agency, PlannedOn = due };
            d.Happened(new NoticePlanned(notice));
            if (told is { } day)
            {
                d.Happened(new NoticeSent(id, day, ServiceRules.ServedOn(day, NoticeChannel.EarlierSystem), NoticeChannel.EarlierSystem));
            }
            else
            {
                Notices.AskWhetherSent(d, notice);
            }
        }
    }

    private static List<(RecipientRole To, Agency? Agency)> Recipients(Deciding d, LegalNotice notice)
    {
        // The law sets a time limit only for notifying the family of the decision (reg 5(1)).
        if (notice == LegalNotice.WillAssess)
        {
            return [(RecipientRole.Family, null)];
        }

        var told = d.Rules.RecipientsOf(d.State, notice);
        (Party Party, RecipientRole To, Agency? Agency)[] partners =
        [
            (Party.IntegratedCareBoard, RecipientRole.Icb, d.Facts.Icb),
            (Party.SocialServices, RecipientRole.SocialCare, d.Rules.Council.SocialCare),
            (Party.SettingLead, RecipientRole.Setting, d.Facts.Setting),
        ];
        return [.. partners.Where(one => one.Agency is not null && told.Contains(one.Party)).Select(one => (one.To, one.Agency))];
    }

    private static void Take(Deciding d, RequestUnderWay taken)
    {
        var person = taken.Person is { } given ? AskPersonForAdvice.Trimmed(given) : null;
        var agency = person is null ? taken.Agency : AskPersonForAdvice.AgencyOf(d, person);
        var required = Asking.Required(d).FirstOrDefault(r => r.Kind == taken.Kind);
        var request = new AdviceRequest
        {
            Id = Asking.NextId(d, taken.Kind),
            Kind = taken.Kind,
            LegalBasis = taken.Kind == AdviceKind.Educational && d.Facts.Setting is { } setting && setting.Id != agency?.Id ? "reg 6(1)(b)(ii)" : required?.LegalBasis ?? "reg 6(1)(f)",
            Duty = RequiredAdvisers.DutyOf(taken.Kind, agency?.Id, d.Rules.Council.Code),
            Agency = agency,
            Person = person,
            AfterConsultationWith = required?.AfterConsultationWith,
            RequestedOn = taken.AskedOn,
            StatusOn = taken.AskedOn,
            SentByOtherMeansOn = agency is null ? null : taken.AskedOn,
            TakenOverOn = d.Today,
            CameElsewhereOn = taken.CameOn,
        };
        d.Happened(new AdviceRequested(request));

        // The council itself asks the family, together with the decision.
        if ((taken.ArrivedOn ?? (agency is null ? taken.AskedOn : null)) is { } arrived)
        {
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Delivered, arrived, null, arrived));
        }

        if (taken.CameOn is { } came)
        {
            d.AskAttention(TakenUnderWay.EnterId(request.Id), $"{Answering.Capital(Words.Of(taken.Kind))}{(agency is null ? "" : $" from {agency.Name}")} came to the earlier system on {Words.Day(came, true)}. Enter the advice (submit-advice).");
        }
    }

    /// <summary>Names the advice that must be sought but for which the earlier system had no request. An officer must ask for it, because
    /// the hub cannot know whether somebody already has.</summary>
    private static void AskForTheRest(Deciding d)
    {
        var rest = Asking.NotSought(d).ToList();
        if (rest.Find(r => r.Kind == AdviceKind.FamilyViews) is { } views)
        {
            // The council itself asks the family, from today, because the earlier system recorded no day.
            Asking.Ask(d, views.Kind, null, views.LegalBasis, views.AfterConsultationWith, null, null);
        }

        var unsought = rest.Where(r => r.Kind != AdviceKind.FamilyViews).Select(r => $"{Words.Of(r.Kind)} ({r.LegalBasis})").ToList();
        if (unsought.Count > 0)
        {
            d.AskAttention("taken-over-unsought", $"The assessment was taken over without a request for: {string.Join("; ", unsought)}. Ask for this advice (request-advice).");
        }

        if (d.Facts.ParentServesInArmedForces)
        {
            d.AskAttention("ask-secretary-of-state-for-defence", "A parent serves in the armed forces: if this has not been done, ask the Secretary of State for Defence too (reg 6(1)(b)(iv)).");
        }
    }
}
