using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// The limits of reg 15 worked out a second time: the plan is transferred on the day of the move, or within 15 working days beginning with the day on which
/// the council became aware where it had not known 15 working days before (reg 15(2)); the new council tells the family within six weeks (reg 15(4)) and reviews
/// the plan within twelve months of the last review or three months of the transfer, whichever is later (reg 15(5)).
/// </summary>
internal static class MovesByHand
{
    internal static IEnumerable<HandLimit> Of(Retelling story)
    {
        var life = story.Life;
        if (story.Stage != Stage.PlanIssued)
        {
            yield break;
        }

        if (life.Moving is { } move)
        {
            var knew = move.BecameAwareOn;
            var within = Calendar.IsWorkingDay(knew) ? Calendar.WorkingDaysAfter(knew, 14) : Calendar.WorkingDaysAfter(knew, 15);
            yield return new HandLimit("transferPlan", within > move.MovedOn ? within : move.MovedOn, "") { From = move.MovedOn };
        }

        if (life.Taken is not { TransferredOn: { } transferred } taken)
        {
            yield break;
        }

        yield return new HandLimit("transferInform", transferred.AddDays(42), "") { From = transferred };
        if (LifeByHand.LastReviewed(story) is null)
        {
            var last = taken.LastReviewedOn ?? taken.IssuedOn;
            var (year, quarter) = (Beginning(last, 12), Beginning(transferred, 3));
            yield return new HandLimit("transferReview", year > quarter ? year : quarter, "") { From = last };
        }
    }

    /// <summary>The last day of some months that begin with a day.</summary>
    private static DateOnly Beginning(DateOnly day, int months) => day.AddMonths(months) is var same && same.Day == day.Day ? same.AddDays(-1) : same;
}
