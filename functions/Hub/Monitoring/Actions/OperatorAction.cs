using System.Globalization;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Monitoring.Actions;

/// <summary>One action that operators can take on a case.</summary>
/// <param name="Key">Name of the action in web addresses.</param>
/// <param name="Title">Title of the action.</param>
/// <param name="Consequence">The action's consequence, in one or two sentences.</param>
/// <param name="Done">Text that the page shows after the action.</param>
/// <param name="Make">Makes the input from the id of the item that the action is about, the day that the operator gave and the reason, or
/// returns null if something is missing.</param>
/// <param name="NeedsDay">Whether the operator must give the last day for which the action applies, as for a pause.</param>
public sealed record OperatorAction(
    string Key, string Title, string Consequence, string Done, Func<string, DateOnly?, string, AssessmentInput?> Make, bool NeedsDay = false)
{
    /// <summary>All actions.</summary>
    public static readonly IReadOnlyList<OperatorAction> All =
    [
        new("remind-now", "Remind now", "The person or agency asked is reminded immediately, in addition to the reminder schedule. The reminder schedule does not change.", "A reminder was sent.", (about, _, reason) => new RemindNow(about, reason)),
        new("send-request-again", "Send the request again", "The request is sent once more. The time limit of the request does not change.", "The request was sent again.", (about, _, reason) => new SendRequestAgain(about, reason)),
        new("retry-effect", "Try again", "The hub tries again immediately.", "The hub is trying again.", (about, _, reason) => new RetryEffect(about, reason)),
        new("abandon-effect", "Give up", "The hub will not try this again. Make sure that the work is done in another way.", "The hub will not try this again.", (about, _, reason) => new AbandonEffect(about, reason)),
        new("pause-chasing", "Pause chasing", "Nobody is reminded of or notified about late advice in this case until the day has passed. Time limits continue to run.", "Chasing is paused.", (_, day, reason) => day is { } until ? new PauseChasing(until, reason) : null, NeedsDay: true),
        new("resume-chasing", "Resume chasing", "The reminder schedule continues from its present step.", "Chasing was resumed.", (_, _, reason) => new ResumeChasing(reason)),
        new("revoke-family-link", "Revoke the family's link", "The link will no longer work. The council can issue another link.", "The link was revoked.", (about, _, reason) => new RevokeFamilyLink(about, reason)),
    ];

    /// <summary>The action with this key.</summary>
    public static OperatorAction? Find(string key) => All.FirstOrDefault(a => a.Key == key);

    /// <summary>Reads the date from a form with three fields: day, month and year.</summary>
    internal static DateOnly? DayOf(IFormCollection form) =>
        int.TryParse(form["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && int.TryParse(form["month"], NumberStyles.None, CultureInfo.InvariantCulture, out var month)
        && int.TryParse(form["day"], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
        && year is > 2000 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
