using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// A re-assessment (regs 23 to 27): asked for, or the council's own decision, or what a new ICB asks for; agreed or refused; it ends with an
/// amended plan, or with the plan as it is.
/// </summary>
internal static class Reassessing
{
    // Assumptions: nothing is published on how often a re-assessment is asked for, by whom, or how it ends.
    private const double Asked = 0.03;
    private const double OnItsOwn = 0.004;
    private const double Agrees = 0.45;
    private const double AnsweredLate = 0.25;
    private const double Amends = 0.65;
    private const double EndsLate = 0.25;
    private const double WithException = 0.15;
    private const double EnteredLater = 0.2;

    /// <summary>The family, the institution, the ICB.</summary>
    private static readonly double[] By = [70, 20, 10];
    private static readonly RecipientRole[] Askers = [RecipientRole.Family, RecipientRole.NamedInstitution, RecipientRole.Icb];

    /// <summary>What begins one between two reviews.</summary>
    internal static IEnumerable<Act> Begun(VisibleCase s, DateOnly since)
    {
        if (s.State.Reassessment is { DecidedOn: null } || Reassessments.IsUnderWay(s.State))
        {
            yield break;
        }

        var year = s.State.Reviews.Count;
        if (Living.Seldom(s, "re-assessment asked for", Asked))
        {
            yield return VisibleCase.Office(
                since.AddDays(Living.Between(s, "re-assessment asked for after", 30, 220)),
                FormattableString.Invariant($"reask-{year}"),
                () => new RecordReassessmentRequest(Entered(s, since), Askers[s.Draw.Among("re-assessment asked for by", By, year)], "There are needs that the plan does not know."));
        }
        else if (Living.Seldom(s, "re-assesses on its own", OnItsOwn))
        {
            yield return VisibleCase.Office(
                since.AddDays(Living.Between(s, "re-assesses on its own after", 30, 220)),
                FormattableString.Invariant($"reassess-own-{year}"),
                () => new AgreeReassessment("A new report came from the hospital."));
        }
    }

    /// <summary>The answer to a request, and the end of what was agreed.</summary>
    internal static IEnumerable<Act> UnderWay(VisibleCase s)
    {
        var (draw, current) = (s.Draw, s.State.Reassessment);
        if (current is { DecidedOn: null, AskedOn: { } asked })
        {
            var agrees = NewBoards.AsksToAssess(s) || draw.Chance("agrees to re-assess", Agrees, asked.DayNumber);
            var after = draw.Chance("re-assessment answered late", AnsweredLate, asked.DayNumber)
                ? draw.Between("re-assessment answered after", 14, 45, asked.DayNumber) : draw.Between("re-assessment answered after", 2, 11, asked.DayNumber);
            yield return PlanMaking.Again(s, asked.AddDays(after), FormattableString.Invariant($"reassess-{asked:yyyyMMdd}"), () => agrees
                ? new AgreeReassessment("There may be new needs.")
                : new RefuseReassessment(asked, FormattableString.Invariant($"Nothing has changed since the plan was made, as asked on {asked:yyyy-MM-dd}.")));
        }
        else if (NewBoards.AsksToAssess(s) && !Reassessments.IsUnderWay(s.State) && s.State.IcbChange is { RequestedOn: { } wished })
        {
            yield return PlanMaking.Again(s, wished.AddDays(draw.Between("complies after", 3, 40, wished.DayNumber)), FormattableString.Invariant($"reassess-icb-{wished:yyyyMMdd}"),
                () => new AgreeReassessment("The new ICB asks for it."));
        }

        if (current is not { Agreed: true, DecidedOn: { } on } || s.State.AmendDecision?.On >= on || !DecideOnPlan.IsAwaited(s.State))
        {
            yield break;
        }

        var key = on.DayNumber;
        if (draw.Chance("exception in a re-assessment", WithException, key))
        {
            yield return VisibleCase.Office(on.AddDays(30), FormattableString.Invariant($"except-re-{on:yyyyMMdd}"),
                () => new ClaimException(FormattableString.Invariant($"re-{on:yyyyMMdd}"), Ground.ExceptionalCircumstances, on.AddDays(12), on.AddDays(28), "A letter.", "Nobody could be met."));
        }

        var decided = draw.Chance("re-assessment ends late", EndsLate, key) ? draw.Between("re-assessment ends after", 85, 130, key) : draw.Between("re-assessment ends after", 25, 60, key);
        yield return PlanMaking.Again(s, on.AddDays(decided), FormattableString.Invariant($"replan-own-{on:yyyyMMdd}"),
            () => new DecideOnPlan(draw.Chance("re-assessment amends", Amends, key), FormattableString.Invariant($"What was found since {on:yyyy-MM-dd}."), AskingAgain.NotWaitedFor(s)));
    }

    /// <summary>Some are entered days after they came.</summary>
    private static DateOnly Entered(VisibleCase s, DateOnly since) =>
        Living.Chance(s, "re-assessment entered later", EnteredLater) && s.Today.AddDays(-4) is var before && before >= since && before >= (s.State.TakenOver?.On ?? since) ? before : s.Today;
}
