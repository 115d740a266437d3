using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Workspace.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The message from which the form of a step was opened. The message is put into the case only if the step is recorded.</summary>
internal sealed record MailOfStep(StepAsked Asked, MailFields Fields, MailFile? File)
{
    private MailFiling Putting => Asked.Http.RequestServices.GetRequiredService<MailFiling>();

    internal static async Task<MailOfStep> OpenAsync(StepAsked asked, MailFields fields, CancellationToken cancellationToken) =>
        new(asked, fields, await asked.Http.RequestServices.GetRequiredService<MailService>().OpenAsync(asked.Officer, fields.Name.ToString(), $"form: {asked.Form.Step.Name}", cancellationToken));

    /// <summary>The reason why the step cannot be submitted now, or null if it can.</summary>
    internal async Task<string?> BeginAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        if (File is null || Fields.Use.Step() != Asked.Form.Step)
        {
            return "The message from which this form was opened is no longer waiting to be dealt with. Open the message again";
        }

        // The case may have changed since the form was opened, so the child's numbers are again compared with those in the message. A
        // new case has no numbers to compare.
        return Asked.File is not null && Fields.Reason.Length == 0
            && await Asked.Http.RequestServices.GetRequiredService<MailService>().SuggestedCaseAsync(Asked.Officer, File, assessment.Value, cancellationToken) is { IsContradicted: true }
                ? "The message contains another child’s number. Open the message again and say why the message belongs to this case"
                : await Putting.BeginAsync(Asked.Officer, File.Item, assessment, Fields, cancellationToken);
    }

    /// <summary>Puts the message into the case after the step has been recorded.</summary>
    /// <returns>The address to which the browser is redirected.</returns>
    internal async Task<string> PutAsync(AssessmentId assessment, CancellationToken cancellationToken) =>
        await Putting.PutAsync(Asked.Officer, File!.Item, assessment, Fields, cancellationToken) is null
            ? $"/workspace/cases/{assessment}?done={Asked.Form.Step.Name}"
            : File.Address($"/case/{assessment}?left={Asked.Form.Step.Name}");
}
