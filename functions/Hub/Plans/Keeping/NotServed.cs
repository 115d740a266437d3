namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Explains to an officer why the hub does not serve a document. The text is the same on every page and in every bundle of
/// papers.</summary>
internal static class NotServed
{
    internal static string Why(KeepingOutcome outcome) => outcome switch
    {
        KeepingOutcome.NotScanned => "No malware scanner has found the document clean yet. If no scanner is installed, the setting Documents:ServeUnscanned decides whether the document is shown.",
        KeepingOutcome.Refused => "Malware was found in the document.",
        KeepingOutcome.Transient => "The document store could not return the document. Nothing is lost; try again later.",
        KeepingOutcome.Tampered => "The stored document has been altered. The people who run the hub must investigate this.",
        _ => "The document is not in the document store.",
    };
}
