using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>A review, as the audit trail tells of it.</summary>
internal sealed class ToldReview
{
    internal required int Number { get; init; }
    internal required DateOnly MeetingOn { get; set; }
    internal required ReviewArranger HeldBy { get; set; }
    internal DateOnly? InvitedOn { get; set; }
    internal DateOnly? PapersOn { get; set; }
    internal DateOnly? HeldOn { get; set; }
    internal DateOnly? ReportOn { get; set; }
    internal ReviewChoice? Decided { get; set; }
    internal DateOnly? DecidedOn { get; set; }
}

/// <summary>Amendments that were proposed, as the audit trail tells of them.</summary>
internal sealed class ToldAmendment
{
    internal required int Number { get; init; }
    internal required int? Review { get; init; }
    internal required NoticeKind Notice { get; init; }
    internal required int Version { get; init; }
    internal required int ReviewsThen { get; init; }
    internal AmendmentOutcome? Outcome { get; set; }
    internal DateOnly? OutcomeOn { get; set; }
}

/// <summary>A phase transfer, as the audit trail tells of it.</summary>
internal sealed class ToldTransfer
{
    internal required TransferOfPhase Kind { get; init; }
    internal required DateOnly On { get; init; }
    internal required DateOnly? AskedOn { get; init; }

    /// <summary>The first version of the plan that names a place from the year of the transfer.</summary>
    internal int? Version { get; set; }

    /// <summary>Institutions consulted since it was recorded.</summary>
    internal List<AgencyId> Consulted { get; } = [];

    /// <summary>What the family answered, with the last day that the letter before gave for it.</summary>
    internal List<(TransferPreferenceAnswered Said, DateOnly? By)> Answers { get; } = [];

    /// <summary>The last day that the letter gives for the family's answer.</summary>
    internal DateOnly? AnswerBy { get; set; }

    /// <summary>The institution that the version names.</summary>
    internal AgencyId? Named { get; set; }
}

/// <summary>What became of a plan after it was issued, told again from the events alone.</summary>
internal sealed class ToldLife
{
    internal List<ToldReview> Reviews { get; } = [];
    internal List<ToldAmendment> Amendments { get; } = [];
    internal List<ToldTransfer> Transfers { get; } = [];
    internal int Considered { get; private set; }
    internal DateOnly? CeaseDecidedOn { get; private set; }
    internal DateOnly? CeasedOn { get; private set; }

    /// <summary>How often it was decided to cease the plan outside a review, with the number of the consultation.</summary>
    internal List<int> CeasingsDecided { get; } = [];

    /// <summary>How often an institution was consulted, and of these on amendments.</summary>
    internal int Consulted { get; private set; }
    internal int ConsultedOnAmendments { get; private set; }

    private PlacementNamed? placed;

    /// <summary>What the council that takes a plan over was told about it, and when.</summary>
    internal TakenPlan? Taken { get; private set; }
    internal DateOnly? TakenOn { get; private set; }

    /// <summary>How often it was decided what the family is told about the transfer to this council.</summary>
    internal int Settled { get; private set; }

    /// <summary>The move of the family, and when the plan was handed on.</summary>
    internal MovedToAnotherCouncil? Moving { get; private set; }
    internal DateOnly? HandedOn { get; private set; }

    internal ToldReview? Current => Reviews.Count == 0 ? null : Reviews[^1];

    internal void Hear(AssessmentEvent what)
    {
        switch (what)
        {
            case ReviewArranged e: Arranged(e); break;
            case ReviewInvitationsSent e: Reviews[e.Number - 1].InvitedOn = e.On; break;
            case ReviewPapersSent e: Reviews[e.Number - 1].PapersOn = e.On; break;
            case PlanReviewMeetingHeld e: Reviews[e.Number - 1].HeldOn = e.On; break;
            case ReviewReportSent e: Reviews[e.Number - 1].ReportOn = e.SentOn; break;
            case DecidedAfterReview e:
                (Reviews[e.Number - 1].Decided, Reviews[e.Number - 1].DecidedOn) = (e.Decision, e.On);
                CeaseDecidedOn = e.Decision == ReviewChoice.Cease ? e.On : CeaseDecidedOn;
                break;
            case AmendmentsProposed e: Proposed(e.Amendment); break;
            case AmendmentEnded e: (Amendments[e.Number - 1].Outcome, Amendments[e.Number - 1].OutcomeOn) = (e.Outcome, e.On); break;
            case CeasingConsidered e: Considered = e.Number; break;
            case DecidedOnCeasing { Cease: true } e: CeaseDecidedOn = e.On; CeasingsDecided.Add(Considered); break;
            case PlanCeased e: CeasedOn = e.On; break;
            case PlanTakenOver e: (Taken, TakenOn) = (e.Plan, e.On); break;
            case SettledAfterTransfer: Settled++; break;
            case MovedToAnotherCouncil e: Moving = e; break;
            case ActRecorded { Done: { Act: Act.PlanHandedOn } done }: HandedOn = done.On; break;
            case PhaseTransferRecorded e: Transfers.Add(new ToldTransfer { Kind = e.Transfer, On = e.On, AskedOn = e.PreferenceAskedOn }); break;
            case TransferPreferenceAsked e when Transfers is [.., var asked]: asked.AnswerBy = e.AnswerBy; break;
            case TransferPreferenceAnswered e when Transfers is [.., var answered]: answered.Answers.Add((e, answered.AnswerBy)); break;
            case InstitutionConsulted e: Asked(e.Institution.Id); break;
            case PlacementNamed e: placed = e; break;
            case PlanPrepared { Document: { Kind: PlanKind.AmendedFinal } plan } when Transfers is [.., { Version: null, Kind: not TransferOfPhase.Stays } coming] && placed?.From?.Year == coming.On.Year:
                (coming.Version, coming.Named) = (plan.Version, placed.Institution?.Id);
                break;
        }
    }

    private void Asked(AgencyId institution)
    {
        Consulted++;
        ConsultedOnAmendments += Amendments is [.., { Outcome: null }] ? 1 : 0;
        if (Transfers is [.., var coming])
        {
            coming.Consulted.Add(institution);
        }
    }

    private void Arranged(ReviewArranged e)
    {
        if (e.Number <= Reviews.Count)
        {
            var review = Reviews[e.Number - 1];
            review.InvitedOn = review.MeetingOn == e.MeetingOn ? review.InvitedOn : null;
            (review.MeetingOn, review.HeldBy) = (e.MeetingOn, e.ArrangedBy);
        }
        else
        {
            Reviews.Add(new ToldReview { Number = e.Number, MeetingOn = e.MeetingOn, HeldBy = e.ArrangedBy });
        }
    }

    private void Proposed(PlanAmendment amendment)
    {
        if (Amendments is [.., { Outcome: null } before])
        {
            before.Outcome = AmendmentOutcome.ProposedAgain;
        }

        Amendments.Add(new ToldAmendment
        {
            Number = amendment.Number,
            Review = amendment.Review,
            Notice = amendment.Notice,
            Version = amendment.Version,
            ReviewsThen = Reviews.Count,
        });
    }
}
