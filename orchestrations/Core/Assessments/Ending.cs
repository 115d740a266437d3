namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Ways in which an assessment ends without a plan here.</summary>
internal static class Ending
{
    internal static void Withdraw(Deciding d, WithdrawRequest input)
    {
        if (MayEnd(d) && Form.Day(d, input.On, "The day of the withdrawal") && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new RequestWithdrawn(input.On, input.Reason));
            Close(d, "The request for an assessment was withdrawn.");
            d.Must(new PublishStatus(d.State.Stage));
        }
    }

    internal static void Move(Deciding d, MoveToAnotherCouncil input)
    {
        if (MayEnd(d)
            && d.Require(input.Council != d.Rules.Council.Code, "same-council", "The family has not left the council's area.")
            && Form.Day(d, input.MovedOn, "The day of the move") && Form.Day(d, input.BecameAwareOn, "The day on which the council became aware"))
        {
            d.Happened(new MovedToAnotherCouncil(input.Council, input.MovedOn, input.BecameAwareOn));
            d.AskAttention("hand-over", $"Pass what is held on to council {input.Council}: the family must not be asked again.");
            Close(d, "The family moved; another council is responsible.");
            d.Must(new PublishStatus(d.State.Stage));
        }
    }

    /// <summary>Nobody goes on working for an assessment that has ended.</summary>
    internal static void Close(Deciding d, string reason)
    {
        WithdrawOpenRequests(d, reason);
        if (d.State.Stage is Stage.RefusedToAssess)
        {
            d.Must(new PublishStatus(d.State.Stage));
        }
    }

    internal static void WithdrawOpenRequests(Deciding d, string reason)
    {
        foreach (var request in d.State.Requests.Where(r => r.IsOpen).ToList())
        {
            Asking.Settle(d, request, Advice.RequestStatus.Withdrawn, reason);
        }
    }

    private static bool MayEnd(Deciding d) => Form.Open(d)
        && d.Require(d.State.Stage != Stage.Finalising, "already-finalised", "The plan is finalised; what ends it now is ceasing the plan, not withdrawing the request.");
}
