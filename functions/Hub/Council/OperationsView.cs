using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using EffectOutcome = IntegrationHub.Orchestrations.Assessments.EffectOutcome;

namespace IntegrationHub.Functions.Council;

/// <summary>What people who only run the hub are shown in lists and about effects; see <see cref="OperationsSight"/>.</summary>
internal static class OperationsView
{
    private const string NotShown = "The council's officers can see why.";

    // What the ways of sending letters answer. Any other reason why a letter was not sent can say something about its recipient.
    private static readonly string[] Channels = ["GOV.UK Notify ", "Graph ", "The sign-in service ", "No service on GOV.UK Notify ", "No channel ", "Not sent: no channel ", "Waiting, to be sent "];

    /// <summary>The status of a case in one line.</summary>
    internal static string Status(AssessmentSummary listed, DateOnly today)
    {
        var summary = listed.On(today);
        return OperationsSight.Status(summary.Stage, summary.WaitingFor, summary.WaitingSince, summary.WaitingDue, today);
    }

    /// <summary>Whether the list shows what the case waits for.</summary>
    internal static bool ShowsWait(AssessmentSummary listed, DateOnly today) => OperationsWords.NamesWait(listed.On(today).WaitingFor);

    /// <summary>The effects, without the ids of letters and of time limits that are not named.</summary>
    internal static IReadOnlyList<CaseEffect> Effects(AssessmentState state, IReadOnlyList<EffectRecord> effects)
    {
        var sight = OperationsSight.Of(state);
        return [.. effects.Select(one => ApiShapes.Of(one) with { Effect = Shown(sight, one.Effect.Effect), LastDetail = Problem(sight, one) })];
    }

    /// <summary>What went wrong in the last attempt at an effect, or null if nothing did.</summary>
    internal static string? Problem(OperationsSight sight, EffectRecord one) =>
        one.End == EffectOutcome.Done || string.IsNullOrEmpty(one.LastDetail) ? null
        : one.Effect.Effect is not SendNotice || Channels.Any(channel => one.LastDetail.StartsWith(channel, StringComparison.Ordinal)) ? sight.Text(one.LastDetail)
        : NotShown;

    private static JsonElement Shown(OperationsSight sight, Effect effect)
    {
        var shown = JsonObject.Create(Wire.Element(effect))!;
        shown.Remove("noticeId");
        if (effect is RemindOfDuty duty && !OperationsWords.NamesLimit(duty.Limit))
        {
            shown.Remove("limit");
        }

        if (sight.Hidden.Any(agency => agency.Value == (string?)shown["agency"]))
        {
            shown.Remove("agency");
        }

        using var written = JsonDocument.Parse(shown.ToJsonString());
        return written.RootElement.Clone();
    }
}
