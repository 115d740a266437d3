using System.Globalization;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>Instants as people in England read them.</summary>
internal static class Times
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>"14 July 2026, 09:05".</summary>
    internal static string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, London).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
