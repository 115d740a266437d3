using IntegrationHub.Functions.Intake.Tray;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>
/// The incoming message from which the form of a step was opened, with the details that stay in the form until the step is recorded.
/// </summary>
/// <param name="Name">Name of the message.</param>
/// <param name="Use">The purpose for which the message is put into the case.</param>
/// <param name="Parts">Which files are put into the case with the message, each given by its number in the message.</param>
/// <param name="Reason">Why the message belongs to the case although it contains another child's number; empty if there is no such
/// number.</param>
public sealed record MailFields(TrayName Name, MailUse Use, IReadOnlyList<string> Parts, string Reason)
{
    internal const string NameField = "_mail";
    internal const string UseField = "_mailUse";
    internal const string PartsField = "_mailParts";
    internal const string ReasonField = "_mailReason";
    internal const int LongestReason = 500;

    /// <summary>Reads the fields of a form, or returns null if the form was not opened from the incoming mail.</summary>
    internal static MailFields? Of(IFormCollection form) =>
        TrayName.TryParse(form[NameField], out var name)
            ? new MailFields(name, MailUses.Find(form[UseField]) ?? MailUse.NotChosen, [.. form[PartsField].SelectMany(parts => (parts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))], form[ReasonField].ToString().Trim())
            : null;

    /// <summary>The names and values of the form's fields.</summary>
    internal IEnumerable<(string Name, string Value)> All =>
        [(NameField, Name.ToString()), (UseField, Use.ToString()), (PartsField, string.Join(',', Parts)), (ReasonField, Reason)];
}
