namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The result texts of Microsoft Defender for Storage, which the folder's scanner uses too.</summary>
internal static class ScanWords
{
    internal const string TagName = "Malware Scanning scan result";

    private const string CleanWords = "No threats found";
    private const string MaliciousWords = "Malicious";

    // Only this exact text counts as clean: a failed scan, or a new text of a later version, does not.
    internal static ScanState Read(string? words) => words?.Trim() switch
    {
        CleanWords => ScanState.Clean,
        MaliciousWords => ScanState.Malicious,
        _ => ScanState.Unknown,
    };

    /// <summary>The text of a result; null where there is none.</summary>
    internal static string? Of(ScanState found) => found switch
    {
        ScanState.Clean => CleanWords,
        ScanState.Malicious => MaliciousWords,
        _ => null,
    };
}
