using System.Globalization;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Handles statutory exceptions. An exception gives relief from a time limit, but never changes the last day of the limit. Regs
/// 5(4), 8(2), 10(4), 13(3); Code 9.43.</summary>
internal static class Exceptions
{
    internal static void Claim(Deciding d, ClaimException input)
    {
        // Most actions under an order or a concession, and all of a re-assessment, take place after the assessment has ended (reg 27(3)).
        var rule = d.Rules.LawOf(d.State).Ground(input.Ground);
        if (!(rule is { List: GroundList.TribunalOrder } || Reassessments.IsUnderWay(d.State) || AdviceRounds.RequireOpen(d))
            || !InputChecks.Id(d, input.ExceptionId, "The exception's id")
            || !d.Require(d.State.Exceptions.All(e => e.Id != input.ExceptionId), "already-claimed", "An exception with this id is already recorded.")
            || !d.Require(
                rule is { Test.Kind: not GroundTestKind.Appointment },
                "not-claimed-this-way",
                "Record a missed appointment with the request for advice to which it belongs. Use this step for the other statutory grounds.")
            || !InputChecks.Text(d, input.Evidence, "The evidence")
            || !InputChecks.Text(d, input.WhyImpractical, "Why it was impractical to meet the limit"))
        {
            return;
        }

        var claimed = new ClaimedException
        {
            Id = input.ExceptionId,
            Ground = input.Ground,
            From = input.From,
            To = input.To,
            Evidence = input.Evidence,
            WhyImpractical = input.WhyImpractical,
            ClaimedOn = d.Today,
            ClaimedBy = d.By.Id,
        };
        var relieved = Clock.RelievableBy(ClockFacts.Fact(claimed), ClockFacts.Of(d.State), d.Rules.LawOf(d.State), d.Rules.Counting);
        if (d.Require(
            relieved.Any(l => Limits.Progress(l, d.State, d.Today).Standing is LimitStatus.Open or LimitStatus.Missed or LimitStatus.MetLate),
            "relieves-nothing",
            WhyNothing(rule!)))
        {
            d.Happened(new ExceptionClaimed(claimed));

            // Under Code 9.43 the family is notified that an exception applies and why.
            Notices.TellFamily(d, NoticeKind.ExceptionApplies, exceptionId: claimed.Id);
        }
    }

    internal static void End(Deciding d, EndException input)
    {
        var claimed = d.State.Exceptions.FirstOrDefault(e => e.Id == input.ExceptionId);
        if (d.Require(claimed is not null, "unknown-exception", "There is no exception with this id in this assessment.")
            && d.Require(!claimed!.TakenBack, "taken-back", "This exception has already been withdrawn.")
            && d.Require(input.EndedOn != claimed.To, "nothing-changed", "This last day is already recorded.")
            && InputChecks.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new ExceptionEnded(claimed.Id, input.Reason, input.EndedOn));
        }
    }

    internal static void Explain(Deciding d, RecordDelayReason input)
    {
        if (InputChecks.Open(d) && InputChecks.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new DelayExplained(d.Today, input.Reason));
        }
    }

    private static string WhyNothing(ExceptionGround rule) => rule.Test switch
    {
        { Kind: GroundTestKind.Closure } test => string.Create(
            CultureInfo.InvariantCulture,
            $"This closure gives no relief from any time limit. A closure must last at least {test.MinimumDays} days without a break, and the head teacher's advice must have been requested between {test.AskedFromDaysBefore} days before the closure and {test.AskedUntilDaysBefore} days before reopening."),
        { Kind: GroundTestKind.DaysInARow } test => string.Create(
            CultureInfo.InvariantCulture, $"This absence gives no relief from any time limit. The absence must include at least {test.MinimumDays} days in a row within the period of a time limit."),
        _ => "These circumstances give no relief from any time limit. None of the claimed days falls within the period of a time limit that must still be met.",
    };
}
