using System.Diagnostics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>What the pages send is delivered as what comes through every other door.</summary>
internal static class Deliveries
{
    /// <summary>One step, now.</summary>
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
