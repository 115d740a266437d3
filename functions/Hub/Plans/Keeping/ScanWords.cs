namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The result texts of Microsoft Defender for Storage, which a scanner for a folder must also use.</summary>
internal static class ScanWords
{
    internal const string TagName = "Malware Scanning scan result";

    private const string CleanWords = "No threats found";
    private const string MaliciousWords = "Malicious";

    // Only this exact text means clean; a failed scan, or a new text in a later version, does not.
    internal static ScanState Read(string? words) => words?.Trim() switch
    {
        CleanWords => ScanState.Clean,
        MaliciousWords => ScanState.Malicious,
        _ => ScanState.Unknown,
    };

    /// <summary>The text for a result, or null if there is none.</summary>
    internal static string? Of(ScanState found) => found switch
    {
        ScanState.Clean => CleanWords,
        ScanState.Malicious => MaliciousWords,
        _ => null,
    };
}
