using System.Globalization;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>The values typed into a form, shown again to the person who typed them with one line for each field.</summary>
internal static class TypedLines
{
    /// <summary>The lines, in the order of the form, without empty fields and without references that the form generates.</summary>
    internal static IEnumerable<(string Label, string Text)> Of(IEnumerable<FormField> fields, FormView view, string path = "", string within = "") =>
        fields.SelectMany(field => Of(field, view, FormField.Below(path, field.Name), within));

    private static IEnumerable<(string Label, string Text)> Of(FormField field, FormView view, string path, string within)
    {
        var label = within.Length == 0 ? field.Label : $"{within}: {field.Label}";
        switch (field.Kind)
        {
            case FieldKind.Group:
                return Of(field.Members, view, path, label);
            case FieldKind.List:
                return Enumerable.Range(0, view.Values.CountAt(path)).SelectMany(n => Of(
                    field.Element! with { Label = string.Create(CultureInfo.InvariantCulture, $"{field.Label} {n + 1}") }, view, FormField.At(path, n), within));
            case FieldKind.File:
                return view.Values[FormField.Below(path, "fileName")] is { Length: > 0 } name ? [(label, name)] : [];
            case FieldKind.Day:
                var parts = new[] { "day", "month", "year" }.Select(part => view.Values[$"{path}/{part}"].Trim()).ToList();
                return parts.All(part => part.Length == 0) ? [] : [(label, DayOf(parts))];
            default:
                var text = view.Values[path].Trim();
                return text.Length == 0 || field.IsOwnId ? [] : [(label, TextOf(field, view, text))];
        }
    }

    private static string DayOf(List<string> parts) => FormReading.TryDay(parts[0], parts[1], parts[2], out var day) ? Words.Day(day, true) : string.Join(' ', parts);

    private static string TextOf(FormField field, FormView view, string text) => field.Kind switch
    {
        FieldKind.YesNo => text == "true" ? "Yes" : "No",
        _ when view.Offered(field.Name).FirstOrDefault(choice => choice.Value == text) is { } offered => offered.Label,
        FieldKind.Choice => field.Choices.FirstOrDefault(choice => choice.Value.Equals(text, StringComparison.OrdinalIgnoreCase))?.Label ?? text,
        _ => text,
    };
}
