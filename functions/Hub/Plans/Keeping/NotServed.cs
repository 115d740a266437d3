namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Why an officer does not get a document: in the same words on every page and in every bundle of papers.</summary>
internal static class NotServed
{
    internal static string Why(KeepingOutcome outcome) => outcome switch
    {
        KeepingOutcome.NotScanned => "No malware scanner has found it clean yet. Where no scanner is installed, the setting Documents:ServeUnscanned decides.",
        KeepingOutcome.Refused => "Malware was found in it.",
        KeepingOutcome.Transient => "The document store could not return it. Nothing is lost; try again later.",
        KeepingOutcome.Tampered => "The stored document has been altered. The people who run the hub must look into this.",
        _ => "It is not in the document store.",
    };
}
