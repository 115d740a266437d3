using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>Finds the children that content may be about, from the resources that the hub itself has published.</summary>
/// <param name="store">The stored content.</param>
/// <param name="endpoint">Address of the endpoint from which the content comes, usually the hub's own, or empty if it is not known.</param>
/// <param name="content">A function that returns the parsed content of a stored resource; if null, the content is parsed each time.</param>
/// <param name="present">A function that returns a child's present details, or null if they are not known. A Patient resource never has the
/// UPN, and has the former details until a correction takes effect.</param>
/// <param name="names">References that the sender uses for the hub's resources, each with the hub's own reference.</param>
internal sealed class ResourceChild(
    IFhirResourceReader store, string endpoint, Func<AssessmentId, CancellationToken, ValueTask<Child?>> present,
    Func<StoredResource, Resource>? content = null, IReadOnlyDictionary<string, string>? names = null)
{
    private const int MaxCandidates = 20;

    /// <summary>The child of a Task, or null if the hub has no Patient for the Task.</summary>
    internal async ValueTask<KnownChild?> OfTaskAsync(FhirTask task, CancellationToken cancellationToken) =>
        await PatientAsync(task.For?.Reference, cancellationToken) is { } child
            ? child with { RequestId = task.Identifier.Find(identifier => identifier.System == FhirUris.AdviceRequestId)?.Value }
            : null;

    /// <summary>
    /// The child that one of the hub's resources (a Patient, a ServiceRequest or a Task) is about, or null for any other resource.
    /// </summary>
    internal async ValueTask<KnownChild?> OfAsync(StoredResource stored, CancellationToken cancellationToken) => stored.Type switch
    {
        "Patient" => await KnownAsync(stored, cancellationToken),
        "ServiceRequest" => await PatientAsync(Content<ServiceRequest>(stored).Subject?.Reference, cancellationToken),
        "Task" => await PatientAsync(Content<FhirTask>(stored).For?.Reference, cancellationToken),
        _ => null,
    };

    /// <summary>Of the children that the caller knows, those whose NHS number (or date of birth, if the content has no NHS number) is in
    /// the content.</summary>
    internal async ValueTask<IReadOnlyList<KnownChild>> MeantByAsync(IntakeRound round, Resource content, Func<string, Resource?> find, CancellationToken cancellationToken)
    {
        var found = new List<StoredResource>();
        foreach (var number in SubjectReader.NhsNumbers(content, find).Distinct().Take(MaxCandidates))
        {
            await SearchAsync(new Criterion("identifier", [new Alternative(Match.Same, number.Value, FhirUris.NhsNumber)]));
        }

        foreach (var born in found.Count > 0 ? [] : SubjectReader.BirthDates(content, find).Distinct().Take(MaxCandidates))
        {
            if (FhirInstants.Range(born) is { } day)
            {
                await SearchAsync(new Criterion("birthdate", [new Alternative(Match.Overlaps, From: day.From, To: day.To)]));
            }
        }

        var children = new List<KnownChild>();
        foreach (var stored in found.DistinctBy(stored => stored.Id))
        {
            children.AddRange(await KnownAsync(stored, cancellationToken) is { } child ? [child] : []);
        }

        return children;

        async ValueTask SearchAsync(Criterion criterion)
        {
            var query = new ResourceQuery { Type = "Patient", Count = MaxCandidates, All = [criterion] };
            found.AddRange(round.View is { } view
                ? (await view.SearchAsync(store, query, cancellationToken)).Items
                : (await store.SearchAsync(query with { Reader = round.Caller.Key }, cancellationToken)).Items);
        }
    }

    private async ValueTask<KnownChild?> PatientAsync(string? reference, CancellationToken cancellationToken) =>
        References.Local(reference)?.Split('/') is ["Patient", var id] && await store.ReadAsync("Patient", id, cancellationToken) is { Deleted: false } stored
            ? await KnownAsync(stored, cancellationToken)
            : null;

    private T Content<T>(StoredResource stored)
        where T : Resource => content is null ? stored.Parse<T>() : (T)content(stored);

    private async ValueTask<KnownChild?> KnownAsync(StoredResource stored, CancellationToken cancellationToken)
    {
        var patient = Content<Patient>(stored);
        return PatientMapping.Read(patient, "Patient").Value is { } child
            && AssessmentId.TryParse(patient.Identifier.Find(identifier => identifier.System == FhirUris.SubjectId)?.Value, out var assessment, out _)
                ? new KnownChild { Assessment = assessment, Child = await present(assessment, cancellationToken) ?? child, References = ReferencesTo(stored), Endpoint = endpoint }
                : null;
    }

    // The hub's own reference comes first.
    private HashSet<string> ReferencesTo(StoredResource patient)
    {
        var references = new HashSet<string>(StringComparer.Ordinal) { patient.Reference };
        references.UnionWith((names ?? new Dictionary<string, string>()).Where(name => name.Value == patient.Reference).Select(name => name.Key));
        return references;
    }
}
