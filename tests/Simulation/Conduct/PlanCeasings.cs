using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>A plan ceases: considered and consulted on outside a review, decided, and maintained until the time to appeal has ended.</summary>
internal static class PlanCeasings
{
    // Assumptions: SEN2 counts plans that ceased, not on which way.
    private const double WithoutReview = 0.02;
    private const double Ceases = 0.7;
    private const double Answers = 0.7;

    internal static IEnumerable<Act> Considered(Sight s, DateOnly since)
    {
        if (s.State.Ceasing is { DecidedOn: null, KeptOn: null, CeasedOn: null } open)
        {
            foreach (var from in new[] { RecipientRole.Family, RecipientRole.NamedInstitution })
            {
                if (s.Draw.Chance($"answers on ceasing {from}", Answers, open.Number) && s.State.Notices.Any(n => n.Kind == NoticeKind.CeasingConsidered && n.Occasion == open.Number && n.To == from && n.SentOn is not null))
                {
                    yield return Sight.Office(open.ConsideredOn.AddDays(s.Draw.Between($"answers on ceasing {from} after", 4, 19, open.Number)), FormattableString.Invariant($"ceasing-{open.Number}-{from}"),
                        () => new RecordCeasingView(from, s.Today, "We agree: the course begins in September."));
                }
            }

            yield return PlanMaking.Again(s, open.AnswerBy.AddDays(s.Draw.Between("ceasing decided after", 1, 12, open.Number)), FormattableString.Invariant($"cease-{open.Number}"),
                () => new DecideOnCeasing(s.Draw.Chance("ceases", Ceases, open.Number), "A place at a university was taken up."));
        }
        else if (s.State.Ceasing is null && Living.Chance(s, "ceasing considered", WithoutReview))
        {
            yield return Sight.Office(since.AddDays(Living.Between(s, "ceasing considered after", 60, 200)), "consider-ceasing",
                () => new ConsiderCeasing(CeasingReason.HigherEducation, "A place at a university was taken up.", s.Today.AddDays(21)));
        }
    }

    /// <summary>It was decided that the plan ceases. It does once the family can appeal no more.</summary>
    internal static IEnumerable<Act> End(Sight s)
    {
        if (s.State.Notices.LastOrDefault(n => n is { Kind: NoticeKind.PlanCeases, To: RecipientRole.Family }) is { SentOn: { } told })
        {
            yield return PlanMaking.Again(s, Calendar.LastToAppeal(told).AddDays(s.Draw.Between("ceased after", 1, 10)), "ceased", () => new RecordPlanCeased(s.Today));
        }
    }
}
