using IntegrationHub.Functions.Intake.Tray;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>The message of the tray from which a form of a step was opened: what the form carries of it until the step is recorded.</summary>
/// <param name="Name">The message.</param>
/// <param name="Use">As what it goes into the case.</param>
/// <param name="Parts">Numbers of the files that go into the case with it.</param>
/// <param name="Reason">Why it belongs there although it has another child's number; empty where it has none.</param>
public sealed record MailFields(TrayName Name, MailUse Use, IReadOnlyList<string> Parts, string Reason)
{
    internal const string NameField = "_mail";
    internal const string UseField = "_mailUse";
    internal const string PartsField = "_mailParts";
    internal const string ReasonField = "_mailReason";
    internal const int LongestReason = 500;

    /// <summary>The fields of a form; null where it was not opened from the tray.</summary>
    internal static MailFields? Of(IFormCollection form) =>
        TrayName.TryParse(form[NameField], out var name)
            ? new MailFields(name, MailUses.Find(form[UseField]) ?? MailUse.Unsaid, [.. form[PartsField].SelectMany(parts => (parts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))], form[ReasonField].ToString().Trim())
            : null;

    /// <summary>The same as fields of a form.</summary>
    internal IEnumerable<(string Name, string Value)> All =>
        [(NameField, Name.ToString()), (UseField, Use.ToString()), (PartsField, string.Join(',', Parts)), (ReasonField, Reason)];
}
