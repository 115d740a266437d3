using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>
/// Makes the JSON Patch (RFC 6902) that sets the present school in a ServiceRequest created from the hub's ServiceRequest. The school is
/// named only by its identifier, and the body's own data about schools is not changed. Entries that the body added are not removed.
/// </summary>
internal static class SchoolCorrection
{
    internal static JsonArray From(ServiceRequest theirs, Agency? school)
    {
        var wanted = school is null ? null : Named(school);
        var kept = theirs.SupportingInfo.Where(info => !IsOrganization(info)).ToList();
        var named = theirs.SupportingInfo.Where(IsOrganization).ToList();
        if (wanted is null ? named.Count == 0 : named is [var only] && Same(only, wanted))
        {
            return [];
        }

        var after = new ServiceRequest { SupportingInfo = [.. kept, .. wanted is null ? [] : (ResourceReference[])[wanted]] };
        if (after.SupportingInfo.Count == 0)
        {
            return [new JsonObject { ["op"] = "remove", ["path"] = "/supportingInfo" }];
        }

        var json = JsonNode.Parse(FhirWriter.Write(after, FhirFormat.Json))!["supportingInfo"]!.DeepClone();

        // The operation "add" sets a member whether or not the member exists (RFC 6902 4.1).
        return [new JsonObject { ["op"] = "add", ["path"] = "/supportingInfo", ["value"] = json }];
    }

    private static ResourceReference Named(Agency school)
    {
        var organization = OrganizationMapping.ToFhir(school);
        return new ResourceReference { Type = "Organization", Identifier = organization.Identifier[0], Display = organization.Name };
    }

    private static bool IsOrganization(ResourceReference info) =>
        info.Type == "Organization" || info.Reference?.Contains("Organization/", StringComparison.Ordinal) == true;

    private static bool Same(ResourceReference theirs, ResourceReference wanted) =>
        theirs.Identifier is { } given && given.System == wanted.Identifier!.System && given.Value == wanted.Identifier.Value;
}
