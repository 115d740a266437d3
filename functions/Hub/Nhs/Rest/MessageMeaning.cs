using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Meaning;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>
/// Checks the meaning of a message before its content is read: its event, reason and response, and the status of its copies of the hub's
/// own resources. An unknown code could reverse the meaning, so it is refused. Source: Booking and Referral Standard, code
/// systems message-events-bars and message-reason-bars.
/// </summary>
internal static class MessageMeaning
{
    /// <summary>Code system of the events in a message header.</summary>
    internal const string Events = "https://fhir.nhs.uk/CodeSystem/message-events-bars";

    /// <summary>
    /// The only event that answers a request. All other events are requests or bookings, which ask the receiver to do something.
    /// </summary>
    internal const string Answer = "servicerequest-response";

    private const string Reasons = "https://fhir.nhs.uk/CodeSystem/message-reason-bars";
    private const string Header = "Bundle.entry[0].resource";

    private static readonly string[] KnownReasons = ["new", "update"];

    /// <summary>Returns the path of everything whose meaning is unknown or is not accepted from a body.</summary>
    /// <param name="message">The message, which begins with a MessageHeader.</param>
    /// <param name="ours">The hub's own Task that the message is about.</param>
    internal static IEnumerable<FhirProblem> Problems(Bundle message, FhirTask ours)
    {
        var header = (MessageHeader)message.Entry[0].Resource!;
        if (header.Event is not Coding { System: Events, Code: Answer })
        {
            yield return NotKnown($"{Header}.event", $"is not accepted; to answer a request, use {Answer} of {Events}.");
        }

        if (header.Reason?.Coding.FindIndex(coding => coding.System != Reasons || !KnownReasons.Contains(coding.Code)) is { } at and >= 0)
        {
            yield return NotKnown($"{Header}.reason.coding[{at}]", $"is not accepted; use {string.Join(" and ", KnownReasons)} of {Reasons}.");
        }

        if (header.Response is { } response && response.Code != MessageHeader.ResponseType.Ok)
        {
            yield return NotKnown($"{Header}.response.code", "must not report a failure; use the status of the Task and its reason instead.");
        }

        // Resources in the message that become entries of their own are also checked as entries. Everything else in the message is checked
        // only here.
        for (var i = 0; i < message.Entry.Count; i++)
        {
            foreach (var problem in message.Entry[i].Resource is { } resource ? Of(resource, ours, $"Bundle.entry[{i}].resource") : [])
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<FhirProblem> Of(Resource resource, FhirTask ours, string place)
    {
        var unknown = MeaningCodes.Unknown(resource, place);
        return resource switch
        {
            FhirTask task => [.. unknown, .. Copy(task, ours, place)],
            ServiceRequest request => [.. unknown, .. Copy(request, place)],
            Patient { Active: false } => [.. unknown, NotKnown($"{place}.active", "the child's record must be active.")],
            _ => unknown,
        };
    }

    private static IEnumerable<FhirProblem> Copy(FhirTask task, FhirTask ours, string place)
    {
        if (task.Intent is { } intent && intent != ours.Intent)
        {
            yield return NotKnown($"{place}.intent", "must match the request.");
        }

        if (task.Priority is { } priority && priority != (ours.Priority ?? RequestPriority.Routine))
        {
            yield return NotKnown($"{place}.priority", "only the council sets the priority; use a note instead.");
        }

        if (task.Code is { } code && (ours.Code is null || !code.Coding.TrueForAll(coding => ours.Code.Coding.Exists(known => known.System == coding.System && known.Code == coding.Code))))
        {
            yield return NotKnown($"{place}.code", "must match the request.");
        }
    }

    private static IEnumerable<FhirProblem> Copy(ServiceRequest request, string place)
    {
        if (request.Status is not (null or RequestStatus.Active or RequestStatus.Completed))
        {
            yield return NotKnown($"{place}.status", "only the council can end its request or put it on hold; use the status of the Task instead.");
        }

        if (request.DoNotPerform == true)
        {
            yield return NotKnown($"{place}.doNotPerform", "must not be true, because it would reverse the meaning of the request.");
        }
    }

    private static FhirProblem NotKnown(string place, string reason) => new(place, reason, OperationOutcome.IssueType.NotSupported);
}
