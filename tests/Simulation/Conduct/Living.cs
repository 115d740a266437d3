using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// The life of a plan after it was issued: reviewed each year, amended with or without a review, transferred between
/// phases, re-assessed, followed by another ICB, paid for in part by a personal budget, ceased. Shares are those of England's data
/// on annual reviews of 2025 (explore-education-statistics, data set "Number of annual reviews of EHC plans", age 12, the largest year
/// group shown): of 46,133 reviews expected 24 % were not completed in the year; of 28,707 decisions 46 % amended the plan, 50 % kept it,
/// and 47 % were made within four weeks. What is not published is an assumption, written at its place.
/// </summary>
internal static class Living
{
    /// <summary>Reviews expected in the year and not completed in it.</summary>
    internal const double LateReview = 0.24;

    /// <summary>Decisions within four weeks of the meeting.</summary>
    internal const double DecidedInTime = 0.47;

    /// <summary>Decisions that amend the plan.</summary>
    internal const double Amends = 0.46;

    internal static IEnumerable<Act> Acts(VisibleCase s)
    {
        var state = s.State;
        if (s.Person.Years == 0 || state is not { Stage: Stage.PlanIssued, FinalPlanSentOn: { } issued, NewestPlan: not null } || state.Ceasing?.CeasedOn is not null || Relocating.HandedOn(s))
        {
            return [];
        }

        if (PlanCeasings.IsToCease(s))
        {
            return [.. Reviewing.Report(s), .. PlanCeasings.End(s)];
        }

        return [.. Relocating.Acts(s, issued), .. Lived(s, issued)];
    }

    private static IEnumerable<Act> Lived(VisibleCase s, DateOnly issued)
    {
        var state = s.State;
        var current = state.Reviews.Count == 0 ? null : state.Reviews[^1];
        IEnumerable<Act> amending =
        [
            .. Reviewing.Report(s), .. Transferring.Recorded(s), .. Transferring.Preferences(s), .. PlanAmendments.Open(s),
            .. Reassessing.UnderWay(s), .. NewBoards.UnderWay(s), .. Budgeting.UnderWay(s),
        ];
        if (current is { DecidedOn: null })
        {
            return [.. Reviewing.UnderWay(s, current), .. amending];
        }

        // The next year begins once everybody was told how the last one ended, and has its report.
        return (current is null ? Relocating.Since(s) ?? issued : current.ReportSentOn is null ? null : Reviewing.ToldOn(s, current)) is { } since
            ? [.. amending, .. PlanCeasings.Considered(s, since), .. PlanAmendments.WithoutReview(s, since), .. Reassessing.Begun(s, since), .. NewBoards.Begun(s, since), .. Budgeting.Begun(s, since),
                .. Reviewing.Next(s, since, issued.AddYears(s.Person.Years))]
            : amending;
    }

    /// <summary>Draws of the plan's nth year.</summary>
    internal static bool Chance(VisibleCase s, string what, double probability) => s.Draw.Chance(what, probability, s.State.Reviews.Count);

    /// <summary>The same of what seldom happens, which a small simulation may have more often.</summary>
    internal static bool Seldom(VisibleCase s, string what, double probability) => Chance(s, what, probability * s.Person.Eventful);

    internal static int Between(VisibleCase s, string what, int low, int high) => s.Draw.Between(what, low, high, s.State.Reviews.Count);
}
