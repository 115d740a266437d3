using System.Diagnostics.CodeAnalysis;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Checks of form that many inputs share. Each refuses with words that say what is missing.</summary>
internal static class Form
{
    internal const int LongestText = 20_000;
    private const int LongestId = 64;

    /// <summary>A text that must be there.</summary>
    internal static bool Text(Deciding d, [NotNullWhen(true)] string? text, string what) =>
        d.Require(!string.IsNullOrWhiteSpace(text), "text-missing", $"{what} is missing.")
        && d.Require(text!.Length <= LongestText, "text-too-long", $"{what} is longer than {LongestText} characters.");

    /// <summary>The text of a line that must be there.</summary>
    internal static bool Line(Deciding d, [NotNullWhen(true)] string? text, string lineId) =>
        (!string.IsNullOrWhiteSpace(text) && text.Length <= LongestText) || Text(d, text, $"The text of line {lineId}");

    /// <summary>An id chosen by the sender: letters, digits, hyphens, dots.</summary>
    internal static bool Id(Deciding d, string? id, string what) =>
        d.Require(
            !string.IsNullOrEmpty(id) && id.Length <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'),
            "id-not-usable",
            FormattableString.Invariant($"{what} must be 1 to {LongestId} letters, digits, hyphens, dots or underscores."));

    /// <summary>A day that has come and is not before the request: nothing of an assessment happens earlier.</summary>
    internal static bool Day(Deciding d, DateOnly day, string what) => NotInFuture(d, day, what)
        && d.Require(day >= d.Facts.ReceivedOn, "day-before-request", $"{what} is before the day on which the request was received ({Words.Day(d.Facts.ReceivedOn, true)}).");

    internal static bool NotInFuture(Deciding d, DateOnly day, string what) =>
        d.Require(day <= d.Today, "day-in-future", $"{what} is in the future.");

    /// <summary>The assessment is at one of these stages.</summary>
    internal static bool At(Deciding d, string whatFor, params ReadOnlySpan<Stage> stages) =>
        d.Require(stages.Contains(d.State.Stage), "wrong-stage", $"{whatFor} is not possible now; the assessment stands at: {Words.Of(d.State.Stage)}.");

    /// <summary>The assessment has not ended.</summary>
    internal static bool Open(Deciding d) =>
        d.Require(!d.State.Stage.HasEnded(), "ended", $"The assessment has ended: {Words.Of(d.State.Stage)}.");
}
