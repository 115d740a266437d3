using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Functions.Returns.Stored;

/// <summary>A return that was built and kept.</summary>
/// <param name="Number">1 for the first of its year, then 2, 3 and so on; the <c>SerialNo</c> of its header.</param>
/// <param name="Year">Year of the census.</param>
/// <param name="LayoutYear">The year whose names and codes it has.</param>
/// <param name="BuiltAt">When it was built, UTC.</param>
/// <param name="By">Who had it built, by the id under which they sign in.</param>
/// <param name="Sha256">Hash of its XML, lower-case hexadecimal.</param>
/// <param name="Persons">Persons in it.</param>
/// <param name="Errors">What must be put right before it is sent.</param>
/// <param name="Doubts">What DfE may ask about.</param>
/// <param name="Erased">Persons who were erased since it was kept; null where none was.</param>
public sealed record StoredReturn(int Number, int Year, int LayoutYear, DateTimeOffset BuiltAt, string By, string Sha256, int Persons, int Errors, int Doubts, int? Erased = null)
{
    /// <summary>How it and its lines are written.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}

/// <summary>One person of a kept return: every item by its place, as <c>Requests 1/Assessment 1/Week20</c>.</summary>
/// <param name="Cases">The cases from which it was made.</param>
/// <param name="Items">Its items.</param>
public sealed record StoredPerson(IReadOnlyList<string> Cases, IReadOnlyDictionary<string, string> Items)
{
    /// <summary>The items of a person, by their places.</summary>
    internal static IReadOnlyDictionary<string, string> ItemsOf(Sen2Item person) => person.Whole()
        .SelectMany(block => block.Values.Select(item => KeyValuePair.Create($"{(block == person ? "" : $"{block.Place.Split('/', 2)[1]}/")}{item.Key}", item.Value)))
        .ToDictionary(StringComparer.Ordinal);
}

/// <summary>An error or doubt about a case in a kept return. It names no child and repeats no value.</summary>
/// <param name="Case">The case.</param>
/// <param name="Place">Where in the return.</param>
/// <param name="Item">The item; null where the whole block is meant.</param>
/// <param name="Code">A short fixed word.</param>
/// <param name="IsError">It must be put right before the return is sent; otherwise DfE may ask about it.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="Step">The step that puts it right; null: it is put right on the page of the case.</param>
public sealed record StoredFault(string Case, string Place, string? Item, string Code, bool IsError, string Words, string? Step);
