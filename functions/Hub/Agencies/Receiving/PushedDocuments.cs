using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Stores the documents of unsolicited assessments, separately for each agency, until they are copied into the case to which the assessment
/// is attached. Nobody can download the documents from this folder, and no document is stored longer than the message that names it.
/// </summary>
public sealed class PushedDocuments(IDocumentStore documents, AttachmentStore attachments, HeldMessages held, HoldingOptions holding, TimeProvider time)
{
    private const string Root = "held/documents/";
    private const string DayForm = "yyyyMMdd";

    /// <summary>The folder for the documents that one agency uploads today.</summary>
    public string FolderFor(AgencyId agency) =>
        $"{Root}{LondonDate.Of(time.GetUtcNow()).ToString(DayForm, CultureInfo.InvariantCulture)}/{BusEntities.SubscriptionName(agency)}";

    /// <summary>Whether the hub has room for another document from this agency.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask<bool> HasRoomAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        var names = await documents.ListAsync(Root, cancellationToken);
        var own = $"/{BusEntities.SubscriptionName(agency)}/";
        return (names.Succeeded ? names.Value : throw new IOException(names.Reason))
            .Count(name => name.AsSpan(Root.Length + DayForm.Length).StartsWith(own, StringComparison.Ordinal)) < holding.MaxHeldDocuments;
    }

    /// <summary>
    /// The folder in which a document that this agency names must be, or null if the token is not one of the agency's own.
    /// </summary>
    internal static string? FolderOf(AttachmentRef claim, AgencyId agency)
    {
        var end = $"/{BusEntities.SubscriptionName(agency)}/{claim.Sha256}";
        return claim.Token.Length == Root.Length + DayForm.Length + end.Length
            && claim.Token.StartsWith(Root, StringComparison.Ordinal)
            && claim.Token.EndsWith(end, StringComparison.Ordinal)
            && claim.Token.AsSpan(Root.Length, DayForm.Length).IndexOfAnyExceptInRange('0', '9') < 0
                ? claim.Token[..^(claim.Sha256.Length + 1)]
                : null;
    }

    /// <summary>Copies the documents of a pushed assessment into a case.</summary>
    /// <returns>The advice, which now refers to the copies, or the reason why copying failed.</returns>
    internal async ValueTask<(AdviceContent? Advice, IntakeResult? Fault)> CarryAsync(AdviceContent advice, AgencyId sender, AssessmentId assessment, CancellationToken cancellationToken)
    {
        var by = DocumentSender.Of(new Actor { Role = ActorRole.Agency, Id = sender.Value, Agency = sender })!.Value;
        var copies = new List<AttachmentRef>();
        foreach (var claim in advice.Attachments)
        {
            var read = FolderOf(claim, sender) is { } folder ? await attachments.LookAtAsync(folder, claim.Sha256, cancellationToken) : StoreResult.Failed<byte[]>(KeepingOutcome.Missing, "");
            if (!read.Succeeded)
            {
                return (null, Fault(read.Outcome));
            }

            // The type was determined at the upload. The bytes alone do not show the type, because FHIR in JSON is also plain text.
            var kept = await attachments.KeepAsync(assessment, by, claim.FileName, new AttachmentForm(claim.ContentType, read.Value), cancellationToken);
            if (!kept.Succeeded)
            {
                return (null, Fault(kept.Outcome));
            }

            copies.Add(kept.Value);
        }

        return (advice with { Attachments = copies }, null);
    }

    /// <summary>Deletes documents that no held message names and that are older than the holding time of a pushed assessment.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var names = await documents.ListAsync(Root, cancellationToken);
        var before = LondonDate.Of(time.GetUtcNow() - holding.HoldFor).ToString(DayForm, CultureInfo.InvariantCulture);
        var old = (names.Succeeded ? names.Value : throw new IOException(names.Reason))
            .Where(name => string.CompareOrdinal(name, Root.Length, before, 0, DayForm.Length) < 0).ToList();
        if (old.Count == 0)
        {
            return;
        }

        var named = (await held.ListAsync(HeldKind.Pushed, cancellationToken))
            .SelectMany(message => HeldSweep.Body<AssessmentPushed>(message)?.Advice.Attachments ?? [])
            .Select(claim => claim.Token).ToHashSet(StringComparer.Ordinal);
        foreach (var name in old.Where(name => !named.Contains(name)))
        {
            await documents.RemoveAsync(name, cancellationToken);
        }
    }

    private static IntakeResult Fault(KeepingOutcome outcome) =>
        outcome == KeepingOutcome.Transient ? IntakeResult.Again : IntakeResult.Refused("AttachmentRefused", "A document of the pushed assessment no longer exists, is damaged, or contains malware.");
}
