using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>
/// Finds what a message says in addition to its Task and the Task's output. Copies of the hub's own resources add nothing new. Other text
/// in the message header, or about people whom the message names, becomes a note of the Task. A part of the message that nobody would read
/// is refused, and the refusal gives the part's path.
/// </summary>
internal static class MessageWords
{
    private static readonly HashSet<string> Context = ["MessageHeader", "Patient", "ServiceRequest", "Organization", "Practitioner", "PractitionerRole"];
    private static readonly HashSet<string> HandedIn = ["QuestionnaireResponse", "DocumentReference", "Bundle"];

    /// <summary>A problem for each entry of the message that the hub would ignore; empty if all entries are used.</summary>
    internal static IEnumerable<FhirProblem> Unread(Bundle message, FhirTask task)
    {
        var outputs = task.Output.Select(output => (output.Value as ResourceReference)?.Reference).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < message.Entry.Count; i++)
        {
            var entry = message.Entry[i];
            var type = entry.Resource?.TypeName ?? "";
            var at = $"Bundle.entry[{i}].resource";
            if (HandedIn.Contains(type) && (entry.FullUrl is null || !outputs.Contains(entry.FullUrl)))
            {
                yield return new FhirProblem(at, "this resource is not an output of the message's Task, so nobody would read it.", OperationOutcome.IssueType.BusinessRule);
            }
            else if (!HandedIn.Contains(type) && !Context.Contains(type) && type is not ("Task" or "Binary"))
            {
                yield return new FhirProblem(at, $"{type} is not read in a message; put the content into a document in the Task's output.", OperationOutcome.IssueType.NotSupported);
            }
        }
    }

    /// <summary>A note with the text that is outside the Task and its output and that is new to the hub, or null if there is none.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ours">The hub's own resources for the request.</param>
    internal static Annotation? Beside(Bundle message, IEnumerable<Resource> ours)
    {
        var known = ours.SelectMany(resource => UnreadText.Of(resource)).Select(text => text.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lines = message.Entry.Select(entry => entry.Resource is FhirTask task ? TaskRules.HubsPart(task) : entry.Resource).OfType<Resource>()
            .Where(resource => resource is FhirTask || Context.Contains(resource.TypeName))
            .SelectMany(UnreadText.Of).Where(text => !known.Contains(text.Text)).Select(text => $"{text.Path}: {text.Text}").Distinct(StringComparer.Ordinal).ToList();
        return lines.Count == 0 ? null : new Annotation { Text = new Markdown($"The message also says:\n{string.Join('\n', lines)}") };
    }
}
