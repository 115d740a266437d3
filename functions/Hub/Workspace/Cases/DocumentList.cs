using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>One document of a case.</summary>
/// <param name="What">What the document is, and what it was received with.</param>
/// <param name="ReceivedOn">The day on which the document was received, or null if none is on record.</param>
/// <param name="Document">Name, type, size and hash of the document.</param>
/// <param name="Scan">The result of the malware scan, or null if the store could not be reached.</param>
public sealed record DocumentLine(string What, DateOnly? ReceivedOn, AttachmentRef Document, ScanState? Scan)
{
    /// <summary>The result of the malware scan as text.</summary>
    public string ScanWords => Scan switch
    {
        ScanState.Clean => "No malware found",
        ScanState.Malicious => "Malware was found, so the document cannot be downloaded",
        ScanState.Unknown => "Not scanned yet",
        _ => "The document store cannot be reached at the moment",
    };
}

/// <summary>Lists every document in a case, whether it was added on its own, as the family's evidence, or with advice.</summary>
public sealed class DocumentList(IDocumentStore store)
{
    /// <summary>The documents that an officer is allowed to see, in the order in which they were received.</summary>
    public async ValueTask<IReadOnlyList<DocumentLine>> OfAsync(Officer officer, AssessmentState state, CancellationToken cancellationToken)
    {
        var lines = new List<DocumentLine>();
        foreach (var (what, on, document) in All(officer, state).DistinctBy(one => (one.What, one.Document.Sha256)))
        {
            var scan = await store.ScanStateAsync(document.Token, cancellationToken);
            lines.Add(new DocumentLine(what, on, document, scan.Succeeded ? scan.Value : null));
        }

        return [.. lines.OrderBy(line => line.ReceivedOn ?? DateOnly.MaxValue)];
    }

    /// <summary>The document with this hash, or null if there is no such document that the officer is allowed to see.</summary>
    public static AttachmentRef? Find(Officer officer, AssessmentState state, string sha256) =>
        All(officer, state).Select(one => one.Document).FirstOrDefault(document => document.Sha256 == sha256);

    private static IEnumerable<(string What, DateOnly? On, AttachmentRef Document)> All(Officer officer, AssessmentState state) =>
    [
        .. state.Documents.Select(one => (one.From is { } from ? $"{one.What}, from {from}" : one.What, (DateOnly?)one.ReceivedOn, one.Document)),
        .. state.FamilyEvidence.SelectMany(one => one.Documents.Select(document => ($"{Labels.Apart(one.Kind.ToString())} from the family", (DateOnly?)one.ReceivedOn, document))),

        // A document that came with advice is treated as advice.
        .. officer.MayOpen(Page.Advice)
            ? state.Advice.SelectMany(one => one.Content.Attachments.Select(document => ($"Attached to {Words.Of(one.Kind)} by {one.Content.Author}", (DateOnly?)one.ReceivedOn, document)))
                .Concat(state.Existing.SelectMany(one => one.Content.Attachments.Select(document => ($"Attached to existing {Words.Of(one.Kind)} from {one.Agency.Name}", (DateOnly?)null, document))))
            : [],
    ];
}
