namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Does what must be done when an assessment ends without a plan of this council.</summary>
internal static class Closing
{
    /// <summary>The reason with which requests for advice are withdrawn after the request for an assessment was withdrawn.</summary>
    internal const string RequestWithdrawn = "The request for an assessment was withdrawn.";

    /// <summary>The reason with which requests for advice are withdrawn after a move that ended the assessment.</summary>
    internal const string FamilyMoved = "The family moved, and another council is responsible.";

    /// <summary>The reason with which requests for advice are withdrawn after the plan has ceased.</summary>
    internal const string PlanCeased = "The plan is no longer maintained.";

    /// <summary>The reason with which requests for advice are withdrawn after the plan was transferred.</summary>
    internal const string PlanHandedOn = "Another council maintains the plan now.";

    /// <summary>Ends all open work on an assessment that has ended.</summary>
    internal static void Close(Deciding d, string reason)
    {
        WithdrawOpenRequests(d, reason);
        if (d.State.Stage is Stage.RefusedToAssess)
        {
            d.AddEffect(new PublishStatus(d.State.Stage));
        }
    }

    internal static void WithdrawOpenRequests(Deciding d, string reason)
    {
        foreach (var request in d.State.Requests.Where(r => r.IsOpen).ToList())
        {
            Asking.Settle(d, request, Advice.RequestStatus.Withdrawn, reason);
        }
    }

    /// <summary>Whether the family's move can end the assessment. A plan that has been made is transferred instead (reg 15).</summary>
    internal static bool MayMove(Deciding d) => InputChecks.Open(d)
        && d.Require(
            d.State.Stage != Stage.Finalising, "already-finalised", "The plan has been finalised and is being sent. Record the move once the plan has been sent to everybody: the plan is then transferred to the other council.");

    /// <summary>Whether the request can be withdrawn. A plan that the family was sent has been made (reg 14), and only the steps to cease it
    /// end it (CFA 2014 s45).</summary>
    internal static bool MayWithdraw(Deciding d) => InputChecks.Open(d)
        && d.Require(
            d.State.Stage != Stage.Finalising || !FinalPlanSent.WasSentToFamily(d.State), "already-finalised", "The final plan has already been sent to the family, so the request cannot be withdrawn any more. Once the plan has been sent to everybody, it can be ended by ceasing it.");
}
