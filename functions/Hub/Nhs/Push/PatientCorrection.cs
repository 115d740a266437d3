using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>
/// Makes the changes to a Patient that was created from the hub's Patient, as a JSON Patch (RFC 6902). The changes cover all details that
/// the hub gives about a child, and nothing else.
/// </summary>
internal static class PatientCorrection
{
    private static readonly string[] Said = ["extension", "identifier", "active", "name", "birthDate", "address"];

    /// <summary>
    /// The patch operations that change the body's Patient to match the hub's; empty if the two already match.
    /// </summary>
    internal static JsonArray From(Patient theirs, Patient wanted)
    {
        var (before, after) = (Json(theirs), Json(wanted));
        var patch = new JsonArray();
        foreach (var member in Said)
        {
            if (after[member] is { } value)
            {
                if (!JsonNode.DeepEquals(before[member], value))
                {
                    // The operation "add" sets a member whether or not the member exists (RFC 6902 4.1).
                    patch.Add((JsonNode)new JsonObject { ["op"] = "add", ["path"] = $"/{member}", ["value"] = value.DeepClone() });
                }
            }
            else if (before.ContainsKey(member))
            {
                patch.Add((JsonNode)new JsonObject { ["op"] = "remove", ["path"] = $"/{member}" });
            }
        }

        return patch;
    }

    private static JsonObject Json(Patient patient) => JsonNode.Parse(FhirWriter.Write(patient, FhirFormat.Json))!.AsObject();
}
