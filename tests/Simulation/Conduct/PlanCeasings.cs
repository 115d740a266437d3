using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>A plan ceases: considered and consulted on outside a review, decided, and maintained until the time to appeal has ended.</summary>
internal static class PlanCeasings
{
    // Assumptions: SEN2 counts plans that ceased, not on which way.
    private const double WithoutReview = 0.02;
    private const double Ceases = 0.7;
    private const double Answers = 0.7;

    internal static IEnumerable<Act> Considered(VisibleCase s, DateOnly since)
    {
        if (s.State.Ceasing is { DecidedOn: null, KeptOn: null, CeasedOn: null } open)
        {
            foreach (var from in new[] { RecipientRole.Family, RecipientRole.NamedInstitution })
            {
                if (s.Draw.Chance($"answers on ceasing {from}", Answers, open.Number) && s.State.Notices.Any(n => n.Kind == NoticeKind.CeasingConsidered && n.Occasion == open.Number && n.To == from && n.SentOn is not null))
                {
                    yield return VisibleCase.Office(open.ConsideredOn.AddDays(s.Draw.Between($"answers on ceasing {from} after", 4, 19, open.Number)), FormattableString.Invariant($"ceasing-{open.Number}-{from}"),
                        () => new RecordCeasingView(from, s.Today, "We agree: the course begins in September."));
                }
            }

            yield return PlanMaking.Again(s, open.AnswerBy.AddDays(s.Draw.Between("ceasing decided after", 1, 12, open.Number)), FormattableString.Invariant($"cease-{open.Number}"),
                () => new DecideOnCeasing(s.Draw.Chance("ceases", Ceases, open.Number), "A place at a university was taken up."));
        }
        else if (s.State.Ceasing is null && Living.Chance(s, "ceasing considered", WithoutReview))
        {
            yield return VisibleCase.Office(since.AddDays(Living.Between(s, "ceasing considered after", 60, 200)), "consider-ceasing",
                () => new ConsiderCeasing(CeasingReason.HigherEducation, "A place at a university was taken up.", s.Today.AddDays(21)));
        }
    }

    /// <summary>The council decided that the plan ceases, and no order, concession or agreement has it go on since.</summary>
    internal static bool IsToCease(VisibleCase s)
    {
        var reviewed = s.State.Reviews.LastOrDefault(r => r.Decided == ReviewChoice.Cease)?.DecidedOn;
        var decided = new[] { reviewed, s.State.Ceasing?.DecidedOn }.Max();
        return decided is not null
            && !s.State.Appeal.Any(a => a.On >= decided && a.Remedy is Remedy.ContinuePlan or Remedy.ContinueAndAmend)
            && !s.State.Mediation.Any(m => m.On >= decided && m.Remedy is Remedy.ContinuePlan or Remedy.ContinueAndAmend);
    }

    /// <summary>It was decided that the plan ceases. It does once the family can appeal no more, or its appeal is decided. Until then nobody holds a review: an assumption.</summary>
    internal static IEnumerable<Act> End(VisibleCase s)
    {
        if (s.State.Notices.LastOrDefault(n => n is { Kind: NoticeKind.PlanCeases, To: RecipientRole.Family }) is not { SentOn: { } told } notice)
        {
            yield break;
        }

        var dispute = LivingDisputes.Current(s) is { } current && current.Notice.Id == notice.Id ? current : null;
        if (dispute is not null && Disputing.EndedOn(dispute) is null)
        {
            yield break;
        }

        var last = dispute?.On(AppealStep.Dismissed) ?? dispute?.On(AppealStep.Ordered) ?? LastToAppeal(dispute, told);
        yield return PlanMaking.Again(s, last.AddDays(s.Draw.Between("ceased after", 1, 10)), "ceased", () => new RecordPlanCeased(s.Today));
    }

    private static DateOnly LastToAppeal(Dispute? dispute, DateOnly told) =>
        dispute?.On(MediationStep.CertificateIssued)?.AddMonths(1) is { } certified && certified > told.AddMonths(2) ? Calendar.AfterVacation(certified) : Calendar.LastToAppeal(told);
}
