using System.Diagnostics.CodeAnalysis;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The checks that many kinds of input have in common. Each check refuses the input with a reason that says what is
/// wrong.</summary>
internal static class InputChecks
{
    internal const int MaxTextLength = AdviceFaults.MaxTextLength;
    private const int MaxIdLength = AdviceFaults.MaxIdLength;

    /// <summary>Checks that a text is neither empty nor too long.</summary>
    internal static bool Text(Deciding d, [NotNullWhen(true)] string? text, string what) =>
        d.Require(!AdviceFaults.IsBlank(text), "text-missing", $"{what} is missing.")
        && d.Require(AdviceFaults.Fits(text), "text-too-long", $"{what} is longer than {MaxTextLength} characters.");

    /// <summary>Checks an id chosen by the sender: letters, digits, hyphens, dots, underscores.</summary>
    internal static bool Id(Deciding d, string? id, string what) =>
        d.Require(
            AdviceFaults.IsId(id),
            "id-not-usable",
            FormattableString.Invariant($"{what} must be 1 to {MaxIdLength} letters, digits, hyphens, dots or underscores."));

    /// <summary>Checks that the assessment is at one of the given stages.</summary>
    internal static bool At(Deciding d, string whatFor, params ReadOnlySpan<Stage> stages) =>
        d.Require(stages.Contains(d.State.Stage), "wrong-stage", $"{whatFor} is not possible now, because the stage of the assessment is: {Words.Of(d.State.Stage)}.");

    /// <summary>
    /// Checks that the council still works on the case: the assessment has not ended, or its plan is maintained here. People, addresses and
    /// officers can change as long as a plan is maintained.
    /// </summary>
    internal static bool InHand(Deciding d) => MaintainedPlan.IsMaintainedHere(d.State) || Open(d);

    /// <summary>Checks that the assessment has not ended.</summary>
    internal static bool Open(Deciding d) =>
        d.Require(!d.State.Stage.HasEnded(), "ended", $"The assessment has ended: {Words.Of(d.State.Stage)}.");
}
