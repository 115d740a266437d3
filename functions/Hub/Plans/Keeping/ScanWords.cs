namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The words of Microsoft Defender for Storage, which the folder's scanner uses too.</summary>
internal static class ScanWords
{
    internal const string TagName = "Malware Scanning scan result";

    // Only the one good word is good: a scan that failed, or a word that a later version invents, is not "clean".
    internal static ScanState Read(string? words) => words?.Trim() switch
    {
        "No threats found" => ScanState.Clean,
        "Malicious" => ScanState.Malicious,
        _ => ScanState.Unknown,
    };
}
