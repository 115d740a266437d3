using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Functions.Returns.Stored;

/// <summary>A return that was built and stored.</summary>
/// <param name="Number">1 for the first return of the year, then 2, 3 and so on; also the <c>SerialNo</c> in the header.</param>
/// <param name="Year">Year of the census.</param>
/// <param name="LayoutYear">The year whose layout gives the return its names and codes.</param>
/// <param name="BuiltAt">When the return was built, in UTC.</param>
/// <param name="By">Sign-in id of the person who ordered the return.</param>
/// <param name="Sha256">SHA-256 hash of the XML, in lower-case hexadecimal.</param>
/// <param name="Persons">Number of persons in the return.</param>
/// <param name="Errors">Number of faults in the return that must be corrected before it is sent.</param>
/// <param name="Doubts">Number of points in the return that DfE may ask about.</param>
/// <param name="Erased">Number of persons erased since the return was stored, or null if none was erased.</param>
public sealed record StoredReturn(int Number, int Year, int LayoutYear, DateTimeOffset BuiltAt, string By, string Sha256, int Persons, int Errors, int Doubts, int? Erased = null)
{
    /// <summary>The JSON settings with which the description of a return and its lines (one for each person or fault) are
    /// written.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}

/// <summary>One person in a stored return, with every item by its place in the person's entry, for example <c>Requests 1/Assessment
/// 1/Week20</c>.</summary>
/// <param name="Cases">The cases from which the person's entry was made.</param>
/// <param name="Items">The person's items, by their place in the return.</param>
public sealed record StoredPerson(IReadOnlyList<string> Cases, IReadOnlyDictionary<string, string> Items)
{
    /// <summary>The items of a person, by their places in the return.</summary>
    internal static IReadOnlyDictionary<string, string> ItemsOf(Sen2Item person) => person.Whole()
        .SelectMany(block => block.Values.Select(item => KeyValuePair.Create($"{(block == person ? "" : $"{block.Place.Split('/', 2)[1]}/")}{item.Key}", item.Value)))
        .ToDictionary(StringComparer.Ordinal);
}

/// <summary>An error or query (called a doubt here) about a case in a stored return. The text does not name a child or repeat a
/// value.</summary>
/// <param name="Case">The case.</param>
/// <param name="Place">Where the fault is in the return.</param>
/// <param name="Item">Name of the item that is wrong, or null if the block (a group of items) is itself wrong.</param>
/// <param name="Code">A short fixed code, by which programs recognise the fault.</param>
/// <param name="IsError">Whether the fault must be corrected before the return is sent; otherwise it is a point that DfE may ask
/// about.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="Step">The step that corrects the fault, or null if it is corrected on the page of the case.</param>
public sealed record StoredFault(string Case, string Place, string? Item, string Code, bool IsError, string Words, string? Step);
