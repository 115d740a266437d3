using System.Globalization;
using System.IO.Compression;
using System.Text;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Panel;

/// <summary>The papers of a case, to be read on a page or downloaded as one file with the case's documents.</summary>
public sealed class PanelPapers(DocumentList list, AttachmentStore documents, IAssessmentStore store)
{
    private const string NotInNames = "<>:\"/\\|?*";

    /// <summary>The papers as a document, and a list of the documents of the case that shows which of them this officer is allowed to
    /// open.</summary>
    internal async ValueTask<(LetterLayout Papers, IReadOnlyList<DocumentLine> Documents)> OfAsync(Officer officer, CaseFile file, CancellationToken cancellationToken)
    {
        var lines = await list.OfAsync(officer, file.State, cancellationToken);
        return (PapersDocument.Of(file, await store.EventsAsync(file.State.Id, cancellationToken: cancellationToken), [.. lines.Select(line => $"{line.What}: {line.Document.FileName}")]), lines);
    }

    /// <summary>
    /// Writes a single file that contains all the papers: each document that may be downloaded, and the papers as HTML and Word. The papers give
    /// the name of each document in the file, or the reason why it is missing.
    /// </summary>
    internal async Task WriteAsync(Officer officer, CaseFile file, Stream target, CancellationToken cancellationToken)
    {
        var lines = await list.OfAsync(officer, file.State, cancellationToken);
        var events = await store.EventsAsync(file.State.Id, cancellationToken: cancellationToken);
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        var named = new List<string>(lines.Count);

        // The documents are read one after the other, so that only one is in memory.
        foreach (var (line, n) in lines.Select((line, n) => (line, n + 1)))
        {
            var read = await documents.ReadAsync(file.State.Id, line.Document.Sha256, cancellationToken);
            var name = string.Create(CultureInfo.InvariantCulture, $"documents/{n:D2} {Clean(line.Document.FileName)}");
            named.Add($"{line.What}: {(read.Succeeded ? name : $"{line.Document.FileName}, not in this file. {NotServed.Why(read.Outcome)}")}");
            if (read.Succeeded)
            {
                await PutAsync(zip, name, read.Value, cancellationToken);
            }
        }

        var papers = PapersDocument.Of(file, events, named);
        await PutAsync(zip, "papers.html", Encoding.UTF8.GetBytes(LetterHtml.Render(papers)), cancellationToken);
        await PutAsync(zip, "papers.docx", LetterDocx.Write(papers), cancellationToken);
    }

    private static async Task PutAsync(ZipArchive zip, string name, byte[] content, CancellationToken cancellationToken)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(cancellationToken);
        await entry.WriteAsync(content, cancellationToken);
    }

    // A file name given by somebody else must not lead outside the folder on any system.
    private static string Clean(string name) => string.Concat(name.Select(c => NotInNames.Contains(c) || char.IsControl(c) ? '-' : c)).TrimEnd('.', ' ');
}
