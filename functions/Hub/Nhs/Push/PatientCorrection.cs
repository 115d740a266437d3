using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>
/// The changes to a Patient that was made from the hub's, as a JSON Patch (RFC 6902): all details that the hub gives of a child, and
/// nothing else.
/// </summary>
internal static class PatientCorrection
{
    private static readonly string[] Said = ["extension", "identifier", "active", "name", "birthDate", "address"];

    /// <summary>The operations that change <paramref name="theirs"/> to match <paramref name="wanted"/>; none when it already does.</summary>
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
                    // "add" sets a member whether or not it existed (RFC 6902 4.1).
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
