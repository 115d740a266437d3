using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>Something that is wrong on a form.</summary>
/// <param name="Path">The field; empty for the whole form.</param>
/// <param name="Text">What is wrong, as its reader can mend it.</param>
public sealed record FormProblem(string Path, string Text);

/// <summary>
/// Makes the step from what was typed and reads it with the API's own reader, so that a form refuses whatever the API refuses, in the same
/// words.
/// </summary>
internal sealed class FormReading
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    private readonly FormValues values;
    private readonly List<FormProblem> problems = [];

    private FormReading(FormValues values) => this.values = values;

    /// <summary>The step, or everything that is wrong with the form.</summary>
    internal static (AssessmentInput? Input, IReadOnlyList<FormProblem> Problems) Read(StepForm form, FormValues values)
    {
        var reading = new FormReading(values);
        reading.RefuseStrangers(form);
        var body = reading.Group(form.Fields, "", "");
        if (reading.problems.Count > 0)
        {
            return (null, reading.problems);
        }

        var (input, refused) = InputReading.Read(form.Step, JsonSerializer.SerializeToUtf8Bytes(body));
        return input is null
            ? (null, refused!.Problem.Errors is { Count: > 0 } places ? [.. places.Select(place => new FormProblem(PathOf(place.Path), $"{Labels.Of(LastOf(place.Path))}: {place.Reason}"))] : [new FormProblem("", refused.Problem.Detail)])
            : (input, []);
    }

    /// <summary>What the form has no field for was not typed into it, and must not be passed over in silence.</summary>
    private void RefuseStrangers(StepForm form)
    {
        foreach (var path in values.All.Where(typed => typed.Value.Trim().Length > 0).Select(typed => typed.Key))
        {
            var row = path.Split('[').Skip(1).Select(part => part.Split(']')[0]).FirstOrDefault(part => !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n >= FormValues.MostRows);
            if (row is not null || form.Fields.All(field => field.Name != path.Split('.', '[', '/')[0]))
            {
                problems.Add(new FormProblem("", $"This form has no field {(path.Length > 60 ? path[..60] : path)}"));
            }
        }
    }

    private JsonObject Group(IReadOnlyList<FormField> fields, string path, string within)
    {
        var made = new JsonObject();
        foreach (var field in fields)
        {
            if (Value(field, FormField.Below(path, field.Name), within) is { } value)
            {
                made[field.Name] = value;
            }
        }

        return made;
    }

    private JsonNode? Value(FormField field, string path, string within)
    {
        switch (field.Kind)
        {
            case FieldKind.Group:
                return field.IsRequired || HasAny(field, path) ? Group(field.Members, path, $" ({field.Label})") : null;
            case FieldKind.File when !values.HasBelow(path):
                if (field.IsRequired)
                {
                    problems.Add(new FormProblem(path, $"Choose a file: {field.Label}{within}"));
                }

                return null;
            case FieldKind.File:
                return Group(field.Members, path, $" ({field.Label})");
            case FieldKind.List:
                var elements = new JsonArray();
                for (var n = 0; n < values.CountAt(path); n++)
                {
                    var at = FormField.At(path, n);
                    if (HasAny(field.Element!, at) && Value(field.Element!, at, within) is { } element)
                    {
                        elements.Add(element);
                    }
                }

                return elements.Count > 0 || field.IsRequired ? elements : null;
            case FieldKind.Day:
                return Day(field, path, within);
            default:
                return Leaf(field, path, within);
        }
    }

    /// <summary>Whether anything was typed for a field; a reference that the hub drew by itself counts for nothing.</summary>
    private bool HasAny(FormField field, string path) => field.Kind == FieldKind.Group
        ? field.Members.Where(member => !member.IsOwnId).Any(member => HasAny(member, FormField.Below(path, member.Name)))
        : field.Kind == FieldKind.Day ? DayParts(path).Any(part => part.Length > 0) : values.HasBelow(path);

    private JsonNode? Leaf(FormField field, string path, string within)
    {
        var text = values[path].Trim();
        if (text.Length == 0)
        {
            if (field.IsRequired)
            {
                problems.Add(new FormProblem(path, field.Kind is FieldKind.Choice or FieldKind.YesNo ? $"Choose an answer: {field.Label}{within}" : $"Enter: {field.Label}{within}"));
            }

            return null;
        }

        JsonNode? value = field.Kind switch
        {
            FieldKind.YesNo => text == "true" ? JsonValue.Create(true) : text == "false" ? JsonValue.Create(false) : null,
            FieldKind.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null,
            _ => JsonValue.Create(text),
        };
        if (value is null)
        {
            problems.Add(new FormProblem(path, $"{field.Label} must be {(field.Kind == FieldKind.Number ? "a number, like 3 or 12.50" : "yes or no")}"));
            return null;
        }

        try
        {
            value.Deserialize(field.Type);
        }
        catch (JsonException wrong)
        {
            problems.Add(new FormProblem(path, $"{field.Label}: {JsonFaultWords.Of(wrong, field.Type)}"));
        }

        return value;
    }

    private JsonNode? Day(FormField field, string path, string within)
    {
        var parts = DayParts(path);
        if (parts.All(part => part.Length == 0))
        {
            if (field.IsRequired)
            {
                problems.Add(new FormProblem(path, $"Enter: {field.Label}{within}"));
            }

            return null;
        }

        if (Array.FindIndex(parts, part => part.Length == 0) is >= 0 and var missing)
        {
            problems.Add(new FormProblem(path, $"{field.Label} must include a {(string[])["day", "month", "year"] switch { var names => names[missing] }}"));
            return null;
        }

        if (!TryDay(parts[0], parts[1], parts[2], out var day))
        {
            problems.Add(new FormProblem(path, $"{field.Label} must be a real day, like 14 7 2026"));
            return null;
        }

        return JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>A day as it is typed in three fields; the month as a number, by its name, or by how its name begins.</summary>
    internal static bool TryDay(string day, string month, string year, out DateOnly read)
    {
        var named = Array.FindIndex(Months, name => name.Length > 0 && month.Length >= 3 && name.StartsWith(month, StringComparison.OrdinalIgnoreCase)) + 1;
        var text = $"{year}-{(named > 0 ? named.ToString(CultureInfo.InvariantCulture) : month)}-{day}";
        return DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out read);
    }

    private string[] DayParts(string path) => [values[path + "/day"].Trim(), values[path + "/month"].Trim(), values[path + "/year"].Trim()];

    private static string PathOf(string jsonPath) => jsonPath.TrimStart('$').TrimStart('.');

    private static string LastOf(string jsonPath) => PathOf(jsonPath) is { Length: > 0 } path ? path.Split('.')[^1].Split('[')[0] : "Form";
}
