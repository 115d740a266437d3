using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>One limit, worked out by hand.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Due">Its last day.</param>
/// <param name="RelievedBy">Grounds that relieve it, sorted, joined by commas.</param>
internal sealed record HandLimit(string Key, DateOnly Due, string RelievedBy)
{
    /// <summary>Day of the fact that it runs from.</summary>
    internal DateOnly From { get; init; }

    /// <summary>For what was ordered, conceded or agreed: what.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>Day from which another limit runs in its place.</summary>
    internal DateOnly? ReplacedOn { get; init; }
}

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
        var refused = story.Assesses == false || (story.Assesses is not null && story.WasTold(NoticeKind.WillNotAssess));
        var stands = refused && !story.AssessmentRegained;
        void Add(string key, DateOnly due, string relieved = "", DateOnly? from = null) => limits.Add(new HandLimit(key, due, relieved) { From = from ?? received });
        string Statutory(int days) => Relief(story, received, received.AddDays(days), null, closures: true);

        if (refused)
        {
            Add("notifyRefusalToAssess", received.AddDays(42));
        }

        Add("decideWhetherToAssess", received.AddDays(42), refused ? "" : Statutory(42));
        if (!stands)
        {
            foreach (var (id, request) in story.Requests)
            {
                if (request.ReceivedByBodyOn is { } at)
                {
                    Add($"advice:{id}", at.AddDays(42), Relief(story, at, at.AddDays(42), request, closures: false), at);
                }
            }

            Add("notifyNoPlan", received.AddDays(112), Statutory(112));
            foreach (var (institution, asked) in story.Institutions)
            {
                Add($"institutionResponse:{institution}", asked.On.AddDays(15), "", asked.On);
            }

            if (story.DraftServedOn is { } served)
            {
                Add("familyRepresentations", served.AddDays(14), "", served);
            }
        }

        var noPlan = story.Issues == false || (story.Issues is not null && story.WasTold(NoticeKind.NoPlan)) ? story.SentToFamily(NoticeKind.NoPlan) : null;
        if (!stands && (noPlan is null || story.Issues == true))
        {
            Add("draftBy", received.AddDays(110));
            Add("finalPlan", received.AddDays(140), Statutory(140));
        }

        var issued = story.SentToFamily(NoticeKind.FinalPlan);
        if (issued is { } made && !stands)
        {
            Add("finalPlanNotice", made, "", made);
            Add("firstReview", made is { Month: 2, Day: 29 } ? new DateOnly(made.Year + 1, 2, 28) : made.AddYears(1).AddDays(-1), "", made);
        }

        // A refusal that was given up, or conceded too late for reg 45, can no longer be appealed; one that was overturned stays the last decision.
        var refusal = stands || (refused && !story.GivenUp) ? story.SentToFamily(NoticeKind.WillNotAssess) : null;

        // What was decided of an issued plan since begins the time again: that it stays, that it is amended or not after all, that it ceases, that
        // there is no re-assessment.
        var later = story.Notices.Values.Where(n => n is
        {
            To: RecipientRole.Family, Kind: NoticeKind.NoChange or NoticeKind.AmendedPlan
            or NoticeKind.PlanKeptAfterReview or NoticeKind.NotAmendedAfterAll or NoticeKind.PlanCeases or NoticeKind.WillNotReassess
        }).Max(n => n.SentOn);
        later = Later(later, Later(story.Life.Taken?.IssuedOn, story.Life.Taken?.LastReviewedOn));
        if ((later ?? (stands ? refusal : issued ?? noPlan ?? refusal)) is { } told)
        {
            // Rule 20(1)(c): two months from the notice, or one from the certificate where that is later.
            var certified = story.Dispute.Last(MediationStep.CertificateIssued)?.AddMonths(1);
            Add("appeal", Calendar.AfterVacation(certified > told.AddMonths(2) ? certified.Value : told.AddMonths(2)), "", told);
            Add("contactMediationAdviser", told.AddMonths(2), "", told);
        }

        limits.AddRange(LifeByHand.Of(story, issued));
        limits.AddRange(ReassessmentsByHand.Of(story));
        limits.AddRange(BoardsByHand.Of(story));
        limits.AddRange(BudgetsByHand.Of(story));
        if (!story.IsDisputed)
        {
            return limits;
        }

        limits.AddRange(DisputesByHand.Of(story));
        return limits.ConvertAll(limit => limit with { ReplacedOn = DisputesByHand.ReplacedOn(limit, story) });
    }

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other ?? one : one;

    internal static string Relief(Retelling story, DateOnly first, DateOnly last, ToldRequest? advice, bool closures)
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
