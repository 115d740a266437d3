using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Officers;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>
/// Files that are sent with a form. Each file is stored immediately, before the rest of the form is checked, and the form then refers to the
/// stored file. A form that is shown again therefore still has its files, although a browser cannot fill them in.
/// </summary>
public sealed class UploadedFiles(AttachmentStore documents)
{
    /// <summary>Prefix of the names of a form's files, which is followed by the path of the field.</summary>
    internal const string Mark = "_file/";

    /// <summary>Stores the files of a form.</summary>
    /// <param name="files">The files that were sent.</param>
    /// <param name="values">The values typed into the form.</param>
    /// <param name="assessment">The case to which the files belong.</param>
    /// <param name="officer">The officer who sends the files.</param>
    /// <param name="cancellationToken">Stops storing the files.</param>
    /// <returns>The values typed, with the references of the stored files in their fields, and what is wrong with files that could not be
    /// stored.</returns>
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
                    ? "The file could not be stored. Try again later: choose the file again and send the form"
                    : $"The file was not accepted. {kept.Reason}"));
            }
        }

        return (values, problems);
    }

    /// <summary>The values with the reference of a stored file at a path.</summary>
    internal static FormValues With(FormValues values, string path, AttachmentRef kept) => values
        .With(FormField.Below(path, "token"), kept.Token)
        .With(FormField.Below(path, "fileName"), kept.FileName)
        .With(FormField.Below(path, "contentType"), kept.ContentType)
        .With(FormField.Below(path, "size"), kept.Size.ToString(CultureInfo.InvariantCulture))
        .With(FormField.Below(path, "sha256"), kept.Sha256);
}
