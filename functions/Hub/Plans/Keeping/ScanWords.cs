namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The result texts of Microsoft Defender for Storage, which the folder's scanner uses too.</summary>
internal static class ScanWords
{
    internal const string TagName = "Malware Scanning scan result";

    // Only this exact text counts as clean: a failed scan, or a new text of a later version, does not.
    internal static ScanState Read(string? words) => words?.Trim() switch
    {
        "No threats found" => ScanState.Clean,
        "Malicious" => ScanState.Malicious,
        _ => ScanState.Unknown,
    };
}
