using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>
/// One request for advice as a transaction Bundle, which is sent to a body's own endpoint. Each entry is conditional on one of the hub's
/// identifiers, so sending the Bundle again creates nothing. References use urn:uuid, and the receiving server rewrites them.
/// </summary>
public static class RequestBundle
{
    /// <summary>The transaction that creates the parts of the request that the receiver does not have yet.</summary>
    public static Bundle Transaction(RequestForAdvice ask, DateTimeOffset authored)
    {
        var resources = RequestResources.Of(ask, authored);
        var bundle = new Bundle { Id = FhirIds.Of("Bundle", ask.RequestId), Type = Bundle.BundleType.Transaction };
        foreach (var resource in resources.All.DistinctBy(resource => resource.Id))
        {
            var fullUrl = $"urn:uuid:{resource.Id}";
            var identifier = Match(resource, ask);
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = fullUrl,
                Resource = resource,
                Request = new Bundle.RequestComponent
                {
                    Method = Bundle.HTTPVerb.POST,
                    Url = resource.TypeName,
                    IfNoneExist = $"identifier={Uri.EscapeDataString($"{identifier.System}|{identifier.Value}")}",
                },
            });
        }

        foreach (var reference in bundle.Entry.SelectMany(entry => References(entry.Resource!)))
        {
            reference.Reference = $"urn:uuid:{reference.Reference![(reference.Reference!.IndexOf('/', StringComparison.Ordinal) + 1)..]}";
        }

        // The receiving server gives each resource an id of its own.
        foreach (var entry in bundle.Entry)
        {
            entry.Resource!.Id = null;
        }

        return bundle;
    }

    // The receiver may already have a record of the child under the NHS number. Only a verified number may link a request to an existing
    // record, because a wrong link would put one child's request into another child's notes.
    private static Identifier Match(DomainResource resource, RequestForAdvice ask) => resource switch
    {
        Patient patient => ask.Child.NhsNumberStatus == NhsNumberStatus.Verified && patient.Identifier.Find(i => i.System == FhirUris.NhsNumber) is { } verified
            ? verified
            : patient.Identifier.Single(i => i.System == FhirUris.SubjectId),
        IIdentifiable<List<Identifier>> identifiable => identifiable.Identifier[0],
        _ => throw new InvalidOperationException($"{resource.TypeName} is not part of a request for advice."),
    };

    private static IEnumerable<ResourceReference> References(Resource resource) => resource switch
    {
        ServiceRequest request => [request.Subject!, request.Requester!, .. request.Performer, .. request.SupportingInfo],
        Hl7.Fhir.Model.Task task => [task.Focus!, task.For!, task.Requester!, task.Owner!],
        _ => [],
    };
}
