using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Plans.Keeping;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>Creates, for each caller, a view of the resources that the caller is allowed to see.</summary>
/// <param name="visibility">Decides what callers may know about assessments.</param>
/// <param name="keeping">The rule on whether unscanned documents are returned; by default they are not.</param>
public sealed class FhirViews(IFhirVisibility visibility, KeepingRules? keeping = null)
{
    /// <summary>The resources that a caller is allowed to see, for one request by that caller.</summary>
    public FhirView Of(FhirCaller caller) => new(visibility, caller, keeping?.ServeUnscanned ?? false);

    /// <inheritdoc cref="IFhirVisibility.ChildAsync"/>
    public ValueTask<Child?> ChildAsync(AssessmentId assessment, CancellationToken cancellationToken) => visibility.ChildAsync(assessment, cancellationToken);
}

/// <summary>
/// The resources that one caller is allowed to see. Everything that returns a resource uses this view: read, vread, history, search,
/// _include, conditional references, responses to writes, and notifications. Of the hub's own resources about a child, only the current
/// version is shown, because a version from before a correction may be about another child.
/// </summary>
public sealed class FhirView(IFhirVisibility visibility, FhirCaller caller, bool serveUnscanned)
{
    /// <summary>Largest number of resources checked for one page. A search that would need to check more continues on the next
    /// page.</summary>
    public const int MaxResourcesChecked = 2000;

    private const int Step = 200;

    private readonly Dictionary<AssessmentId, FhirVisibility> seen = [];

    /// <summary>The resource with only what this caller is allowed to see, or null if the caller is not allowed to see it.</summary>
    /// <param name="stored">One version of the resource.</param>
    /// <param name="isCurrent">Whether this version is the newest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="content">Returns the parsed content of a stored resource, which must not be changed; null to parse it here.</param>
    public async ValueTask<StoredResource?> ShowAsync(StoredResource stored, bool isCurrent, CancellationToken cancellationToken, Func<StoredResource, Resource>? content = null)
    {
        if (!stored.IsReadableBy(caller.Key))
        {
            return null;
        }

        return Checked(stored) is { } safe ? await ShowSafeAsync(safe, isCurrent, content ?? Parsed, cancellationToken) : null;
    }

    /// <summary>
    /// The resource with only the documents that this caller may read, or null if the resource itself is a document that the caller may not
    /// read.
    /// </summary>
    private StoredResource? Checked(StoredResource stored)
    {
        if (stored.Deleted || !CarriedDocuments.MayBeIn(stored.Json.Span))
        {
            return stored;
        }

        var resource = stored.Parse<Resource>();
        return CarriedDocuments.HasMalware(resource) ? null
            : serveUnscanned || stored.WrittenBy == caller.Key ? stored
            : resource is Binary ? null
            : Without<Resource>(stored, CarriedDocuments.Remove);
    }

    private async ValueTask<StoredResource?> ShowSafeAsync(StoredResource stored, bool isCurrent, Func<StoredResource, Resource> content, CancellationToken cancellationToken)
    {
        if (stored.Deleted || stored.Type is not ("Patient" or "ServiceRequest" or "Task"))
        {
            return stored;
        }

        var resource = content(stored);
        if (AssessmentOf(resource) is not { } assessment)
        {
            return stored;
        }

        var known = await OfAsync(assessment, cancellationToken);
        return !known.Exists ? null : resource switch
        {
            Patient patient => known.ShowsChild && isCurrent && IsStill(patient, known.Child) ? stored : null,
            ServiceRequest { SupportingInfo.Count: > 0 } when !known.ShowsChild || !isCurrent => Without<ServiceRequest>(stored, request => request.SupportingInfo = []),
            FhirTask task when !known.ShowsChild && task.Input.Exists(IsDocument) => Without<FhirTask>(stored, found => found.Input.RemoveAll(IsDocument)),
            _ => stored,
        };
    }

    /// <inheritdoc cref="IFhirVisibility.ChildAsync"/>
    public ValueTask<Child?> ChildAsync(AssessmentId assessment, CancellationToken cancellationToken) => visibility.ChildAsync(assessment, cancellationToken);

    /// <summary>The newest version of a resource with only what this caller is allowed to see, or null if there is none.</summary>
    public async ValueTask<StoredResource?> ReadAsync(IFhirResourceReader store, string type, string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(type, id, cancellationToken) is { } stored ? await ShowAsync(stored, isCurrent: true, cancellationToken) : null;

    /// <summary>The search results that this caller may see.</summary>
    public async ValueTask<ViewedPage> SearchAsync(IFhirResourceReader store, ResourceQuery query, CancellationToken cancellationToken)
    {
        var asked = query with { Reader = caller.Key };
        if (query.Type is not ("Patient" or "ServiceRequest" or "Task") || (query.Type != "Patient" && query.Count == 0))
        {
            var whole = await store.SearchAsync(asked, cancellationToken);
            var given = new List<StoredResource>(whole.Items.Count);
            foreach (var stored in whole.Items)
            {
                given.AddRange(await ShowAsync(stored, isCurrent: true, cancellationToken) is { } one ? [one] : []);
            }

            return new ViewedPage(given, whole.Total, whole.More && whole.Items.Count > 0 ? whole.Items[^1].Sequence : null);
        }

        var shown = new List<StoredResource>();
        var (lookedAt, count, after) = (0, 0, query.After);
        while (true)
        {
            var page = await store.SearchAsync(asked with { After = after, Count = query.Count == 0 ? Step : Math.Min(Step, query.Count - shown.Count) }, cancellationToken);
            foreach (var stored in page.Items)
            {
                after = stored.Sequence;
                if (await ShowAsync(stored, isCurrent: true, cancellationToken) is { } visible)
                {
                    count++;
                    shown.AddRange(query.Count == 0 ? [] : [visible]);
                }
            }

            lookedAt += page.Items.Count;
            var isFull = query.Count > 0 && shown.Count >= query.Count;
            if (!page.More || page.Items.Count == 0 || isFull || lookedAt >= MaxResourcesChecked)
            {
                // A total that includes hidden resources would reveal them, so for children a total is given only if all resources were
                // checked.
                int? total = !page.More && query.After is null ? count : query.Type == "Patient" ? null : page.Total;
                return new ViewedPage(shown, total, page.More ? after : null);
            }
        }
    }

    private static bool IsDocument(FhirTask.ParameterComponent input) => input.Value is Attachment;

    private static Resource Parsed(StoredResource stored) => stored.Parse<Resource>();

    private static StoredResource Without<T>(StoredResource stored, Action<T> remove)
        where T : Resource
    {
        var resource = stored.Parse<T>();
        remove(resource);
        return stored with { Json = FhirWriter.Write(resource, FhirFormat.Json) };
    }

    // Until a correction takes effect, or if its effect failed, the stored resource still has the child's old details.
    private static bool IsStill(Patient patient, Child? child) => child is null
        || (PatientMapping.Read(patient, "Patient").Value is { } kept
            && kept.NhsNumber == child.NhsNumber && kept.DateOfBirth == child.DateOfBirth && IsSame(kept.GivenName, child.GivenName) && IsSame(kept.FamilyName, child.FamilyName)
            && (kept.Postcode is null || IsSame(kept.Postcode, child.Postcode)));

    // FHIR does not allow every character that a name in the case can have.
    private static bool IsSame(string kept, string? present) => FhirWriter.Allowed(kept) == FhirWriter.Allowed(present ?? "");

    private static AssessmentId? AssessmentOf(Resource resource)
    {
        var identifier = resource switch
        {
            Patient patient => patient.Identifier.Find(i => i.System == FhirUris.SubjectId),
            ServiceRequest request => request.Requisition,
            FhirTask task => task.GroupIdentifier,
            _ => null,
        };
        return identifier?.System is FhirUris.SubjectId or FhirUris.AssessmentId && AssessmentId.TryParse(identifier.Value, out var assessment, out _) ? assessment : null;
    }

    private async ValueTask<FhirVisibility> OfAsync(AssessmentId assessment, CancellationToken cancellationToken) =>
        seen.TryGetValue(assessment, out var known) ? known : seen[assessment] = await visibility.OfAsync(caller, assessment, cancellationToken);
}

/// <summary>A page of a caller's search results.</summary>
/// <param name="Items">The resources on the page.</param>
/// <param name="Total">Total number of results that the caller may see, or null if unknown.</param>
/// <param name="Next">Position after which the next page begins, or null on the last page.</param>
public sealed record ViewedPage(IReadOnlyList<StoredResource> Items, int? Total, long? Next);
