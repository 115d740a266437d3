using System.Globalization;

namespace IntegrationHub.Functions.Figures;

/// <summary>The characteristics (dimensions) by which the figures divide children into groups, and their values.</summary>
internal static class Dimensions
{
    internal const string Sex = "sex";
    internal const string Need = "need";
    internal const string Place = "place";
    internal const string Setting = "setting";
    internal const string AgeAtRequest = "ageAtRequest";
    internal const string AgeAtStart = "ageAtStart";
    internal const string AgeAtCensus = "ageAtCensus";

    /// <summary>The value of a dimension if nothing is known about it for a child.</summary>
    internal const string Unknown = "unknown";

    // The breakdowns by age in DfE's statistics begin and end with these ages.
    private const int Youngest = 2;
    private const int Oldest = 20;

    /// <summary>Ages in years; the first age also includes younger children, and the last age also includes older ones.</summary>
    internal static IReadOnlyList<string> Ages { get; } = [.. Enumerable.Range(Youngest, Oldest - Youngest + 1).Select(age => age.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Kinds of place where a child is educated.</summary>
    internal static IReadOnlyList<string> Places { get; } = ["mainstream", "special", "alternative", "furtherEducation", "elsewhere", "earlyYears", Unknown];

    /// <summary>Dimensions that say nearly the same about a child, so that a value is suppressed in all of them or in none.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Alike { get; } = [[Sex], [Need], [Place], [AgeAtRequest, AgeAtStart, AgeAtCensus]];

    /// <summary>The child's age on a day, as a value of a dimension.</summary>
    internal static string AgeOn(DateOnly? born, DateOnly day)
    {
        if (born is not { } birth)
        {
            return Unknown;
        }

        var age = day.Year - birth.Year - (birth.AddYears(day.Year - birth.Year) > day ? 1 : 0);
        return Math.Clamp(age, Youngest, Oldest).ToString(CultureInfo.InvariantCulture);
    }
}
