using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Checks that several operator steps need: that a request to an agency is open, or that an effect has failed.</summary>
internal static class OperatorChecks
{
    internal static AdviceRequest? Open(Deciding d, string requestId)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        return AdviceRounds.Require(d, request)
            && d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(request!.IsOpen, "request-settled", "This request is no longer open.")
            && d.Require(request.Agency is not null, "family-is-asked", "The system does not remind the family. Speak to the family yourself.")
                ? request
                : null;
    }

    internal static FailedEffect? Failed(Deciding d, string effectId)
    {
        var failed = d.State.FailedEffects.FirstOrDefault(f => f.EffectId == effectId);
        return d.Require(failed is not null, "not-failed", "There is no failed action with this id. An action that is still being tried continues automatically.") ? failed : null;
    }

    internal static void Resolve(Deciding d, FailedEffect failed, string how)
    {
        if (d.State.Attention.Any(a => a.Id == Effects.AttentionId(failed.EffectId)))
        {
            d.Happened(new AttentionResolved(Effects.AttentionId(failed.EffectId), how));
        }
    }
}
