using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// The limits after a disputed decision, worked out a second time from the words of the regulations (SEND Regs 2014 regs 33-45, HESC Rules
/// r12, r20-21, SI 2017/1306) and by none of the hub's code or data.
/// </summary>
internal static class DisputesByHand
{
    internal const string Exceptional = "orderExceptionalCircumstances";

    // What each remedy asks for, with the days from the order, the concession or the agreement: reg 44(2), reg 45, reg 42.
    private static readonly Dictionary<Remedy, (string Ending, int Days, bool Relieved)[]> Asked = new()
    {
        [Remedy.Assess] = [("NotifyAssessment", 14, true), ("NoPlan", 70, true), ("FinalPlan", 98, true)],
        [Remedy.Reassess] = [("NotifyReassessment", 14, true), ("NoPlanAfterReassessment", 70, true), ("PlanAfterReassessment", 98, true)],
        [Remedy.MakePlan] = [("DraftPlan", 35, true), ("MadePlan", 77, true)],
        [Remedy.AmendContents] = [("AmendedPlan", 35, true)],
        [Remedy.NameInstitution] = [("NameInstitution", 14, true)],
        [Remedy.Reconsider] = [("Reconsider", 14, true)],
        [Remedy.ContinuePlan] = [("ContinuePlan", 0, false)],
        [Remedy.ContinueAndAmend] = [("ContinuePlanToAmend", 0, false), ("AmendContinuedPlan", 35, true)],
        [Remedy.CeasePlan] = [("CeasePlan", 0, false)],
    };

    /// <summary>Limits of the dispute itself, and of what was ordered, conceded or agreed.</summary>
    internal static IEnumerable<HandLimit> Of(Retelling story)
    {
        var dispute = story.Dispute;
        HandLimit? After(string key, DateOnly? from, int days) => from is { } on ? new HandLimit(key, on.AddDays(days), "") { From = on } : null;
        HandLimit? Working(string key, DateOnly? from, int days) =>
            from is { } on ? new HandLimit(key, Population.Calendar.WorkingDaysAfter(on, days), "") { From = on } : null;

        HandLimit?[] own =
        [
            .. dispute.Shown.Select(appeal => new HandLimit(appeal.Key, appeal.Due, "") { From = appeal.On }),
            Working("mediationCertificate", dispute.Last(MediationStep.NotWanted), 3),
            Working("mediationCertificateAfterMediation", dispute.Last(MediationStep.Ended), 3),
            Working("passHealthIssuesToIcb", dispute.Last(MediationStep.HealthIssuesRaised), 3),
            Working("deemedMediationCertificate", dispute.Last(MediationStep.NotArranged), 3),
            After("arrangeMediation", dispute.Last(MediationStep.Wanted), 30),
            After("arrangeHealthMediation", dispute.Last(MediationStep.HealthIssuesPassed), 30),
            .. dispute.Recommended.Select((on, n) => After(n == 0 ? "recommendationAnswer" : FormattableString.Invariant($"recommendationAnswer:{n + 1}"), on, 35)),
            // The Ombudsman's reading of a refusal taken back: 10 and 14 weeks from the day on which it was.
            After("reversalNoPlan", dispute.ReversedOn, 70),
            After("reversalFinalPlan", dispute.ReversedOn, 98),
        ];
        return own.OfType<HandLimit>().Concat(dispute.Remedies.SelectMany(remedy => Of(remedy, story)));
    }

    /// <summary>The day from which a limit is replaced; null where nothing takes its place.</summary>
    internal static DateOnly? ReplacedOn(HandLimit limit, Retelling story)
    {
        DateOnly? first = null;
        foreach (var remedy in story.Dispute.Remedies)
        {
            if (remedy.On > limit.From && Replaces(remedy, limit.Key) && !(first <= remedy.On))
            {
                first = remedy.On;
            }
        }

        return first;
    }

    private static IEnumerable<HandLimit> Of(ToldRemedy remedy, Retelling story)
    {
        // Reg 42(3) and (4): what cannot be appealed within two weeks, or as agreed; the board's word within one week, whatever was agreed.
        if (remedy.Remedy == Remedy.NotAppealable)
        {
            return [new HandLimit("carryOutMediationAgreement", remedy.Other ?? remedy.On.AddDays(14), "") { From = remedy.On, Remedy = remedy.Remedy }];
        }

        if (remedy.Remedy == Remedy.BoardOnly)
        {
            return [new HandLimit("boardReportsAgreement", remedy.On.AddDays(7), "") { From = remedy.On, Remedy = remedy.Remedy }];
        }

        return Asked[remedy.Remedy].Select(asked =>
        {
            var due = remedy.Other ?? remedy.On.AddDays(asked.Days);
            // Regs 44(3) and 45(7); an agreement has no relief.
            var relieved = asked.Relieved && remedy.Way != "agreement"
                && story.Exceptions.Values.Any(e => e.Ground == Ground.OrderExceptionalCircumstances && e.From <= due && e.To >= remedy.On);
            return new HandLimit(remedy.Way + asked.Ending, due, relieved ? Exceptional : "") { From = remedy.On, Remedy = remedy.Remedy };
        });
    }

    private static bool Replaces(ToldRemedy remedy, string key)
    {
        // The later of two for the same thing holds, whichever way it came about.
        foreach (var way in new[] { "order", "concession", "agreement" })
        {
            if (key.StartsWith(way, StringComparison.Ordinal) && Asked.TryGetValue(remedy.Remedy, out var asked)
                && (asked.Any(a => a.Ending == key[way.Length..]) && remedy.Remedy != Remedy.Reconsider && remedy.Remedy != Remedy.CeasePlan))
            {
                return true;
            }
        }

        return remedy.Remedy switch
        {
            Remedy.Assess => key is "notifyNoPlan" or "draftBy" or "finalPlan" or "reversalNoPlan" or "reversalFinalPlan",
            Remedy.MakePlan => key is "draftBy" or "finalPlan" or "reversalFinalPlan" or "orderFinalPlan" or "concessionFinalPlan" or "agreementFinalPlan",
            _ => false,
        };
    }
}
