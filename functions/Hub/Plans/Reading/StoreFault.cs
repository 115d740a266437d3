using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>The answer to a caller when the document store did not return a document.</summary>
internal static class StoreFault
{
    internal static ProblemResult Answer(KeepingOutcome outcome, string what) => outcome switch
    {
        // The caller is allowed to read the version, so it exists, and the caller can read it once the store can be reached again.
        KeepingOutcome.Missing when what == "plan" => Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "not-kept-yet", "This version has been prepared and is still being stored. You can read it once it has been stored."),
        KeepingOutcome.Missing => Problem.NotFound(what),
        KeepingOutcome.Transient => Problem.Of(StatusCodes.Status503ServiceUnavailable, "store-away", "The document store cannot return the document at the moment. Nothing is lost; try again later."),
        KeepingOutcome.Tampered => Problem.Of(
            StatusCodes.Status500InternalServerError, "tampered", "The stored document has been altered, so it is not shown. An officer must check the document. It is listed when the stored versions and documents are verified."),
        KeepingOutcome.NotScanned => Problem.Of(
            StatusCodes.Status409Conflict, "not-scanned", "This document has not passed a malware scan yet, so it cannot be opened. If no scanner is installed, the setting Documents:ServeUnscanned decides whether the document is shown."),
        _ => Problem.Of(StatusCodes.Status409Conflict, "store-refuses", $"The {what} must not be read or stored."),
    };
}
