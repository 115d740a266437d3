using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Due;

/// <summary>How an effect ended, by its last attempt.</summary>
internal static class EffectEnds
{
    /// <summary>Null: it is tried again.</summary>
    internal static EffectEnd? Of(EffectAttempt attempt) => attempt switch
    {
        { RetryAt: not null } => null,
        { Result.Fault: EffectFault.None } => EffectEnd.Done,
        { Result.Fault: EffectFault.Permanent } => EffectEnd.Permanent,
        _ => EffectEnd.NeedsHuman,
    };
}
