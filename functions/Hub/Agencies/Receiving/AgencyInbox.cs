using System.Security.Cryptography;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Puts each message from an agency into an assessment's inbox only once, and returns whether the message was accepted, refused or
/// must be delivered again.</summary>
public sealed class AgencyInbox(TakeInput take, TimeProvider time)
{
    /// <summary>Puts one input into the inbox of an assessment. When the method returns, the input has been stored durably and
    /// processed.</summary>
    internal async ValueTask<IntakeResult> BringAsync(
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
                IntakeResult.Refused("EventIdReused", "Another message has already been received under this id. Send a new message under a new id."),
            { Outcome.Refusal.Code: Refusals.StoreUnavailable } => IntakeResult.Again,
            { Outcome.Refusal: { } refusal } => IntakeResult.Refused(refusal.Code, refusal.Reason),
            _ => IntakeResult.Done,
        };
    }
}
