using System.Security.Cryptography;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Puts agencies' messages into an assessment's inbox, once in the assessment's life, and returns what was decided.</summary>
public sealed class Inputs(TakeInput take, TimeProvider time)
{
    /// <summary>Brings one input in. When this returns, it is durable and decided.</summary>
    internal async ValueTask<Taken> BringAsync(
        AssessmentId assessment, string messageId, Actor by, string? correlationId, AssessmentInput input, CancellationToken cancellationToken)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, AssessmentJson.Default.AssessmentInput)));
        var submission = await take(
            new Delivery
            {
                Assessment = assessment,
                MessageId = messageId,
                By = by,
                ReceivedAt = time.GetUtcNow(),
                CorrelationId = correlationId,
                Fingerprint = fingerprint,
                Input = input,
            },
            null,
            cancellationToken);
        return submission switch
        {
            { Replayed: true, Outcome.Fingerprint: { } first } when first != fingerprint =>
                Taken.Refused("EventIdReused", "Another message came under this id before. A new message needs a new id."),
            { Outcome.Refusal.Code: Refusals.StoreAway } => Taken.Again,
            { Outcome.Refusal: { } refusal } => Taken.Refused(refusal.Code, refusal.Reason),
            _ => Taken.Done,
        };
    }
}
