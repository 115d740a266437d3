using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>
/// The form of one step, generated from the step's own description: the members that the API reads, their kinds, their comments and the
/// example. A new step therefore has a form as soon as it is described.
/// </summary>
public sealed record StepForm(StepDefinition Step, IReadOnlyList<FormField> Fields)
{
    private static readonly ConcurrentDictionary<string, StepForm> Made = new(StringComparer.Ordinal);

    // Members that hold whole sentences; other members hold a name or a few words.
    private static readonly string[] Sentences =
        ["reason", "reasons", "summary", "text", "evidence", "whyImpractical", "resolution", "answer", "correction", "newText", "withoutReason", "what", "how"];

    /// <summary>The form of a step.</summary>
    public static StepForm Of(StepDefinition step) => Made.GetOrAdd(step.Name, _ => new StepForm(step, MembersOf(InputReading.TypeOf(step))));

    private static IReadOnlyList<FormField> MembersOf(JsonTypeInfo type) =>
        [.. type.Properties.Where(p => (p.Set is not null || p.AssociatedParameter is not null) && !IsMoreOfItself(type, p)).Select(p => Field(type, p)).OrderBy(f => f.IsRequired ? 0 : 1)];

    // A form is for a single step, so it has no field for a member that holds further steps of the same kind. A page that sends several
    // steps of the same kind at once fills in this member itself.
    private static bool IsMoreOfItself(JsonTypeInfo owner, JsonPropertyInfo property) => owner.Options.GetTypeInfo(property.PropertyType).ElementType == owner.Type;

    private static FormField Field(JsonTypeInfo owner, JsonPropertyInfo property)
    {
        var member = char.ToUpperInvariant(property.Name[0]) + property.Name[1..];
        var isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null || property.IsGetNullable;
        var field = Make(property.Name, Labels.Of(property.Name), owner.Options.GetTypeInfo(property.PropertyType));
        return field with
        {
            Label = Labels.Of(property.Name, field.Kind),
            Hint = StepDocs.Of(owner.Type, member),
            IsRequired = property.IsRequired && !isNullable,
        };
    }

    private static FormField Make(string name, string label, JsonTypeInfo type)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        var field = new FormField { Name = name, Label = label, Hint = "", IsRequired = true, Type = type, Kind = KindOf(name, plain, type) };
        return field.Kind switch
        {
            FieldKind.Choice => field with { Choices = [.. Enum.GetValues(plain).Cast<Enum>().Select(value => ChoiceOf(plain, value))] },
            FieldKind.Group or FieldKind.File => field with { Members = MembersOf(type.Options.GetTypeInfo(plain)) },
            FieldKind.List => field with { Element = Make("", label, type.Options.GetTypeInfo(type.ElementType!)) },
            _ => field,
        };
    }

    private static FieldKind KindOf(string name, Type plain, JsonTypeInfo type) => plain switch
    {
        _ when plain == typeof(DateOnly) => FieldKind.Day,
        _ when plain == typeof(AttachmentRef) => FieldKind.File,
        _ when plain == typeof(bool) => FieldKind.YesNo,
        _ when plain == typeof(int) || plain == typeof(long) || plain == typeof(decimal) => FieldKind.Number,
        { IsEnum: true } => FieldKind.Choice,
        _ when type.Kind == JsonTypeInfoKind.Enumerable => FieldKind.List,
        _ when type.Kind == JsonTypeInfoKind.Object => FieldKind.Group,
        _ => Sentences.Contains(name) ? FieldKind.Text : FieldKind.Line,
    };

    private static Choice ChoiceOf(Type type, Enum value)
    {
        var hint = StepDocs.Of(type, value);
        var label = Labels.Apart(value.ToString());
        return new Choice(value.ToString(), label, hint.TrimEnd('.').Equals(label, StringComparison.OrdinalIgnoreCase) ? "" : hint);
    }
}
