using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>A re-assessment, or a request for one, as the audit trail tells of it.</summary>
internal sealed class ToldReassessment
{
    internal required DateOnly? AskedOn { get; init; }
    internal DateOnly? DecidedOn { get; set; }
    internal bool Agreed { get; set; }

    /// <summary>What was decided on the plan first since it was agreed, with the day.</summary>
    internal (bool Amend, DateOnly On)? Ended { get; set; }
}

/// <summary>A round of advice of a re-assessment, as the audit trail tells of it.</summary>
internal sealed record ToldRound(int Number, DateOnly BegunOn)
{
    internal DateOnly? EndedOn { get; set; }

    /// <summary>What was asked for in it, and when.</summary>
    internal List<(AdviceKind Kind, DateOnly On)> Asked { get; } = [];
}

/// <summary>A change of ICB, as the audit trail tells of it.</summary>
internal sealed class ToldBoard
{
    internal required IcbChanged Change { get; init; }

    /// <summary>Whether the family moved between councils on its day: by the trail, not by what the event says.</summary>
    internal required bool ByMove { get; init; }

    internal IcbStatement? Said { get; set; }
    internal DateOnly? AwareOn { get; set; }
    internal DateOnly? CannotOn { get; set; }
    internal DateOnly? RequestedOn { get; set; }
    internal DateOnly? ArrangesOn { get; set; }
    internal DateOnly? CarriedOutOn { get; set; }

    /// <summary>What was carried out was under way or begun when that was recorded.</summary>
    internal bool ReallyCarriedOut { get; set; }

    /// <summary>The first day on which the ICB before told it.</summary>
    internal DateOnly? ToldOn { get; set; }
}

/// <summary>What happened to a plan apart from its reviews and amendments: re-assessments, changes of ICB, its personal budget. Told again from the events alone.</summary>
internal sealed class ToldLater
{
    private AgencyId? board;

    internal List<ToldReassessment> Reassessments { get; } = [];
    internal List<ToldBoard> Boards { get; } = [];
    internal List<BudgetStep> Budget { get; } = [];
    internal List<DateOnly> PaymentsReviewedOn { get; } = [];

    /// <summary>The rounds of advice of re-assessments.</summary>
    internal List<ToldRound> Rounds { get; } = [];

    /// <summary>Number of the round that is open; null where none is.</summary>
    internal int? Round => Rounds is [.., { EndedOn: null } open] ? open.Number : null;

    /// <summary>Notices that were planned for an ICB that was not responsible then, or no longer.</summary>
    internal List<string> ToAnotherBoard { get; } = [];

    /// <summary>Answers that are on record in another round than the one for which they were asked, or after its end.</summary>
    internal List<string> Strayed { get; } = [];

    /// <summary>How often the family was asked by letter which institution it prefers.</summary>
    internal int PreferencesAsked { get; private set; }

    /// <summary>Re-assessments that were refused although the new ICB asked for an assessment.</summary>
    internal int RefusedToBoard { get; private set; }

    internal void Hear(AssessmentEvent what, Retelling story)
    {
        switch (what)
        {
            case AssessmentOpened e: board = e.Facts.Icb.Id; break;
            case FactsCorrected e: board = e.Facts.Icb.Id; break;
            case NoticePlanned { Notice: { To: RecipientRole.Icb, Agency: { } to } notice } when to.Id != board: ToAnotherBoard.Add(notice.Id); break;
            case ReassessmentAdviceBegun e: Rounds.Add(new ToldRound(e.Number, e.On)); break;
            case ReassessmentAdviceEnded e when Rounds is [.., var last] && last.Number == e.Number: last.EndedOn = e.On; break;
            case AdviceRequested { Request: { Reassessment: not null } asked }: Asked(asked); break;
            case AdviceReceived { Advice: { RequestId: { } of } advice }: Answered(advice, story.Requests[of]); break;
            case ReassessmentAsked e: Reassessments.Add(new ToldReassessment { AskedOn = e.On }); break;
            case ReassessmentAgreed e: Decided(e.AskedOn, e.On, agreed: true); break;
            case ReassessmentRefused e:
                Decided(e.AskedOn, e.On, agreed: false);
                RefusedToBoard += Boards is [.., { Said: IcbStatement.AsksToAssess, CarriedOutOn: null }] ? 1 : 0;
                break;
            case DecidedOnPlan e when Reassessments.FindLast(one => one.Agreed) is { Ended: null } open: open.Ended = (e.Amend, e.On); break;
            case IcbChanged e:
                board = e.Icb.Id;
                Boards.Add(new ToldBoard { Change = e, ByMove = e.On == story.Life.Moving?.MovedOn || e.On == story.Life.Taken?.TransferredOn });
                break;
            case IcbStatementReceived e: Spoke(Boards[^1], e); break;
            case IcbRequestCarriedOut e: CarriedOut(Boards[^1], e.On, story); break;
            case ActRecorded { Done: { Act: Act.NewIcbTold, On: var told } } when Boards is [.., var change] && (told >= change.Change.On || told >= change.Change.AwareOn):
                change.ToldOn = change.ToldOn < told ? change.ToldOn : told;
                break;
            case TransferPreferenceAsked: PreferencesAsked++; break;
            case BudgetDecided e: Budget.Add(e.Step); break;
            case PaymentsReviewed e: PaymentsReviewedOn.Add(e.On); break;
        }
    }

    /// <summary>The agreements of direct payments, in the order of their first days, each with the day from which it is no longer paid.</summary>
    internal List<(DateOnly From, DateOnly? End)> Paid
    {
        get
        {
            var paid = new List<(DateOnly From, DateOnly? End)>();
            foreach (var agreed in Budget)
            {
                if (agreed is { Kind: BudgetStepKind.Agreed, Form: PersonalBudgetForm.DirectPayment or PersonalBudgetForm.Mixed, From: { } from })
                {
                    var end = Budget.Find(later => later.Line == agreed.Line && later.Number > agreed.Number && later is { Kind: BudgetStepKind.Changed, AnnualAmountPounds: 0 })?.From;
                    paid.Add((from, end));
                }
            }

            paid.Sort();
            return paid;
        }
    }

    private void Asked(AdviceRequest request)
    {
        if (Rounds.Find(one => one.Number == request.Reassessment) is { } round)
        {
            round.Asked.Add((request.Kind, request.RequestedOn));
        }
    }

    private void Answered(ReceivedAdvice advice, ToldRequest request)
    {
        if (request.Reassessment != advice.Reassessment || (request.Reassessment is not null && request.Reassessment != Round))
        {
            Strayed.Add(advice.Id);
        }
    }

    private void Decided(DateOnly? askedOn, DateOnly on, bool agreed)
    {
        if (Reassessments is not [.., { DecidedOn: null }])
        {
            Reassessments.Add(new ToldReassessment { AskedOn = askedOn });
        }

        (Reassessments[^1].DecidedOn, Reassessments[^1].Agreed) = (on, agreed);
    }

    private static void Spoke(ToldBoard change, IcbStatementReceived e)
    {
        (change.Said, change.AwareOn) = (e.Says, e.AwareOn);
        change.CannotOn ??= e.Says == IcbStatement.Arranges ? null : e.On;
        change.RequestedOn = e.Says is IcbStatement.AsksToAssess or IcbStatement.AsksToReview ? e.On : null;
        change.ArrangesOn = e.Says == IcbStatement.Arranges ? e.On : null;
    }

    private void CarriedOut(ToldBoard change, DateOnly on, Retelling story)
    {
        change.CarriedOutOn = on;
        change.ReallyCarriedOut = change.Said == IcbStatement.AsksToAssess
            ? Reassessments is [.., { Agreed: true } last] && (last.Ended is not { Amend: false })
            : story.Life.Current is { HeldOn: null };
    }
}
