namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Does what must be done when an assessment ends without a plan of this council.</summary>
internal static class Closing
{
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

    internal static bool MayEnd(Deciding d) => InputChecks.Open(d)
        && d.Require(d.State.Stage != Stage.Finalising, "already-finalised", "The plan has been finalised. A finalised plan can be ended only by ceasing it, not by withdrawing the request.");
}
