using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The list of a case's documents, and the download of each. Documents are uploaded with the forms of the steps that refer to them.</summary>
internal static class DocumentEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/workspace/cases/{id}/documents").ExcludeFromDescription();
        documents.MapGet("", (HttpContext http, string id, CaseReader reader, DocumentList list, CancellationToken cancellationToken) => ListAsync(http, id, reader, list, cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.Documents));
        documents.MapGet("/{sha256}", ReadAsync).RequireAuthorization(OfficerSignIn.For(Page.Documents));
    }

    private static async Task<IResult> ListAsync(HttpContext http, string id, CaseReader reader, DocumentList list, CancellationToken cancellationToken) =>
        await reader.OpenAsync(http.Officer(), id, "documents", cancellationToken) is { } file
            ? await ShowAsync(http, file, list, "", cancellationToken)
            : WorkspacePages.Absent(http, http.Officer());

    /// <summary>Serves a document, always as a download, because somebody outside the hub wrote the file.</summary>
    private static async Task<IResult> ReadAsync(
        HttpContext http, string id, string sha256, CaseReader reader, DocumentList list, AttachmentStore documents, CancellationToken cancellationToken)
    {
        var officer = http.Officer();
        if (await reader.OpenAsync(officer, id, "a document", cancellationToken) is not { } file || DocumentList.Find(officer, file.State, sha256) is not { } found)
        {
            return WorkspacePages.Absent(http, officer);
        }

        var read = await documents.ReadAsync(file.State.Id, sha256, cancellationToken);
        return read.Succeeded
            ? TypedResults.Bytes(read.Value, AttachmentForm.StoredMediaType(read.Value), found.FileName)
            : await ShowAsync(http, file, list, NotServed.Why(read.Outcome), cancellationToken);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, CaseFile file, DocumentList list, string fault, CancellationToken cancellationToken) =>
        WorkspacePages.Show<DocumentsPage>(
            http, http.Officer(), fault.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, ("File", file),
            ("Documents", await list.OfAsync(http.Officer(), file.State, cancellationToken)), ("Fault", fault));
}
