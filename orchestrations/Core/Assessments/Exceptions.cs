using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Statutory exceptions: a limit ceases to bind, its day never moves. Regs 5(4), 8(2), 10(4), 13(3); Code 9.43.</summary>
internal static class Exceptions
{
    internal static void Claim(Deciding d, ClaimException input)
    {
        if (!Form.Open(d)
            || !Form.Id(d, input.ExceptionId, "The exception's id")
            || !d.Require(d.State.Exceptions.All(e => e.Id != input.ExceptionId), "already-claimed", "An exception with this id is on record already.")
            || !d.Require(
                input.Ground is Ground.SchoolClosed or Ground.EarlyYearsProviderClosed or Ground.ExceptionalCircumstances or Ground.AbsentFromArea,
                "not-claimed-this-way",
                "Only the grounds of regs 5(4), 10(4) and 13(3) are claimed; a missed appointment is recorded with the request it belongs to.")
            || !d.Require(input.To >= input.From, "ends-before-it-begins", "The exception ends before it begins.")
            || !Form.Text(d, input.Evidence, "The evidence")
            || !Form.Text(d, input.WhyImpractical, "Why it made keeping the limit impractical"))
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
        var relieved = Clock.WouldRelieve(ClockFacts.Fact(claimed), ClockFacts.Of(d.State), d.Rules.Law, d.Rules.Counting);
        if (d.Require(
            relieved.Any(l => Limits.Progress(l, d.State, d.Today).Standing is LimitStanding.Open or LimitStanding.Missed or LimitStanding.MetLate),
            "relieves-nothing",
            WhyNothing(input.Ground)))
        {
            d.Happened(new ExceptionClaimed(claimed));

            // Code 9.43: the family is told that an exception applies and why.
            Notices.Tell(d, NoticeKind.ExceptionApplies, RecipientRole.Family, exceptionId: claimed.Id);
        }
    }

    internal static void End(Deciding d, EndException input)
    {
        var claimed = d.State.Exceptions.FirstOrDefault(e => e.Id == input.ExceptionId);
        if (d.Require(claimed is not null, "unknown-exception", "There is no such exception in this assessment.")
            && d.Require(!claimed!.TakenBack, "taken-back", "This exception was taken back already.")
            && d.Require(input.EndedOn is not { } end || end >= claimed.From, "ends-before-it-begins", "The exception would end before it begins.")
            && d.Require(input.EndedOn != claimed.To, "nothing-changed", "This is the end on record.")
            && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new ExceptionEnded(claimed.Id, input.Reason, input.EndedOn));
        }
    }

    internal static void Explain(Deciding d, RecordDelayReason input)
    {
        if (Form.Open(d) && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new DelayExplained(d.Today, input.Reason));
        }
    }

    private static string WhyNothing(Ground ground) => ground switch
    {
        Ground.SchoolClosed or Ground.EarlyYearsProviderClosed =>
            "This closure relieves no limit: it counts only when it lasts four weeks or more without a break and the head's advice was asked for between one week before it and one week before reopening.",
        Ground.AbsentFromArea => "This absence relieves no limit: at least four weeks in a row must fall inside a limit's own period.",
        _ => "These circumstances relieve no limit: no day of them falls inside the period of a limit that is still to be met.",
    };
}
