using System.Globalization;

namespace IntegrationHub.Functions.Nhs.Search;

/// <summary>
/// Finds the span of time that a FHIR date of any precision covers, in UTC ticks. A date without a time zone is treated as UTC on both
/// sides of a comparison, so that a day equals itself.
/// </summary>
public static class FhirInstants
{
    /// <summary>First and last tick of the time that a FHIR date covers, or null if the text is not a FHIR date.</summary>
    public static (long From, long To)? Range(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var (format, end) = text.Length switch
        {
            4 => ("yyyy", (Func<DateTime, DateTime>)(d => d.AddYears(1))),
            7 => ("yyyy-MM", d => d.AddMonths(1)),
            10 => ("yyyy-MM-dd", d => d.AddDays(1)),
            _ => ("", d => d),
        };
        if (format.Length > 0)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return null;
            }

            // DateTime cannot represent a year after 9999.
            var after = date.Year == 9999 ? DateTime.MaxValue : end(date);
            return (date.Ticks, after.Ticks - 1);
        }

        if (text.Length < 16 || text[10] != 'T' || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return null;
        }

        var from = instant.UtcTicks;
        var precision = text.IndexOf('.', StringComparison.Ordinal) is var dot and > 0
            ? (long)Math.Pow(10, Math.Max(0, 7 - text.Skip(dot + 1).TakeWhile(char.IsAsciiDigit).Count()))
            : text.Length > 16 && text[16] == ':' ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute;
        return (from, from + precision - 1);
    }
}
