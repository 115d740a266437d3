using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>What a reader is told when the document store did not return what was asked for.</summary>
internal static class StoreFault
{
    internal static ProblemResult Answer(KeepingOutcome outcome, string what) => outcome switch
    {
        // The caller may read it, so it exists; the store will return it once it can be reached again.
        KeepingOutcome.Missing when what == "plan" => Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "not-kept-yet", "This version was prepared and is still being stored; it can be read once that is done."),
        KeepingOutcome.Missing => Problem.NotFound(what),
        KeepingOutcome.Transient => Problem.Of(StatusCodes.Status503ServiceUnavailable, "store-away", "The document store cannot return it at the moment. Nothing is lost; try again later."),
        KeepingOutcome.Tampered => Problem.Of(
            StatusCodes.Status500InternalServerError, "tampered", "The stored document has been altered, so it is not shown. An officer must check: verify lists the document."),
        KeepingOutcome.NotScanned => Problem.Of(
            StatusCodes.Status409Conflict, "not-scanned", "No scanner has found this document clean yet, so it is not served. Where no scanner is installed, the setting Documents:ServeUnscanned decides."),
        _ => Problem.Of(StatusCodes.Status409Conflict, "store-refuses", $"The {what} may not be read or stored."),
    };
}
