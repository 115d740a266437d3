using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>How a form asks for one member of a step.</summary>
public enum FieldKind
{
    /// <summary>A single line of text.</summary>
    Line,

    /// <summary>Several lines of text.</summary>
    Text,

    /// <summary>A date, as three fields.</summary>
    Day,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>A choice of one from several values.</summary>
    Choice,

    /// <summary>An object, as a group with a field for each of its members.</summary>
    Group,

    /// <summary>A list of elements of the same kind.</summary>
    List,

    /// <summary>A file, which is stored on arrival and described by its members.</summary>
    File,
}

/// <summary>A value that can be chosen.</summary>
/// <param name="Value">The value as the API expects it.</param>
/// <param name="Label">The label that people see.</param>
/// <param name="Hint">What the choice means; empty if the label is clear enough.</param>
public sealed record Choice(string Value, string Label, string Hint = "");

/// <summary>One member of a step as a form asks for it.</summary>
public sealed record FormField
{
    // HTML ids that the page itself uses, so that a member of the same name needs a different id.
    private static readonly string[] OfThePage = ["form", "send", "main", "behalf"];

    /// <summary>Name of the member in JSON; empty for the elements of a list.</summary>
    public required string Name { get; init; }

    /// <summary>Label of the field.</summary>
    public required string Label { get; init; }

    /// <summary>A hint about what is to be entered; empty if there is no hint.</summary>
    public required string Hint { get; init; }

    /// <summary>How the form asks for the member.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>Whether the API refuses a body without the member.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>The type that the serializer expects for the member.</summary>
    public required JsonTypeInfo Type { get; init; }

    /// <summary>The values of a <see cref="FieldKind.Choice"/>.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The members of a <see cref="FieldKind.Group"/> or a <see cref="FieldKind.File"/>.</summary>
    public IReadOnlyList<FormField> Members { get; init; } = [];

    /// <summary>The field for each element of a <see cref="FieldKind.List"/>.</summary>
    public FormField? Element { get; init; }

    /// <summary>Whether the field is a file or contains a file.</summary>
    public bool TakesFiles => Kind == FieldKind.File || Members.Any(member => member.TakesFiles) || Element?.TakesFiles == true;

    /// <summary>Whether the field is a reference within the step, which the form proposes and which has no meaning outside the step.</summary>
    public bool IsOwnId => Name == "id" && Type.Type == typeof(string);

    /// <summary>The path of a member below another path.</summary>
    public static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The path of an element of a list.</summary>
    public static string At(string path, int n) => FormattableString.Invariant($"{path}[{n}]");

    /// <summary>The reference that the form proposes at a path, for example <c>n1</c> for the first of the needs; empty outside a
    /// list.</summary>
    public static string OwnIdAt(string path)
    {
        var list = path.LastIndexOf('[');
        return list > 0 && int.TryParse(path.AsSpan(list + 1, path.IndexOf(']', list) - list - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? string.Create(CultureInfo.InvariantCulture, $"{path[(path.LastIndexOf('.', list) + 1)..list][0]}{n + 1}")
            : "";
    }

    /// <summary>The HTML id of the field at the given path.</summary>
    public static string Id(string path) =>
        OfThePage.Contains(path) ? $"field-{path}" : path.Replace('[', '-').Replace("]", "", StringComparison.Ordinal).Replace('.', '-');
}
