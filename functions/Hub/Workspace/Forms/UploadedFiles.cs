using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Officers;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>
/// Files that are sent with a form. Each is stored at once, before the rest of the form is looked at, and the form then refers to it: a form
/// that is shown again still has its files, although a browser cannot fill them in.
/// </summary>
public sealed class UploadedFiles(AttachmentStore documents)
{
    /// <summary>Prefix of the names of a form's files; the path of the field follows.</summary>
    internal const string Mark = "_file/";

    /// <summary>Keeps the files of a form.</summary>
    /// <param name="files">The files.</param>
    /// <param name="values">What was typed.</param>
    /// <param name="assessment">The case that they belong to.</param>
    /// <param name="officer">Who sends them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was typed, with the references of the kept files at their fields; and what is wrong with the others.</returns>
    internal async Task<(FormValues Values, IReadOnlyList<FormProblem> Problems)> KeepAsync(
        IFormFileCollection files, FormValues values, AssessmentId assessment, Officer officer, CancellationToken cancellationToken)
    {
        var problems = new List<FormProblem>();
        foreach (var file in files.Where(file => file.Name.StartsWith(Mark, StringComparison.Ordinal) && file.FileName.Length > 0))
        {
            var path = file.Name[Mark.Length..];
            await using var content = file.OpenReadStream();
            var kept = await documents.KeepAsync(
                assessment, DocumentSender.Of(officer.ToActor(null))!.Value, Path.GetFileName(file.FileName), file.ContentType ?? "", content, cancellationToken);
            if (kept.Succeeded)
            {
                values = With(values, path, kept.Value);
            }
            else
            {
                problems.Add(new FormProblem(path, kept.Outcome == KeepingOutcome.Transient
                    ? "The file could not be stored: choose it again and send the form again later"
                    : $"The file was not accepted. {kept.Reason}"));
            }
        }

        return (values, problems);
    }

    /// <summary>The values with the reference of a kept file at a path.</summary>
    internal static FormValues With(FormValues values, string path, AttachmentRef kept) => values
        .With(FormField.Below(path, "token"), kept.Token)
        .With(FormField.Below(path, "fileName"), kept.FileName)
        .With(FormField.Below(path, "contentType"), kept.ContentType)
        .With(FormField.Below(path, "size"), kept.Size.ToString(CultureInfo.InvariantCulture))
        .With(FormField.Below(path, "sha256"), kept.Sha256);
}
