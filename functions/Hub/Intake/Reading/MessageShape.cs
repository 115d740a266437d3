namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>
/// Measures a message before it is read: each header and each part becomes an object, and a message of some megabytes can contain millions
/// of either. Attachments do not count, because their encoding contains no colon and no line that begins with two hyphens.
/// </summary>
internal static class MessageShape
{
    /// <summary>Lines that may be headers.</summary>
    internal const int MaxHeaders = 50_000;

    /// <summary>Lines that may divide parts.</summary>
    internal const int MaxDividers = 5_000;

    /// <summary>Bytes of the headers of the message itself.</summary>
    internal const int MaxHeaderBytes = 1024 * 1024;

    /// <summary>Which size or count is too large, as a reason for a case officer; null for an ordinary message.</summary>
    internal static string? Fault(ReadOnlySpan<byte> raw)
    {
        var (headers, dividers, top) = (0, 0, -1);
        for (var at = 0; at < raw.Length;)
        {
            var end = raw[at..].IndexOf((byte)'\n');
            var next = end < 0 ? raw.Length : at + end + 1;
            var line = raw[at..next].TrimEnd("\r\n"u8);
            top = top < 0 && line.IsEmpty ? at : top;
            dividers += line.StartsWith("--"u8) ? 1 : 0;
            headers += line.Length > 1 && line[0] is not ((byte)' ' or (byte)'\t') && line.Contains((byte)':') ? 1 : 0;
            at = next;
        }

        return (top < 0 ? raw.Length : top) > MaxHeaderBytes ? "Its headers are larger than those of any ordinary message."
            : headers > MaxHeaders ? "It has more headers than any ordinary message."
            : dividers > MaxDividers ? "It is divided into more parts than any ordinary message."
            : null;
    }
}
