using System.Diagnostics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>Turns steps that people without an account send from their pages into deliveries, as the hub's other interfaces do.</summary>
internal static class Deliveries
{
    /// <summary>Creates a delivery for one step, with the current time.</summary>
    internal static Delivery Of(AssessmentId assessment, string messageId, Actor by, AssessmentInput input, TimeProvider time) => new()
    {
        Assessment = assessment,
        MessageId = messageId,
        By = by,
        ReceivedAt = time.GetUtcNow(),
        CorrelationId = Activity.Current?.TraceId.ToHexString(),
        Input = input,
    };
}
