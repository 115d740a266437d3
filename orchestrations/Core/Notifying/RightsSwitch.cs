using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// At the end of compulsory school age the rights pass from the parent to the young person (CFA 2014 s83(2)). The parent and the young
/// person are notified once, on the first day on which the young person holds the rights, if the case is open. If a young person lacks
/// capacity, the parent still exercises the rights (reg 64), and no letter is sent.
/// </summary>
internal static class RightsSwitch
{
    /// <summary>
    /// The number of days after which no letter is sent automatically and an officer decides. A letter can be late if the hub was down, if
    /// the case was closed on the due day and is open again, or if a date of birth was corrected.
    /// </summary>
    private const int LateDays = 31;

    /// <summary>The first day on which the young person holds the rights.</summary>
    internal static DateOnly DayOf(OpeningFacts facts) => Age.EndOfCompulsorySchoolAge(facts.Child.DateOfBirth).AddDays(1);

    /// <summary>The day on which the letters about the rights are due, or null if that day is not in the future.</summary>
    internal static DateOnly? NextDay(AssessmentState state, DateOnly today) => Expected(state) is { } day && day > today ? day : null;

    /// <summary>Notifies the parents and the young person once the young person holds the rights. Nobody is notified of a change
    /// that took place more than a year ago.</summary>
    internal static void TellWhenPassed(Deciding d)
    {
        if (Expected(d.State) is not { } day || d.Today < day || d.Today > day.AddYears(1))
        {
            return;
        }

        var like = WorkingLetters.Next(d, NoticeKind.RightsPassedOn, RecipientRole.Family);
        Plan(d, like, day);
        foreach (var parent in d.State.People.Where(p => p.ParentalResponsibility).ToList())
        {
            Plan(d, like with { Person = parent.Id }, day);
        }

        TellTheYoungPerson(d);
        if (YoungPeople(d.State).Count == 0)
        {
            d.AskAttention("young-person", "The young person holds the rights now. Record the young person with their address (record-person), so that they are notified of the transfer of rights and of everything that follows.");
        }
    }

    /// <summary>Once the parents have been notified, notifies a young person who is on record and has not been notified yet.</summary>
    internal static void TellTheYoungPerson(Deciding d)
    {
        if (d.State.Notices.All(n => n.Kind != NoticeKind.RightsPassedOn) || d.State.Notices.Any(n => n.Kind == NoticeKind.RightsAreYours))
        {
            return;
        }

        foreach (var young in YoungPeople(d.State))
        {
            Plan(d, WorkingLetters.Next(d, NoticeKind.RightsAreYours, RecipientRole.Family) with { Occasion = 1, Person = young.Id }, DayOf(d.Facts));
            if (d.State.Attention.Any(a => a.Id == "young-person"))
            {
                d.Happened(new AttentionResolved("young-person", "recorded"));
            }
        }
    }

    /// <summary>Asks an officer to record a young person to whom the rights passed after the request and before the assessment was taken
    /// over. The earlier system had to send the letters about this, but everything that follows must be sent to the young person.</summary>
    internal static void AskForTheYoungPerson(Deciding d)
    {
        if (d.Facts is { Route: not RequestRoute.YoungPerson } facts && facts.Capacity is not { LacksCapacity: true } && DayOf(facts) is var day && day > facts.ReceivedOn && day <= d.Today)
        {
            d.AskAttention("young-person", $"The young person has held the rights since {Words.Day(day, true)}, before the case was taken over. Record the young person with their address (record-person), so that they are notified of everything that follows.");
        }
    }

    private static DateOnly? Expected(AssessmentState state)
    {
        if (state.Facts is not { Route: not RequestRoute.YoungPerson } facts
            || facts.Capacity is { LacksCapacity: true }
            || (state.Stage.HasEnded() && !MaintainedPlan.IsMaintainedHere(state))
            || state.Notices.Any(n => n.Kind == NoticeKind.RightsPassedOn))
        {
            return null;
        }

        // If a plan or an assessment was taken over, the notices about everything that happened before the takeover were sent elsewhere.
        return DayOf(facts) is var day && day > (state.TakenOver?.On ?? state.TakenUnderWay?.On ?? facts.ReceivedOn) ? day : null;
    }

    private static void Plan(Deciding d, Notice notice, DateOnly day)
    {
        if (d.Today <= day.AddDays(LateDays))
        {
            WorkingLetters.Plan(d, notice);
            return;
        }

        WorkingLetters.PlanByHand(d, notice);
    }

    private static List<FamilyPerson> YoungPeople(AssessmentState state) => [.. state.People.Where(p => p.Role == PersonRole.YoungPerson)];
}
