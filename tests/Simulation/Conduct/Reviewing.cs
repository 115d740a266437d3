using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>A review: arranged, sometimes moved, invited to, its papers sent, held, reported on and decided.</summary>
internal static class Reviewing
{
    // Assumptions: nothing is published on how often a review comes early, a meeting is moved, or invitations, papers and reports are late.
    private const double Early = 0.05;
    private const double MeetingMoved = 0.07;
    private const double LateInvitation = 0.08;
    private const double LatePapers = 0.25;
    private const double LateReport = 0.25;
    private const double EnteredLater = 0.1;

    private static readonly PlanSectionLetter[] Provision = [PlanSectionLetter.F, PlanSectionLetter.G, PlanSectionLetter.H1, PlanSectionLetter.H2];

    /// <summary>The day on which the last of the family and the institution was sent what was decided; null while one was not.</summary>
    internal static DateOnly? ToldOn(VisibleCase s, PlanReview review)
    {
        var kind = review.Decided switch { ReviewChoice.Keep => NoticeKind.PlanKeptAfterReview, ReviewChoice.Amend => NoticeKind.PlanToBeAmended, _ => NoticeKind.PlanCeases };
        var told = s.State.Notices.Where(n => n.Kind == kind && n.Occasion == review.Number).ToList();
        return told.Count > 0 && told.TrueForAll(n => n.SentOn is not null) ? told.Max(n => n.SentOn) : null;
    }

    /// <summary>The next review, unless its meeting would be after the time that is simulated.</summary>
    internal static IEnumerable<Act> Next(VisibleCase s, DateOnly since, DateOnly until)
    {
        var number = s.State.Reviews.Count + 1;
        var early = Living.Chance(s, "review early", Early);
        var meeting = Calendar.OnWorkingDay(since.AddDays(early ? Living.Between(s, "review after", 90, 240)
            : Living.Chance(s, "review late", Living.LateReview) ? Living.Between(s, "review after", 350, 460)
            : Living.Between(s, "review after", 285, 330)));
        if (Transferring.Pending(s) is { } transfer && Transferring.AskedOn(s, transfer) is { } asked)
        {
            // Reg 18: the review comes before the transfer, whenever the last one was.
            var before = Calendar.OnWorkingDay((since > asked ? since : asked).AddDays(s.Draw.Between("review before the transfer", 28, 48, transfer.On.Year)));
            (meeting, early) = before < meeting ? (before, true) : (meeting, early);
        }

        var complies = NewBoards.AsksToReview(s) is { } wished ? Calendar.OnWorkingDay((since > wished ? since : wished).AddDays(s.Draw.Between("review for the new board", 35, 70, wished.DayNumber))) : meeting;
        (meeting, early) = complies < meeting ? (complies, true) : (meeting, early);
        if (meeting > until && NewBoards.AsksToReview(s) is null)
        {
            yield break;
        }

        var bySchool = s.State.Placement?.Institution is not null && !Living.Chance(s, "council holds it", 0.1);
        yield return VisibleCase.Office(
            meeting.AddDays(-Living.Between(s, "arranged before", 26, 45)),
            FormattableString.Invariant($"review-{number}"),
            () => new ArrangeReview(
                meeting < s.Today.AddDays(16) ? Calendar.OnWorkingDay(s.Today.AddDays(20)) : meeting,
                bySchool ? ReviewArranger.School : ReviewArranger.Council,
                Enum.GetValues<ReviewInvitee>(),
                EarlyBecause: early ? "The family or the new ICB asked for it, or the phase transfer comes." : null));
    }

    internal static IEnumerable<Act> UnderWay(VisibleCase s, PlanReview review) => review.HeldOn is { } held ? AfterMeeting(s, review, held) : BeforeMeeting(s, review);

    /// <summary>The report of the last meeting; some come after the council has decided.</summary>
    internal static IEnumerable<Act> Report(VisibleCase s)
    {
        if (s.State.Reviews is [.., { HeldOn: { } held, ReportSentOn: null } review])
        {
            var after = Living.Chance(s, "report late", LateReport) ? Living.Between(s, "reported after", 15, 45) : Living.Between(s, "reported after", 3, 13);
            yield return VisibleCase.Office(held.AddDays(after), FormattableString.Invariant($"report-{review.Number}"), () => new RecordReviewReport(s.Today, Choice(s), "What the meeting found."));
        }
    }

    private static IEnumerable<Act> BeforeMeeting(VisibleCase s, PlanReview review)
    {
        var (meeting, key) = (review.MeetingOn, FormattableString.Invariant($"{review.Number}-{review.MeetingOn:yyyyMMdd}"));
        if (Living.Chance(s, "meeting moved", MeetingMoved))
        {
            yield return VisibleCase.Office(meeting.AddDays(-12), FormattableString.Invariant($"review-{review.Number}-moved"), () => new ArrangeReview(
                Calendar.OnWorkingDay(s.Today.AddDays(30)), review.ArrangedBy, Enum.GetValues<ReviewInvitee>()));
        }

        if (review.InvitedOn is null)
        {
            var before = Living.Chance(s, "invited late", LateInvitation) ? Living.Between(s, "invited before", 2, 12) : Living.Between(s, "invited before", 16, 24);
            yield return VisibleCase.Office(meeting.AddDays(-before), $"invite-{key}", () => new RecordReviewInvitations(s.Today));
        }

        if (review.PapersSentOn is null)
        {
            var before = Living.Chance(s, "papers late", LatePapers) ? Living.Between(s, "papers before", 1, 12) : Living.Between(s, "papers before", 16, 20);
            yield return VisibleCase.Office(meeting.AddDays(-before), $"papers-{key}", () => new RecordReviewPapers(s.Today, "The school's report, the therapist's report and the family's views."));
        }

        var entered = meeting.AddDays(Living.Chance(s, "meeting entered later", EnteredLater) ? Living.Between(s, "meeting entered after", 1, 6) : 0);
        yield return VisibleCase.Office(entered, $"held-{key}", () => new RecordReviewMeeting(
            meeting,
            "The family, the school and the council's officer.",
            [.. Lines(s, PlanSectionLetter.E).Select((line, n) => new OutcomeReviewed(line, (OutcomeStatus)Living.Between(s, $"outcome {n}", 0, 2)))],
            [.. Lines(s, Provision).Select((line, n) => Living.Chance(s, $"provision {n}", 0.85) ? new ProvisionReviewed(line, true) : new ProvisionReviewed(line, false, "The post was vacant."))],
            "The family is content with the school.",
            "Likes the small group.",
            "What comes after school was spoken of."));
    }

    private static IEnumerable<Act> AfterMeeting(VisibleCase s, PlanReview review, DateOnly held)
    {
        var number = review.Number;
        var choice = Choice(s);
        var soon = Transferring.Pending(s) is null ? Living.DecidedInTime : Transferring.DecidedInTime;
        var on = held.AddDays(Living.Chance(s, "decided in time", soon) ? Living.Between(s, "decided after", 14, 26) : Living.Between(s, "decided after", 30, 80));
        if (choice == ReviewChoice.Amend)
        {
            yield return PlanAmendments.Edit(s, on, FormattableString.Invariant($"amend-{number}"));
        }

        // The amendments before these must be finished first; until then the decision is refused and made again a week later.
        yield return PlanMaking.Again(s, on, FormattableString.Invariant($"conclude-{number}"), () => new DecideAfterReview(
            choice,
            "On the school's report.",
            choice == ReviewChoice.Amend ? "Section F: the therapy as the report recommends." : null,
            choice == ReviewChoice.Cease ? "By letter, the family and the school each." : null));
    }

    /// <summary>Ceasing at 12 is 13 in 28,707; how it rises with age is an assumption. At 25 a plan ends.</summary>
    private static ReviewChoice Choice(VisibleCase s)
    {
        var ceases = Age(s) switch { < 16 => 0.002, < 19 => 0.08, < 24 => 0.3, _ => 1 };
        return Living.Chance(s, "review ceases", ceases) ? ReviewChoice.Cease
            : Transferring.Pending(s) is not null || Living.Chance(s, "review amends", Living.Amends) ? ReviewChoice.Amend
            : ReviewChoice.Keep;
    }

    private static int Age(VisibleCase s)
    {
        var born = s.State.Facts!.Child.DateOfBirth;
        return s.Today.Year - born.Year - (s.Today < born.AddYears(s.Today.Year - born.Year) ? 1 : 0);
    }

    private static IEnumerable<string> Lines(VisibleCase s, params PlanSectionLetter[] sections) =>
        s.State.NewestPlan!.Sections.Where(section => sections.Contains(section.Letter)).SelectMany(section => section.Lines).Select(line => line.Id);
}
