using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Letters;

/// <summary>A case in which each letter is due, one after the other. All names and numbers are invented.</summary>
internal static class LetterCases
{
    internal const string Reasons = "The reports show that the school can meet Robin's needs.\n# With what it has <b>now</b>.";

    internal static readonly DateOnly Sent = new(2026, 7, 14);

    internal static OpeningFacts Facts { get; } = Cases.Facts with
    {
        ReceivedOn = new DateOnly(2026, 6, 8),
        Family = Cases.Facts.Family with { PostalAddress = ["1 Example Road", "Exampleton", "EX1 1AA"], ElectronicServiceAgreedOn = new DateOnly(2026, 6, 8) },
    };

    /// <summary>The case with every notice of a kind planned and nothing sent.</summary>
    internal static AssessmentState With(NoticeKind kind, OpeningFacts? facts = null)
    {
        var happened = new List<AssessmentEvent> { new AssessmentOpened(Cases.Id, facts ?? Facts) };
        switch (kind)
        {
            case NoticeKind.WillAssess:
                happened.Add(new AssessmentAgreed(Sent, Reasons));
                break;
            case NoticeKind.WillNotAssess:
                happened.Add(new AssessmentRefused(Sent, Reasons));
                break;
            case NoticeKind.NoPlan:
                happened.AddRange([new AssessmentAgreed(Sent, "Advice is needed."), new PlanRefused(Sent, Reasons)]);
                break;
            case NoticeKind.DraftPlan or NoticeKind.FinalPlan or NoticeKind.AmendedPlan:
                happened.AddRange([new AssessmentAgreed(Sent, "Advice is needed."), new PlanAgreed(Sent, Reasons, []), new PlanPrepared(Plan(kind switch { NoticeKind.DraftPlan => PlanKind.Draft, NoticeKind.FinalPlan => PlanKind.Final, _ => PlanKind.AmendedFinal }), "hash")]);
                happened.Add(new PlanKept(1, "plans/1", "entry"));
                break;
            case NoticeKind.ExceptionApplies:
                happened.Add(new ExceptionClaimed(new ClaimedException
                {
                    Id = "away",
                    Ground = Ground.AbsentFromArea,
                    From = new DateOnly(2026, 6, 10),
                    To = new DateOnly(2026, 7, 10),
                    Evidence = "A letter.",
                    WhyImpractical = "Nobody could be seen.",
                    ClaimedOn = Sent,
                    ClaimedBy = "officer-1",
                }));
                break;
        }

        happened.AddRange(OfThePlan(kind));
        if (kind is NoticeKind.FinalPlan or NoticeKind.AmendedPlan)
        {
            happened.Add(new PlacementNamed("special school", Cases.OtherSchool));
        }

        foreach (var (to, agency) in Recipients(kind))
        {
            happened.Add(new NoticePlanned(new Notice
            {
                Id = $"{kind}-{to}",
                Kind = kind,
                To = to,
                Agency = agency,
                PlannedOn = Sent,
                PlanVersion = kind is NoticeKind.DraftPlan or NoticeKind.FinalPlan or NoticeKind.AmendedPlan ? 1 : null,
                Occasion = kind >= NoticeKind.PlanKeptAfterReview ? 1 : null,
                ExceptionId = kind == NoticeKind.ExceptionApplies ? "away" : null,
                Asks = kind is NoticeKind.InformationAsked or NoticeKind.RepresentationsAsked or NoticeKind.MeetingInvited ? Reasons : null,
                Day = kind is NoticeKind.InformationAsked or NoticeKind.RepresentationsAsked or NoticeKind.MeetingInvited or NoticeKind.ReviewInvited
                    or NoticeKind.PreferenceAsked or NoticeKind.TransferTold ? Sent.AddDays(28) : null,
                Place = kind is NoticeKind.MeetingInvited or NoticeKind.ReviewInvited ? "2 pm, Example Hall" : null,
            }));
        }

        return Assessment.Replay(AssessmentState.None(Cases.Id), happened);
    }

    /// <summary>A case with a request for advice and a consulted institution.</summary>
    internal static AssessmentState WithAsking() => Assessment.Replay(
        With(NoticeKind.DraftPlan),
        [
            new AdviceRequested(new AdviceRequest
            {
                Id = "medical-1", Kind = AdviceKind.Medical, LegalBasis = "reg 6(1)(c)", Duty = AnswerDuty.Section31Body, Agency = Cases.Hospital, RequestedOn = Sent, ReceivedByBodyOn = Sent, Status = RequestStatus.Delivered, StatusOn = Sent,
            }),
            new InstitutionConsulted(Cases.OtherSchool, Sent),
        ]);

    /// <summary>Every letter there is, with the case that gives cause for it.</summary>
    internal static IEnumerable<(LetterSubject Subject, AssessmentState State)> All()
    {
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            var state = With(kind);
            foreach (var notice in state.Notices)
            {
                yield return (new LetterSubject(LetterWriting.KindOf(kind), notice.Id), state);
            }
        }

        var asking = WithAsking();
        yield return (new LetterSubject(LetterKind.RequestReceived), asking);
        yield return (new LetterSubject(LetterKind.AdviceRequest, "medical-1"), asking);
        yield return (new LetterSubject(LetterKind.InstitutionConsulted, Cases.OtherSchool.Id.Value), asking);
    }

    /// <summary>Who is told about a kind of notice. One that is not in the table has no letter here, and a test says so.</summary>
    internal static IEnumerable<RecipientRole> ToldOf(NoticeKind kind) => Recipients(kind).Select(r => r.To);

    private static IEnumerable<(RecipientRole To, Agency? Agency)> Recipients(NoticeKind kind) => kind switch
    {
        NoticeKind.AssessmentConsidered => [(RecipientRole.Icb, Cases.Icb), (RecipientRole.SocialCare, Cases.SocialCare), (RecipientRole.Setting, Cases.School)],
        NoticeKind.WillAssess or NoticeKind.WillNotAssess => [(RecipientRole.Family, null), (RecipientRole.Icb, Cases.Icb), (RecipientRole.SocialCare, Cases.SocialCare), (RecipientRole.Setting, Cases.School)],
        NoticeKind.NoPlan => [(RecipientRole.Family, null), (RecipientRole.Icb, Cases.Icb), (RecipientRole.Setting, Cases.School)],
        NoticeKind.FinalPlan or NoticeKind.AmendedPlan or NoticeKind.PlanCeases => [(RecipientRole.Family, null), (RecipientRole.Icb, Cases.Icb), (RecipientRole.NamedInstitution, Cases.OtherSchool)],
        NoticeKind.PlanKeptAfterReview or NoticeKind.PlanToBeAmended or NoticeKind.CeasingConsidered or NoticeKind.NotAmendedAfterAll =>
            [(RecipientRole.Family, null), (RecipientRole.NamedInstitution, Cases.OtherSchool)],
        NoticeKind.IcbChanged => [(RecipientRole.Icb, Cases.Icb)],
        NoticeKind.PlanKeptInDetention =>
            [(RecipientRole.Family, null), (RecipientRole.PersonInCharge, Cases.Accommodation), (RecipientRole.HealthServicesCommissioner, Cases.Commissioner), (RecipientRole.YouthOffendingTeam, Cases.YouthOffendingTeam)],
        NoticeKind.PlanAfterRelease => [(RecipientRole.Family, null), (RecipientRole.Icb, Cases.Icb), (RecipientRole.NamedInstitution, Cases.OtherSchool), (RecipientRole.YouthOffendingTeam, Cases.YouthOffendingTeam)],
        NoticeKind.InstitutionConsulted => [(RecipientRole.NamedInstitution, Cases.OtherSchool)],
        NoticeKind.ReviewInvited => [(RecipientRole.Family, null), (RecipientRole.Setting, Cases.School), (RecipientRole.Icb, Cases.Icb), (RecipientRole.SocialCare, Cases.SocialCare)],
        NoticeKind.DraftPlan or NoticeKind.ExceptionApplies or NoticeKind.WillReassess or NoticeKind.WillNotReassess or NoticeKind.NoChange or NoticeKind.AmendmentProposed
            or NoticeKind.RequestAcknowledged or NoticeKind.InformationAsked or NoticeKind.RepresentationsAsked or NoticeKind.MeetingInvited
            or NoticeKind.RightsAreYours or NoticeKind.RightsPassedOn or NoticeKind.PreferenceAsked or NoticeKind.TransferTold or NoticeKind.SchoolListShared
            or NoticeKind.BudgetAgreed or NoticeKind.BudgetRefused or NoticeKind.BudgetChanged or NoticeKind.BudgetAnswered => [(RecipientRole.Family, null)],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The table does not say who is told of this notice."),
    };

    /// <summary>What happened to an issued plan before such a notice.</summary>
    private static IEnumerable<AssessmentEvent> OfThePlan(NoticeKind kind)
    {
        switch (kind)
        {
            case NoticeKind.WillNotReassess:
                return [new ReassessmentRefused(Sent, Sent.AddDays(-10), Reasons)];
            case NoticeKind.NoChange:
                return [new DecidedOnPlan(Sent, false, Reasons)];
            case NoticeKind.PlanKeptAfterReview or NoticeKind.PlanToBeAmended or NoticeKind.PlanCeases:
                return
                [
                    new ReviewArranged(1, Sent, ReviewArranger.School, [ReviewInvitee.Family]),
                    new DecidedAfterReview(1, Sent, kind switch { NoticeKind.PlanKeptAfterReview => ReviewChoice.Keep, NoticeKind.PlanToBeAmended => ReviewChoice.Amend, _ => ReviewChoice.Cease }, Reasons, "Therapy each week."),
                    .. kind == NoticeKind.PlanToBeAmended ? [new AmendmentsProposed(Amendment(kind, 1))] : Array.Empty<AssessmentEvent>(),
                ];
            case NoticeKind.AmendmentProposed:
                return [new AmendmentsProposed(Amendment(kind, null))];
            case NoticeKind.NotAmendedAfterAll:
                return [new AmendmentsProposed(Amendment(NoticeKind.AmendmentProposed, null)), new AmendmentEnded(1, Sent, AmendmentOutcome.NotAmended, Reasons)];
            case NoticeKind.SchoolListShared:
                return [new SchoolListShared(new SharedSchools([new ListedSchool(Cases.OtherSchool, ["It takes ages 4 to 11."], ["Whether it has a free place."], "It has open days.")], Sent, "As we discussed."))];
            case NoticeKind.InstitutionConsulted:
                return [new InstitutionConsulted(Cases.OtherSchool, Sent)];
            case NoticeKind.PreferenceAsked:
                return [new PlanTakenOver(Sent, Transferred), new PhaseTransferRecorded(TransferOfPhase.PrimaryToSecondary, new DateOnly(Sent.Year + 1, 9, 1)), new TransferPreferenceAsked(1, Sent.AddDays(28))];
            case NoticeKind.TransferTold:
                return [new PlanTakenOver(Sent, Transferred), new SettledAfterTransfer(Sent, false, Sent.AddDays(28))];
            case NoticeKind.BudgetAgreed or NoticeKind.BudgetRefused or NoticeKind.BudgetChanged or NoticeKind.BudgetAnswered:
                return [new BudgetDecided(Budget(kind))];
            case NoticeKind.IcbChanged:
                return [new IcbChanged(Cases.Hospital, Cases.Icb, Sent.AddDays(-3), Sent.AddDays(-3), false)];
            case NoticeKind.PlanKeptInDetention or NoticeKind.PlanAfterRelease:
                var began = new DetentionRecorded(1, Cases.Accommodation, Sent.AddDays(-5), Sent.AddDays(-2), Cases.YouthOffendingTeam, Cases.Commissioner);
                return kind == NoticeKind.PlanKeptInDetention ? [began] : [began, new Released(1, Sent.AddDays(-1))];
            case NoticeKind.CeasingConsidered:
                return [new CeasingConsidered(1, Sent, CeasingReason.HigherEducation, Reasons, Sent.AddDays(21))];
            default:
                return [];
        }
    }

    private static TakenPlan Transferred => new() { IssuedOn = Sent.AddDays(-100), FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = Sent.AddDays(-7), Source = "The package." };

    private static BudgetStep Budget(NoticeKind kind) => new()
    {
        Number = 1,
        Kind = kind switch { NoticeKind.BudgetAgreed => BudgetStepKind.Agreed, NoticeKind.BudgetRefused => BudgetStepKind.Refused, NoticeKind.BudgetChanged => BudgetStepKind.Changed, _ => BudgetStepKind.Answered },
        Line = "a/p1",
        Provision = "Therapy each week.",
        On = Sent,
        Text = Reasons,
        Form = kind == NoticeKind.BudgetAgreed ? Orchestrations.Plans.PersonalBudgetForm.DirectPayment : null,
        AnnualAmountPounds = kind is NoticeKind.BudgetAgreed or NoticeKind.BudgetChanged ? 1200 : null,
        Recipient = kind == NoticeKind.BudgetAgreed ? "Jo Example" : null,
        From = kind is NoticeKind.BudgetAgreed or NoticeKind.BudgetChanged ? Sent.AddDays(30) : null,
        Stands = kind == NoticeKind.BudgetAnswered ? true : null,
    };

    private static PlanAmendment Amendment(NoticeKind notice, int? review) => new()
    {
        Number = 1,
        Review = review,
        Notice = notice,
        ProposedOn = Sent,
        ProposedBy = "officer-1",
        Reasons = Reasons,
        Proposal = "Therapy each week.",
        Changes = [new ProposedChange(PlanSectionLetter.F, "a/p1", "Therapy each month.", "Therapy each week.", "The therapist's report."), new ProposedChange(PlanSectionLetter.E, "a/o1", null, "Robin reads a page.", "The school's report.")],
        Version = 2,
        Edits = 0,
        Basis = "basis",
    };

    private static PlanDocument Plan(PlanKind kind) => new()
    {
        Assessment = Cases.Id,
        Version = 1,
        Kind = kind,
        Child = Facts.Child,
        PreparedOn = Sent,
        PreparedBy = "officer-1",
        Sections = [],
    };
}
