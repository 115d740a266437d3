using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>
/// Whether everything that a step says is on record: each text, day and number in the facts that were recorded or in the case, each "yes" under
/// its name. What is not there was dropped in silence, because the input itself is not kept.
/// </summary>
internal static class KeptWords
{
    /// <summary>Members that choose what is recorded, or of a report of the hub itself about an effect that it has on record.</summary>
    private static readonly HashSet<string> Chosen =
    [
        "DecideWhetherToAssess.assess", "DecideWhetherToIssuePlan.issue", "DecideOnBudgetLine.agreed", "RecordNoticeOutcome.outcome", "RecordPlanCeased.died",
        "RecordChildFacts.clear", "NoteAppeal.beforeResponse",
        "EffectSettled.end", "EffectSettled.effectId", "EffectSettled.detail", "EffectSettled.effect.kind", "EffectSettled.effect.toRole", "EffectSettled.effect.reportsSuccess",
    ];

    /// <summary>The members of a step that are nowhere on record, as paths; empty where nothing was lost.</summary>
    internal static IReadOnlyList<string> Lost(AssessmentInput input, Decision decision, AssessmentState after)
    {
        // Most is in the facts; the case, which is long, is written out only where something is not.
        var facts = string.Concat(decision.Events.Select(e => JsonSerializer.Serialize(e, AssessmentJson.Default.AssessmentEvent)));
        var whole = new Lazy<string>(() => Life.Json(after));
        var said = JsonNode.Parse(JsonSerializer.Serialize(input, AssessmentJson.Default.AssessmentInput))!.AsObject();
        said.Remove("type");
        return [.. Leaves(said, "").Where(leaf => !IsKept(leaf.Value, leaf.Name, facts) && !IsKept(leaf.Value, leaf.Name, whole.Value)).Select(leaf => leaf.Path).Where(path => !Chosen.Contains($"{input.GetType().Name}.{path}"))];
    }

    private static bool IsKept(JsonValue value, string name, string kept) => value.GetValueKind() switch
    {
        JsonValueKind.False => true,
        JsonValueKind.True => kept.Contains($"\"{name}\":", StringComparison.OrdinalIgnoreCase),
        JsonValueKind.String => kept.Contains(value.ToJsonString().Trim('"'), StringComparison.Ordinal),
        _ => kept.Contains($":{value.ToJsonString()}", StringComparison.Ordinal),
    };

    private static IEnumerable<(string Path, string Name, JsonValue Value)> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject members => members.Where(m => m.Value is not null).SelectMany(m => Leaves(m.Value!, path.Length == 0 ? m.Key : $"{path}.{m.Key}")),
        JsonArray items => items.OfType<JsonNode>().SelectMany(item => Leaves(item, path)),
        _ => [(path, path.Split('.')[^1], node.AsValue())],
    };
}
