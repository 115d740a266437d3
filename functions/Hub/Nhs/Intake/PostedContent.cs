using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>
/// Finds the open Tasks to which content belongs that a body has posted but that is not the output of a completed Task. Until the body
/// completes the Task, the content is stored at the endpoint only and is not advice.
/// </summary>
internal sealed class PostedContent(IFhirResourceStore store)
{
    private const int MaxTasks = 50;

    /// <summary>The types of content that can be advice.</summary>
    internal static readonly string[] Types = ["QuestionnaireResponse", "DocumentReference", "Bundle"];

    private static readonly string[] Open = ["requested", "received", "accepted", "in-progress", "on-hold"];

    /// <summary>What the body must still do with content that it has posted, or null if there is nothing to do.</summary>
    internal async ValueTask<OperationOutcome?> StillToDoAsync(StoredResource posted, CancellationToken cancellationToken)
    {
        var tasks = await OpenTasksAsync(posted, cancellationToken);
        return tasks.Count == 0
            ? null
            : Outcomes.AllOk($"{posted.Reference} is stored but is not advice yet: set the status of {string.Join(" or ", tasks.Select(task => $"Task/{task.Id}"))} to completed, with a Task.output that refers to it.");
    }

    /// <summary>
    /// The writer's open Tasks to which the content belongs: those that it names or, if it names none, all for the child. The list is empty
    /// if the content was handed in with a completed Task or was withdrawn.
    /// </summary>
    internal async ValueTask<IReadOnlyList<FhirTask>> OpenTasksAsync(StoredResource posted, CancellationToken cancellationToken)
    {
        if (posted.Deleted || !Types.Contains(posted.Type) || (await HandedIn.TasksOfAsync(store, posted.Reference, cancellationToken)).Count > 0)
        {
            return [];
        }

        var content = posted.Parse<Resource>();
        if (AdviceInTask.IsTakenBack(content))
        {
            return [];
        }

        var round = new IntakeRound(new FhirCaller(posted.WrittenBy, MayWrite: false), store, view: null, endpoint: "");
        var (linked, requests) = await LinkedAsync(round, content, cancellationToken);
        if ((linked ?? await NamedAsync(round, content, cancellationToken)) is not { } assessment)
        {
            return [];
        }

        var page = await store.SearchAsync(
            new ResourceQuery
            {
                Type = "Task",
                Reader = posted.WrittenBy,
                Count = MaxTasks,
                All =
                [
                    new Criterion("group-identifier", [new Alternative(Match.Same, assessment.Value, FhirUris.AssessmentId)]),
                    new Criterion("status", [.. Open.Select(status => new Alternative(Match.Same, status))]),
                ],
            },
            cancellationToken);
        return [.. page.Items.Select(stored => stored.Parse<FhirTask>()).Where(task => requests.Count == 0 || requests.Overlaps(RequestsOf(task)))];
    }

    // The assessment of the resources to which the content refers, and the requests among them.
    private static async ValueTask<(AssessmentId? Assessment, HashSet<string> Requests)> LinkedAsync(IntakeRound round, Resource content, CancellationToken cancellationToken)
    {
        AssessmentId? assessment = null;
        var requests = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in TaskIntake.Links(content).Append(Subject(content)))
        {
            if (await round.VisibleAsync(link?.Reference, cancellationToken) is { } stored && await round.Children.OfAsync(stored, cancellationToken) is { } child)
            {
                assessment ??= child.Assessment;
                requests.UnionWith(RequestsOf(round.Stored.Content<Resource>(stored)));
            }
        }

        return (assessment, requests);
    }

    // The assessment of the child whose details are in the content.
    private static async ValueTask<AssessmentId?> NamedAsync(IntakeRound round, Resource content, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var (text, _) in References.In(content).Where(reference => reference.Text.StartsWith("Binary/", StringComparison.Ordinal)))
        {
            if (References.Local(text) is { } local && await round.FindAsync(local, cancellationToken) is { } document)
            {
                documents[local] = document;
            }
        }

        Resource? Find(string reference) => References.Local(reference) is { } local ? documents.GetValueOrDefault(local) : null;
        var children = await round.Children.MeantByAsync(round, content, Find, cancellationToken);
        return children.FirstOrDefault(child => SubjectReader.Read(content, child, Find) is { IsNamed: true, Contradictions.Count: 0 })?.Assessment;
    }

    private static ResourceReference? Subject(Resource content) => content switch
    {
        QuestionnaireResponse response => response.Subject,
        DocumentReference document => document.Subject,
        Bundle document => (document.Entry.FirstOrDefault()?.Resource as Composition)?.Subject,
        _ => null,
    };

    // A repeated request has the name of the original request with a third part, which does not matter here.
    private static IEnumerable<string> RequestsOf(Resource resource) => (resource switch
    {
        FhirTask task => task.Identifier,
        ServiceRequest request => request.Identifier,
        _ => [],
    }).Where(identifier => identifier is { System: FhirUris.AdviceRequestId, Value: not null }).Select(identifier => string.Join('/', identifier.Value!.Split('/').Take(2)));
}
