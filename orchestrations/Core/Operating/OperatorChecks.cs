using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What several operator actions need: an open request to an agency, or a failed effect.</summary>
internal static class OperatorChecks
{
    internal static AdviceRequest? Open(Deciding d, string requestId)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        return AdviceRounds.Require(d, request)
            && d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(request!.IsOpen, "request-settled", "This request is settled.")
            && d.Require(request.Agency is not null, "family-is-asked", "The family is not reminded by the system; speak to it.")
                ? request
                : null;
    }

    internal static FailedEffect? Failed(Deciding d, string effectId)
    {
        var failed = d.State.FailedEffects.FirstOrDefault(f => f.EffectId == effectId);
        return d.Require(failed is not null, "not-failed", "No failed effect with this id waits. One that is still being tried continues automatically.") ? failed : null;
    }

    internal static void Resolve(Deciding d, FailedEffect failed, string how)
    {
        if (d.State.Attention.Any(a => a.Id == Effects.AttentionId(failed.EffectId)))
        {
            d.Happened(new AttentionResolved(Effects.AttentionId(failed.EffectId), how));
        }
    }
}
