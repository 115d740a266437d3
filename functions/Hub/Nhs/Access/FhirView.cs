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

/// <summary>Creates the views of callers.</summary>
/// <param name="sight">Decides what callers may know of assessments.</param>
/// <param name="keeping">Whether unscanned documents are returned; no by default.</param>
public sealed class FhirViews(IFhirSight sight, KeepingRules? keeping = null)
{
    /// <summary>What <paramref name="caller"/> sees, for one interaction.</summary>
    public FhirView Of(FhirCaller caller) => new(sight, caller, keeping?.ServeUnscanned ?? false);
}

/// <summary>
/// Resources as one caller sees them. Everything that returns a resource uses this: read, vread, history, search, _include, conditional
/// references, answers to writes, and notifications. Only the current version of the hub's own resources about a child is shown, because an
/// earlier version may be about another child, from before a correction.
/// </summary>
public sealed class FhirView(IFhirSight sight, FhirCaller caller, bool serveUnscanned)
{
    /// <summary>Largest number of resources checked for one page; a search that hides more than these continues on the next page.</summary>
    public const int MaxLookedAt = 2000;

    private const int Step = 200;

    private readonly Dictionary<AssessmentId, FhirSight> seen = [];

    /// <summary>The resource as this caller sees it; null when it may see none.</summary>
    /// <param name="stored">One version of it.</param>
    /// <param name="isCurrent">Whether it is the newest version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="content">What a stored resource says, which is not changed; null to parse it here.</param>
    public async ValueTask<StoredResource?> ShowAsync(StoredResource stored, bool isCurrent, CancellationToken cancellationToken, Func<StoredResource, Resource>? content = null)
    {
        if (!stored.IsReadableBy(caller.Key))
        {
            return null;
        }

        return Checked(stored) is { } safe ? await ShowSafeAsync(safe, isCurrent, content ?? Parsed, cancellationToken) : null;
    }

    /// <summary>
    /// The resource with only those documents that this caller may read; null where the resource itself is a document that the caller may
    /// not read.
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

    /// <summary>The newest version of a resource as this caller sees it; null when there is none to see.</summary>
    public async ValueTask<StoredResource?> ReadAsync(IFhirResourceReader store, string type, string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(type, id, cancellationToken) is { } stored ? await ShowAsync(stored, isCurrent: true, cancellationToken) : null;

    /// <summary>What this caller finds.</summary>
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
            if (!page.More || page.Items.Count == 0 || isFull || lookedAt >= MaxLookedAt)
            {
                // A total that counted hidden resources would reveal them, so for children no total is given unless all were checked.
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

    // Between a correction and its effect, or if the effect failed, the stored resource still has the child's old details.
    private static bool IsStill(Patient patient, Child? child) => child is null
        || (PatientMapping.Read(patient, "Patient").Value is { } kept
            && kept.NhsNumber == child.NhsNumber && kept.DateOfBirth == child.DateOfBirth && kept.GivenName == child.GivenName && kept.FamilyName == child.FamilyName
            && (kept.Postcode is null || kept.Postcode == child.Postcode));

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

    private async ValueTask<FhirSight> OfAsync(AssessmentId assessment, CancellationToken cancellationToken) =>
        seen.TryGetValue(assessment, out var known) ? known : seen[assessment] = await sight.OfAsync(caller, assessment, cancellationToken);
}

/// <summary>A page of a caller's search results.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">Total number that the caller may see; null where it is not known.</param>
/// <param name="Next">Position after which the next page begins; null on the last.</param>
public sealed record ViewedPage(IReadOnlyList<StoredResource> Items, int? Total, long? Next);
