namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The texts with which Microsoft Defender for Storage reports the result of a scan. If documents are stored in a folder, the
/// scanner there must write the same texts.</summary>
internal static class ScanWords
{
    internal const string TagName = "Malware Scanning scan result";

    private const string CleanWords = "No threats found";
    private const string MaliciousWords = "Malicious";

    // Only this exact text means that the document is clean. After any other text, for example that of a failed scan, the document is not
    // treated as clean.
    internal static ScanState Read(string? words) => words?.Trim() switch
    {
        CleanWords => ScanState.Clean,
        MaliciousWords => ScanState.Malicious,
        _ => ScanState.Unknown,
    };

    /// <summary>The text for the result of a scan, or null if there is no result.</summary>
    internal static string? Of(ScanState found) => found switch
    {
        ScanState.Clean => CleanWords,
        ScanState.Malicious => MaliciousWords,
        _ => null,
    };
}
