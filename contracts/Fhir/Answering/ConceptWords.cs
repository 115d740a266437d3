using System.Globalization;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>Turns FHIR values into text that people can read.</summary>
public static class ConceptWords
{
    /// <summary>
    /// The text of a concept and the display of each coding (or its code if it has no display), without repetition.
    /// </summary>
    public static IReadOnlyList<string> Of(CodeableConcept? concept) => concept is null
        ? []
        : [.. concept.Coding.Select(Of).Prepend(concept.Text).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => NarrativeReading.Words(text!)).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The text of a concept, and the display of each coding with the coding's code after it.</summary>
    public static IReadOnlyList<string> WithCodes(CodeableConcept? concept) => concept is null
        ? []
        : [.. concept.Coding.Select(coding => Of((DataType)coding)).Prepend(concept.Text).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => NarrativeReading.Words(text!)).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The display of a coding, or its code if it has no display.</summary>
    public static string? Of(Coding coding) => string.IsNullOrWhiteSpace(coding.Display) ? coding.Code : coding.Display;

    // The hub's own options. The code decides which option was chosen, whatever a sender's program shows for it.
    private static readonly Lazy<Dictionary<string, string>> Options = new(() =>
        OptionsOf(HealthAdviceQuestionnaire.Build().Item).Concat(OptionsOf(ReviewAdviceQuestionnaire.Build().Item)).Where(coding => coding.System == FhirUris.AdviceFormCodes)
            .DistinctBy(coding => coding.Code).ToDictionary(coding => coding.Code!, coding => coding.Display!, StringComparer.Ordinal));

    private static string Chosen(Coding coding, string option) =>
        string.IsNullOrWhiteSpace(coding.Display) || coding.Display.Equals(option, StringComparison.OrdinalIgnoreCase) ? option : $"{option} (\u201C{coding.Display}\u201D)";

    /// <summary>An answer as text, or null for a value that does not fit on one line.</summary>
    public static string? Of(DataType? value) => value switch
    {
        FhirString text => text.Value,
        Markdown text => text.Value,
        FhirBoolean yes => yes.Value switch { true => "Yes", false => "No", _ => null },
        Coding { System: FhirUris.AdviceFormCodes, Code: { } code } coding when Options.Value.TryGetValue(code, out var option) => Chosen(coding, option),
        Coding coding => coding.Display is { } display && coding.Code is { } own && display != own && coding.System?.StartsWith(FhirUris.Hub, StringComparison.Ordinal) != true
            ? $"{display} ({own})"
            : Of(coding),
        Quantity quantity => quantity.Value is { } amount
            ? NarrativeReading.Words($"{Comparator(quantity)}{amount.ToString(CultureInfo.InvariantCulture)} {quantity.Unit ?? quantity.Code}")
            : quantity.Unit,
        ResourceReference reference => reference.Display,
        Integer number => number.Value?.ToString(CultureInfo.InvariantCulture),
        FhirDecimal number => number.Value?.ToString(CultureInfo.InvariantCulture),
        Date day => day.Value,
        FhirDateTime at => at.Value,
        Time time => time.Value,
        FhirUri uri => uri.Value,
        _ => null,
    };

    private static IEnumerable<Coding> OptionsOf(IEnumerable<Questionnaire.ItemComponent> items) =>
        items.SelectMany(item => item.AnswerOption.Select(option => option.Value).OfType<Coding>().Concat(OptionsOf(item.Item)));

    private static string Comparator(Quantity quantity) => quantity.Comparator switch
    {
        Quantity.QuantityComparator.LessThan => "<",
        Quantity.QuantityComparator.LessOrEqual => "<=",
        Quantity.QuantityComparator.GreaterThan => ">",
        Quantity.QuantityComparator.GreaterOrEqual => ">=",
        _ => "",
    };
}
