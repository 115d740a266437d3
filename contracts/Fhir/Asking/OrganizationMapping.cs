using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>Converts between agencies and Organization resources.</summary>
public static class OrganizationMapping
{
    /// <summary>The Organization that describes an agency. The Organization's id is derived from the agency's number.</summary>
    public static Organization ToFhir(Agency agency) => new()
    {
        Id = IdOf(agency.Id),
        Meta = new Meta { Profile = [FhirUris.UkCoreOrganization] },
        Identifier = [IdentifierOf(agency.Id)],
        Active = true,
        Name = agency.Name,
    };

    /// <summary>The hub's id of an agency's Organization.</summary>
    public static string IdOf(AgencyId agency) => FhirIds.Of("Organization", agency.Value);

    /// <summary>The agency's number as a FHIR identifier.</summary>
    public static Identifier IdentifierOf(AgencyId agency) => new(
        agency.Scheme switch
        {
            AgencyScheme.Ods => FhirUris.OdsOrganization,
            AgencyScheme.Urn => FhirUris.SchoolUrn,
            AgencyScheme.Ukprn => FhirUris.Ukprn,
            AgencyScheme.Person => FhirUris.PersonAsked,
            _ => FhirUris.CouncilService,
        },
        agency.Code);

    /// <summary>The agency that an Organization describes, found by the first identifier that the hub knows.</summary>
    public static FhirReading<Agency> Read(Organization organization, string path)
    {
        foreach (var identifier in organization.Identifier)
        {
            var scheme = identifier.System switch
            {
                FhirUris.OdsOrganization => "ods",
                FhirUris.SchoolUrn => "urn",
                FhirUris.Ukprn => "ukprn",
                FhirUris.CouncilService => "la",
                FhirUris.PersonAsked => "person",
                _ => null,
            };
            if (scheme is null)
            {
                continue;
            }

            return AgencyId.TryParse($"{scheme}:{identifier.Value}", out var id, out var problem)
                ? FhirReading<Agency>.Of(new Agency { Id = id, Name = organization.Name ?? id.Value })
                : FhirReading<Agency>.Failed(new FhirProblem($"{path}.identifier.value", problem, OperationOutcome.IssueType.Value));
        }

        return FhirReading<Agency>.Failed(new FhirProblem(
            $"{path}.identifier", $"an identifier of one of these systems is needed: {FhirUris.OdsOrganization}, {FhirUris.SchoolUrn}, {FhirUris.Ukprn}, {FhirUris.CouncilService}.", OperationOutcome.IssueType.Required));
    }
}
