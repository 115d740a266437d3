using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Questionnaire;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>Invariants of Questionnaire and QuestionnaireResponse. Source: FHIR R4 StructureDefinitions.</summary>
internal static class QuestionnaireRules
{
    internal static readonly IReadOnlyList<CheckedRule> All =
    [
        CheckedRule.For<Questionnaire>("que-1", "A group must have items; a display must not.",
            q => Item(q.Item, i => (i.Type == QuestionnaireItemType.Group && i.Item.Count == 0) || (i.Type == QuestionnaireItemType.Display && i.Item.Count > 0))),
        CheckedRule.For<Questionnaire>("que-2", "A linkId must not be repeated in a questionnaire.", q =>
        {
            var seen = new HashSet<string?>(StringComparer.Ordinal);
            return Item(q.Item, i => !seen.Add(i.LinkId));
        }),
        CheckedRule.For<Questionnaire>("que-4", "A question must not have both answer options and an answer value set.",
            q => Item(q.Item, i => i.AnswerOption.Count > 0 && i.AnswerValueSet is not null)),
        CheckedRule.For<Questionnaire>("que-6", "A display item must not be required or repeated.",
            q => Item(q.Item, i => i.Type == QuestionnaireItemType.Display && (i.Required is not null || i.Repeats is not null))),
        CheckedRule.For<Questionnaire>("que-7", "A condition with the operator 'exists' must have a boolean answer.",
            q => Item(q.Item, i => i.EnableWhen.Any(w => w.Operator == QuestionnaireItemOperator.Exists && w.Answer is not FhirBoolean))),
        CheckedRule.For<Questionnaire>("que-12", "An item with more than one condition must state whether all or any must hold.",
            q => Item(q.Item, i => i.EnableWhen.Count > 1 && i.EnableBehavior is null)),
        CheckedRule.For<QuestionnaireResponse>("qrs-1", "Items may be below an item or below its answer, but not below both.",
            r => Answer(r.Item)),
    ];

    private static string? Item(IReadOnlyList<ItemComponent> items, Func<ItemComponent, bool> broken)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (broken(items[i]))
            {
                return $"item[{i}]";
            }

            if (Item(items[i].Item, broken) is { } below)
            {
                return $"item[{i}].{below}";
            }
        }

        return null;
    }

    private static string? Answer(IReadOnlyList<QuestionnaireResponse.ItemComponent> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Item.Count > 0 && items[i].Answer.Any(answer => answer.Item.Count > 0))
            {
                return $"item[{i}]";
            }

            if ((Answer(items[i].Item) ?? items[i].Answer.Select(answer => Answer(answer.Item)).FirstOrDefault(path => path is not null)) is { } below)
            {
                return $"item[{i}].{below}";
            }
        }

        return null;
    }
}
