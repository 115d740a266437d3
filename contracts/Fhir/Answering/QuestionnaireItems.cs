using System.Globalization;
using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Questionnaire;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>Makes the items of a questionnaire. Each item has a code as its name, and help text if needed.</summary>
internal static class QuestionnaireItems
{
    private const string ItemControl = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
    private const string ItemControlCodes = "http://hl7.org/fhir/questionnaire-item-control";
    /// <summary>How the linkId of each help text ends.</summary>
    internal const string HelpEnding = ".help";

    private const string Hidden = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";

    internal static ItemComponent Group(string linkId, string text, bool required, bool repeats, params List<ItemComponent> items) => new()
    {
        LinkId = linkId,
        Code = [new Coding(FhirUris.AdviceFormCodes, linkId, text)],
        Text = text,
        Type = QuestionnaireItemType.Group,
        Required = required,
        Repeats = repeats,
        Item = items,
    };

    internal static ItemComponent Question(string linkId, string text, QuestionnaireItemType type, bool required = false, string? help = null) => new()
    {
        LinkId = linkId,
        Code = [new Coding(FhirUris.AdviceFormCodes, linkId, text)],
        Text = text,
        Type = type,
        Required = required,
        Item = help is null ? [] : [Help(linkId, help)],
    };

    /// <summary>The help text for an item, as an item inside it.</summary>
    internal static ItemComponent Help(string linkId, string text) => new()
    {
        LinkId = $"{linkId}{HelpEnding}",
        Text = text,
        Type = QuestionnaireItemType.Display,
        Extension = [new Extension(ItemControl, new CodeableConcept(ItemControlCodes, "help"))],
    };

    /// <summary>
    /// The item for a line's reference, set by systems that number lines themselves. The form does not show this item to people.
    /// </summary>
    internal static ItemComponent LineId(string line)
    {
        var item = Question($"{line}.id", "Reference of this line, set by a system that numbers lines itself", QuestionnaireItemType.String);
        item.Extension = [new Extension(Hidden, new FhirBoolean(true))];
        return item;
    }

    internal static ItemComponent Repeating(ItemComponent item)
    {
        item.Repeats = true;
        return item;
    }

    internal static ItemComponent Options(ItemComponent item, string system, params IReadOnlyList<(string Code, string Display)> options)
    {
        item.AnswerOption = [.. options.Select(option => new AnswerOptionComponent { Value = new Coding(system, option.Code, option.Display) })];
        return item;
    }
}

/// <summary>Makes the items for the groups whose answers become notes.</summary>
internal static class NoteItems
{
    internal static ItemComponent Of(NoteGroup group)
    {
        var items = group.Questions.Select((question, i) => Of(question, required: group.LinkId is "note" or AdviceForm.Progress || (i == 0 && group.LinkId != "contact"))).ToList();
        if (group.Help is not null)
        {
            items.Insert(0, QuestionnaireItems.Help(group.LinkId, group.Help));
        }

        return QuestionnaireItems.Group(group.LinkId, group.Heading, required: false, group.Repeats, items);
    }

    private static ItemComponent Of(NoteQuestion question, bool required)
    {
        var item = QuestionnaireItems.Question(question.LinkId, question.Text, TypeOf(question.Form), required, question.Help);
        item.Repeats = question.Repeats ? true : null;
        return question.Options.Count == 0 ? item : QuestionnaireItems.Options(item, FhirUris.AdviceFormCodes, question.Options);
    }

    private static QuestionnaireItemType TypeOf(AnswerForm form) => form switch
    {
        AnswerForm.Line => QuestionnaireItemType.String,
        AnswerForm.YesNo => QuestionnaireItemType.Boolean,
        AnswerForm.Day => QuestionnaireItemType.Date,
        AnswerForm.Choice => QuestionnaireItemType.Choice,
        AnswerForm.OpenChoice => QuestionnaireItemType.OpenChoice,
        _ => QuestionnaireItemType.Text,
    };
}

/// <summary>Makes an item in which links to other lines are chosen from a list. "Need 1" is the first need that was entered.</summary>
internal static class LineLinks
{
    internal static IEnumerable<(string Code, string Display)> Of(string line) =>
        Enumerable.Range(1, HealthAdviceQuestionnaire.LinkedLines).Select(number => (Code(line, number), Display(line, number)));

    internal static string Code(string line, int number) => string.Create(CultureInfo.InvariantCulture, $"{line}-{number}");

    internal static string Display(string line, int number) => string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(line[0])}{line[1..]} {number}");

    internal static Coding Coding(string line, int number) => new(FhirUris.AdviceLinkCodes, Code(line, number), Display(line, number));

    /// <summary>The line number that a code contains, or null if the code is not for this kind of line.</summary>
    internal static int? Number(string line, Coding coding) =>
        coding.System == FhirUris.AdviceLinkCodes && coding.Code is { } code && code.StartsWith($"{line}-", StringComparison.Ordinal)
        && int.TryParse(code.AsSpan(line.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
