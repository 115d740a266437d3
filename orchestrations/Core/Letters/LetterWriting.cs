using System.Globalization;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>Decides which letters a case has, to whom each is sent and which facts it contains. The wording comes from templates.</summary>
public static class LetterWriting
{
    /// <summary>The kind of letter that is written for the given kind of notice.</summary>
    public static LetterKind KindOf(NoticeKind notice) => notice switch
    {
        NoticeKind.AssessmentConsidered => LetterKind.AssessmentConsidered,
        NoticeKind.WillAssess => LetterKind.WillAssess,
        NoticeKind.WillNotAssess => LetterKind.WillNotAssess,
        NoticeKind.NoPlan => LetterKind.NoPlan,
        NoticeKind.DraftPlan => LetterKind.DraftPlan,
        NoticeKind.FinalPlan => LetterKind.FinalPlan,
        NoticeKind.ExceptionApplies => LetterKind.ExceptionApplies,
        NoticeKind.WillReassess => LetterKind.WillReassess,
        NoticeKind.NoChange => LetterKind.NoChange,
        NoticeKind.AmendedPlan => LetterKind.AmendedPlan,
        NoticeKind.PlanKeptAfterReview => LetterKind.PlanKept,
        NoticeKind.PlanToBeAmended or NoticeKind.AmendmentProposed => LetterKind.PlanToBeAmended,
        NoticeKind.PlanCeases => LetterKind.PlanCeases,
        NoticeKind.CeasingConsidered => LetterKind.CeasingConsidered,
        NoticeKind.NotAmendedAfterAll => LetterKind.NotAmended,
        NoticeKind.RequestAcknowledged => LetterKind.RequestReceived,
        NoticeKind.InformationAsked => LetterKind.InformationAsked,
        NoticeKind.RepresentationsAsked => LetterKind.RepresentationsAsked,
        NoticeKind.MeetingInvited => LetterKind.MeetingInvited,
        NoticeKind.InstitutionConsulted => LetterKind.InstitutionConsulted,
        NoticeKind.ReviewInvited => LetterKind.ReviewInvited,
        NoticeKind.RightsAreYours => LetterKind.RightsAreYours,
        NoticeKind.RightsPassedOn => LetterKind.RightsPassedOn,
        NoticeKind.WillNotReassess => LetterKind.WillNotReassess,
        NoticeKind.PreferenceAsked => LetterKind.PreferenceAsked,
        NoticeKind.TransferTold => LetterKind.TransferTold,
        NoticeKind.BudgetAgreed => LetterKind.BudgetAgreed,
        NoticeKind.BudgetRefused => LetterKind.BudgetRefused,
        NoticeKind.BudgetChanged => LetterKind.BudgetChanged,
        NoticeKind.BudgetAnswered => LetterKind.BudgetAnswered,
        NoticeKind.IcbChanged => LetterKind.IcbChanged,
        NoticeKind.PlanKeptInDetention => LetterKind.PlanKeptInDetention,
        NoticeKind.PlanAfterRelease => LetterKind.PlanAfterRelease,
        NoticeKind.SchoolListShared => LetterKind.SchoolListShared,
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice, "There is no letter for this notice."),
    };

    /// <summary>Whether the hub writes the letter. An officer writes and sends any other letter, and records the day. The hub does not know
    /// the words of a letter from an earlier system.</summary>
    public static bool IsWrittenByHub(Notice notice) => !notice.IsWrittenByHand() && notice.Channel != NoticeChannel.EarlierSystem;

    /// <summary>Every letter that a case has needed so far, in order.</summary>
    public static IReadOnlyList<LetterSubject> Of(AssessmentState state) => state.Facts is null
        ? []
        :
        [
            .. IsAcknowledgedWithoutNotice(state) ? [new LetterSubject(LetterKind.RequestReceived)] : Array.Empty<LetterSubject>(),
            .. state.Notices.Where(IsWrittenByHub).Select(n => new LetterSubject(KindOf(n.Kind), n.Id)),
            .. state.Requests.Where(r => r.Agency is not null).Select(r => new LetterSubject(LetterKind.AdviceRequest, r.Id)),
            .. state.Institutions.Where(i => IsConsultedWithoutNotice(i, state)).Select(i => new LetterSubject(LetterKind.InstitutionConsulted, i.Institution.Id.Value)),
        ];

    // In cases that were opened before the hub sent these letters as notices, an officer sent them; these letters can still be read.
    private static bool IsAcknowledgedWithoutNotice(AssessmentState state) =>
        state.TakenOver is null && state.TakenUnderWay is null && state.Notices.All(n => n.Kind != NoticeKind.RequestAcknowledged);

    private static bool IsConsultedWithoutNotice(ConsultedInstitution consulted, AssessmentState state) =>
        state.Notices.All(n => n.Kind != NoticeKind.InstitutionConsulted || n.Agency?.Id != consulted.Institution.Id);

    /// <summary>Writes one letter.</summary>
    /// <param name="subject">One of the letters that <see cref="Of"/> lists.</param>
    /// <param name="state">The case.</param>
    /// <param name="rules">The rules of law and the data of the council.</param>
    /// <param name="sending">When and how the letter is sent. The last days that the letter states are counted from the day of sending.</param>
    /// <returns>The letter, or null if the case does not need it.</returns>
    public static Letter? Write(LetterSubject subject, AssessmentState state, Rules rules, LetterSending sending)
    {
        if (state.Facts is not { } facts || Recipient(subject, state) is not { } to)
        {
            return null;
        }

        var contact = to.Agency is null ? FamilyPeople.ContactOf(state, PersonOf(subject, state)) : null;
        var reader = to.Agency is null ? LetterReader.Family : LetterReader.Agency;
        var told = LetterFacts.Of(subject, state, rules, sending);
        if (!string.IsNullOrWhiteSpace(to.Name))
        {
            told["recipientName"] = to.Name;
        }

        var rule = LetterLaw.England2014.Of(subject.Kind, reader);
        return new Letter
        {
            Assessment = state.Id,
            Subject = subject,
            Reader = reader,
            RecipientName = to.Name,
            Agency = to.Agency,
            PostalAddress = contact?.PostalAddress ?? [],
            CouncilAddress = rules.Council.PostalAddress ?? [],
            Language = contact?.Language ?? "en",
            On = sending.On,
            Facts = told,
            TrueConditions = Truths(state, sending.On),
            Missing = rule is null
                ? [$"a rule for this letter to {Words.Of(RecipientRole.Family)}"]
                : [.. rule.Points.SelectMany(p => LetterLaw.England2014.Point(p.Point).Facts).Distinct(StringComparer.Ordinal).Where(f => !told.ContainsKey(f)).Select(InWords)],
        };
    }

    private static string? PersonOf(LetterSubject subject, AssessmentState state) => state.Notices.FirstOrDefault(n => n.Id == subject.About)?.Person;

    private static (string Name, Agency? Agency)? Recipient(LetterSubject subject, AssessmentState state)
    {
        (string Name, Agency? Agency)? family = FamilyPeople.ContactOf(state, PersonOf(subject, state)) is { } contact ? (contact.Name, null) : null;
        switch (subject.Kind)
        {
            case LetterKind.RequestReceived when subject.About is null:
                return family;
            case LetterKind.AdviceRequest:
                return state.Requests.FirstOrDefault(r => r.Id == subject.About)?.Agency is { } asked ? (asked.Name, asked) : null;
            case LetterKind.InstitutionConsulted when state.Institutions.FirstOrDefault(i => i.Institution.Id.Value == subject.About)?.Institution is { } institution:
                return (institution.Name, institution);
            default:
                return state.Notices.FirstOrDefault(n => n.Id == subject.About && KindOf(n.Kind) == subject.Kind) is not { } notice ? null
                    : notice.To == RecipientRole.Family ? family
                    : notice.Agency is { } agency ? (agency.Name, agency)
                    : null;
        }
    }

    private static HashSet<string> Truths(AssessmentState state, DateOnly on)
    {
        var facts = state.Facts!;
        var truths = new HashSet<string>(StringComparer.Ordinal);
        var holder = Age.HolderOfRights(facts.Child.DateOfBirth, on, facts.Capacity?.LacksCapacity ?? false);
        if (holder == RightsHolder.YoungPerson)
        {
            truths.Add(LetterVocabulary.YoungPerson);
        }

        truths.Add(facts.Route switch
        {
            RequestRoute.Parent => "byParent",
            RequestRoute.YoungPerson => "byYoungPerson",
            RequestRoute.BecameResponsible or RequestRoute.PersonInCharge => "byCouncil",
            _ => "bySchool",
        });
        if (Detentions.Current(state) is not null)
        {
            truths.Add(LetterVocabulary.Detained);
        }

        return truths;
    }

    /// <summary>The name of a fact as text, for example "mediation last day".</summary>
    private static string InWords(string fact) =>
        string.Concat(fact.Select((c, at) => char.IsUpper(c) && at > 0 ? $" {char.ToLower(c, CultureInfo.InvariantCulture)}" : c.ToString()));
}
