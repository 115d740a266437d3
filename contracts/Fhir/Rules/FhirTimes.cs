using System.Globalization;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>Compares FHIR dates and times of different precision ("2026", "2026-03", "2026-03-05T10:00:00Z").</summary>
public static class FhirTimes
{
    /// <summary>True unless <paramref name="later"/> is certainly before <paramref name="earlier"/>.</summary>
    public static bool InOrder(string? earlier, string? later)
    {
        if (earlier is null || later is null)
        {
            return true;
        }

        if (earlier.Contains('T', StringComparison.Ordinal) && later.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(earlier, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
            && DateTimeOffset.TryParse(later, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var to))
        {
            return from <= to;
        }

        // If one value is only a date, only the parts that both values have can be compared.
        var length = Math.Min(DateLength(earlier), DateLength(later));
        return string.CompareOrdinal(earlier, 0, later, 0, length) <= 0;
    }

    private static int DateLength(string text) => Math.Min(text.Length, 10);
}
