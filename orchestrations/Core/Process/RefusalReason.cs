using System.Globalization;
using System.Runtime.CompilerServices;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A reason that is formatted only when the input is refused. Almost every check succeeds, and a tenth of the memory allocated in a turn
/// was used to format reasons that nobody needed.
/// </summary>
[InterpolatedStringHandler]
internal ref struct RefusalReason
{
    private DefaultInterpolatedStringHandler words;

    /// <param name="literals">The length of the fixed text.</param>
    /// <param name="holes">The number of values in the text.</param>
    /// <param name="holds">Whether the check succeeds, so that nothing needs to be formatted.</param>
    /// <param name="refused">Whether the input is refused, so that the reason is needed.</param>
    public RefusalReason(int literals, int holes, bool holds, out bool refused)
    {
        refused = !holds;
        words = refused ? new DefaultInterpolatedStringHandler(literals, holes, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => words.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => words.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => words.AppendFormatted(value, format);

    internal string Say() => words.ToStringAndClear();
}
