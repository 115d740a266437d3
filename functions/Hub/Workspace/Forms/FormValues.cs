using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>The values typed into a form, by path, exactly as they were typed.</summary>
public sealed class FormValues
{
    /// <summary>Prefix of the names of the form's own fields; a name without this prefix is the path of a value in the step.</summary>
    public const char OwnPrefix = '_';

    /// <summary>The most rows that a list in a form can have.</summary>
    public const int MaxRows = 1000;

    private readonly Dictionary<string, string> typed;

    private FormValues(Dictionary<string, string> typed) => this.typed = typed;

    /// <summary>An empty form.</summary>
    public static FormValues None => new(new(StringComparer.Ordinal));

    /// <summary>Every path with the value typed there.</summary>
    public IReadOnlyDictionary<string, string> All => typed;

    /// <summary>The value typed at a path; empty if nothing was typed.</summary>
    public string this[string path] => typed.GetValueOrDefault(path, "");

    /// <summary>The values that a browser sent.</summary>
    public static FormValues Of(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> fields) =>
        new(fields.Where(field => field.Key.Length > 0 && field.Key[0] != OwnPrefix)
            .ToDictionary(field => field.Key, field => field.Value.ToString().ReplaceLineEndings("\n"), StringComparer.Ordinal));

    /// <summary>A JSON body as form values, with each date split into three fields.</summary>
    public static FormValues Of(JsonNode? body)
    {
        var values = None;
        values.Put("", body);
        return values;
    }

    /// <summary>A copy of the values, in which each path without a value here has its value from the other form.</summary>
    public FormValues FilledFrom(FormValues others)
    {
        var both = new Dictionary<string, string>(others.typed, StringComparer.Ordinal);
        foreach (var (path, text) in typed)
        {
            both[path] = text;
        }

        return new FormValues(both);
    }

    /// <summary>A copy of the values with a new value at a path.</summary>
    public FormValues With(string path, string value) => new(new(typed, StringComparer.Ordinal) { [path] = value });

    /// <summary>A copy of the values, without those at or below a path.</summary>
    public FormValues Without(string path) =>
        new(typed.Where(t => t.Key != path && !t.Key.StartsWith(path + ".", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal));

    /// <summary>Whether something was typed at the path or below it.</summary>
    public bool HasValueAt(string path) =>
        typed.Any(t => t.Value.Trim().Length > 0 && (t.Key == path || t.Key.StartsWith(path + ".", StringComparison.Ordinal) || t.Key.StartsWith(path + "[", StringComparison.Ordinal)));

    /// <summary>The number of elements for which the list at a path has fields; at most <see cref="MaxRows"/>.</summary>
    public int CountAt(string path)
    {
        var most = 0;
        foreach (var key in typed.Keys.Where(key => key.StartsWith(path + "[", StringComparison.Ordinal)))
        {
            var end = key.IndexOf(']', path.Length);
            if (end > 0 && int.TryParse(key.AsSpan(path.Length + 1, end - path.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                most = Math.Max(most, Math.Min(n, MaxRows - 1) + 1);
            }
        }

        return most;
    }

    private void Put(string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Put(FormField.Below(path, name), value);
                }

                break;
            case JsonArray elements:
                for (var n = 0; n < elements.Count; n++)
                {
                    Put(FormField.At(path, n), elements[n]);
                }

                break;
            case JsonValue value:
                var text = value.GetValueKind() switch
                {
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => value.ToString(),
                };
                typed[path] = text;
                if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    PutDay(path, day);
                }

                break;
        }
    }

    /// <summary>A copy of the values in which the date at the given path is set as three fields.</summary>
    public FormValues WithDay(string path, DateOnly day)
    {
        var with = new FormValues(new(typed, StringComparer.Ordinal));
        with.PutDay(path, day);
        return with;
    }

    private void PutDay(string path, DateOnly day)
    {
        typed[path + "/day"] = day.Day.ToString(CultureInfo.InvariantCulture);
        typed[path + "/month"] = day.Month.ToString(CultureInfo.InvariantCulture);
        typed[path + "/year"] = day.Year.ToString(CultureInfo.InvariantCulture);
    }
}
