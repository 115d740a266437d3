using IntegrationHub.Contracts.Advice;
using IntegrationHub.Local.Simulation.Population;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Simulation.Invariants;

/// <summary>One limit, worked out by hand.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Due">Its last day.</param>
/// <param name="RelievedBy">Grounds that relieve it, sorted, joined by commas.</param>
internal sealed record HandLimit(string Key, DateOnly Due, string RelievedBy);

/// <summary>
/// The statutory limits of a case worked out a second time, straight from the words of the regulations and by none of the hub's code or
/// data: 42, 112 and 140 days from the request (regs 5, 10, 13), 42 from a body's receipt (reg 8(1)), 15 for the family (reg 13(1)) and
/// the institution (Code 9.83), a year for the first review (CFA 2014 s44), two months for an appeal (CFA 2014 s51; TPR r20, r12).
/// </summary>
internal static class LimitsByHand
{
    internal static List<HandLimit> Of(Retelling story)
    {
        var limits = new List<HandLimit>();
        var received = story.Received;
        var refused = story.Assesses == false;
        void Add(string key, DateOnly due, string relieved = "") => limits.Add(new HandLimit(key, due, relieved));
        string Statutory(int days) => Relief(story, received, received.AddDays(days), null, closures: true);

        if (refused)
        {
            Add("notifyRefusalToAssess", received.AddDays(42));
        }

        Add("decideWhetherToAssess", received.AddDays(42), refused ? "" : Statutory(42));
        if (!refused)
        {
            foreach (var (id, request) in story.Requests)
            {
                if (request.ReceivedByBodyOn is { } at)
                {
                    Add($"advice:{id}", at.AddDays(42), Relief(story, at, at.AddDays(42), request, closures: false));
                }
            }

            Add("notifyNoPlan", received.AddDays(112), Statutory(112));
            foreach (var (institution, asked) in story.Institutions)
            {
                Add($"institutionResponse:{institution}", asked.On.AddDays(15));
            }

            if (story.DraftServedOn is { } served)
            {
                Add("familyRepresentations", served.AddDays(14));
            }
        }

        var noPlan = story.Issues == false ? story.SentToFamily(NoticeKind.NoPlan) : null;
        if (!refused && noPlan is null)
        {
            Add("draftBy", received.AddDays(110));
            Add("finalPlan", received.AddDays(140), Statutory(140));
        }

        var issued = story.SentToFamily(NoticeKind.FinalPlan);
        if (issued is { } made)
        {
            Add("finalPlanNotice", made);
            Add("firstReview", made is { Month: 2, Day: 29 } ? new DateOnly(made.Year + 1, 2, 28) : made.AddYears(1).AddDays(-1));
        }

        if ((refused ? story.SentToFamily(NoticeKind.WillNotAssess) : issued ?? noPlan) is { } told)
        {
            Add("appeal", AfterVacation(told.AddMonths(2)));
            Add("contactMediationAdviser", told.AddMonths(2));
        }

        return limits;
    }

    /// <summary>Tribunal rules r12: a last day in August, or from Christmas to New Year, moves to the next working day after it.</summary>
    private static DateOnly AfterVacation(DateOnly last) => last switch
    {
        { Month: 8 } => Calendar.OnWorkingDay(new DateOnly(last.Year, 9, 1)),
        { Month: 12, Day: >= 25 } => Calendar.OnWorkingDay(new DateOnly(last.Year + 1, 1, 2)),
        { Month: 1, Day: 1 } => Calendar.OnWorkingDay(new DateOnly(last.Year, 1, 2)),
        _ => last,
    };

    private static string Relief(Retelling story, DateOnly first, DateOnly last, ToldRequest? advice, bool closures)
    {
        var grounds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (ground, from, to) in story.Exceptions.Values)
        {
            var shared = Math.Min(to.DayNumber, last.DayNumber) - Math.Max(from.DayNumber, first.DayNumber) + 1;
            switch (ground)
            {
                case Ground.ExceptionalCircumstances when shared > 0:
                    grounds.Add("exceptionalCircumstances");
                    break;
                case Ground.AbsentFromArea when shared >= 28:
                    grounds.Add("absentFromArea");
                    break;
                case Ground.SchoolClosed or Ground.EarlyYearsProviderClosed when closures && Closed(story, from, to, last):
                    grounds.Add(ground == Ground.SchoolClosed ? "schoolClosed" : "earlyYearsProviderClosed");
                    break;
            }
        }

        if (advice is not null && advice.Missed.Any(day => day >= first && day <= last))
        {
            grounds.Add("missedAppointment");
        }

        return string.Join(',', grounds);
    }

    private static bool Closed(Retelling story, DateOnly from, DateOnly to, DateOnly last) =>
        to.DayNumber - from.DayNumber + 1 >= 28
        && story.Requests.Values.Any(r => r.Kind == AdviceKind.Educational && r.RequestedOn >= from.AddDays(-7) && r.RequestedOn <= to.AddDays(1 - 7) && r.RequestedOn <= last);
}
