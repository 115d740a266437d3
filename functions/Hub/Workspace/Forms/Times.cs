using System.Globalization;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>Dates and times in the form used in England.</summary>
internal static class Times
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>A date and time in the form "14 July 2026, 09:05", in London time.</summary>
    internal static string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, London).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
