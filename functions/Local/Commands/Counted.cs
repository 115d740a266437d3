using System.Globalization;

namespace IntegrationHub.Local.Commands;

/// <summary>A number with its noun, as a command prints it.</summary>
internal static class Counted
{
    /// <summary>For example "1 case" and "1,200 cases".</summary>
    /// <param name="number">The number.</param>
    /// <param name="one">The singular noun.</param>
    /// <param name="many">The plural noun, also used for zero; if it is not given, the singular noun with an s.</param>
    internal static string Of(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? one + "s")}");
}
