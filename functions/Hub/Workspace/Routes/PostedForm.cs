using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>A form that may contain files, and the officer who sent it. An officer whose sign-in has expired gets back what they typed.</summary>
internal sealed record PostedForm(IFormCollection Fields, Officer Officer)
{
    /// <summary>The form, or else the page that explains why the form is refused.</summary>
    internal static async Task<(PostedForm? Form, IResult? Refusal)> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        IFormCollection fields;
        try
        {
            fields = await http.Request.ReadFormAsync(cancellationToken);
        }
        catch (UnreadableFormException large) when (large is { Status: StatusCodes.Status413PayloadTooLarge, InnerException: BadHttpRequestException })
        {
            return (null, MonitorPages.Page<TooLargePage>(
                http, StatusCodes.Status413PayloadTooLarge,
                (nameof(TooLargePage.MaxBytes), http.RequestServices.GetRequiredService<KeepingRules>().MaxAttachmentBytes)));
        }

        return await OfficerSignIn.OfficerAsync(http) is { } officer
            ? (new PostedForm(fields, officer), null)
            : (null, MonitorPages.Page<SignedOutPage>(
                http, StatusCodes.Status401Unauthorized, ("Action", http.Request.Path.Value), ("HadFiles", fields.Files.Any(file => file.FileName.Length > 0)),
                ("Fields", WorkspacePages.Typed(fields))));
    }
}
