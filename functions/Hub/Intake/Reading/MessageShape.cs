namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>
/// Measures a message before it is read, because each header and each part becomes an object, and a message of a few megabytes can contain
/// millions of them. The content of attachments is not counted, because encoded content has no colon and no line that begins with two
/// hyphens.
/// </summary>
internal static class MessageShape
{
    /// <summary>The largest permitted number of lines that could be headers.</summary>
    internal const int MaxHeaders = 50_000;

    /// <summary>The largest permitted number of lines that could separate parts.</summary>
    internal const int MaxDividers = 5_000;

    /// <summary>The largest permitted size of the message's own headers, in bytes.</summary>
    internal const int MaxHeaderBytes = 1024 * 1024;

    /// <summary>States for a case officer which size or count is too large, or returns null for an ordinary message.</summary>
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

        return (top < 0 ? raw.Length : top) > MaxHeaderBytes ? "The headers of the message are larger than in any ordinary message."
            : headers > MaxHeaders ? "The message has more headers than any ordinary message."
            : dividers > MaxDividers ? "The message has more parts than any ordinary message."
            : null;
    }
}
