using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Fhir.Tests;

/// <summary>Files that others published: data/INDEX.md says whose they are and which of them are malformed.</summary>
public sealed class OthersFiles
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "data");

    // Malformed as published (INDEX.md), or with an NHS number whose check digit is wrong, or in breach of an invariant.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["hl7-r4/CapabilityStatement-example.json"] = "PVAL124",
        ["hl7-r4/MessageHeader-1cbdfb97-5859-48a4-8301-d54eab818d68.json"] = "PVAL124",
        ["bars/document_reference_POST-body.json"] = "PVAL105",
        ["bars/message_definition_MessageDefinition_ServiceRequest-request_CaseTransfer.json"] = "PVAL127",
        ["bars/metadata_BaRS_API_Capability_Statement.json"] = "PVAL127",
        ["bars/process_message_request_ValidationRequest__POST__.json"] = "hub-nhs-number",
        ["bars/process_message_request_ValidationResponse__POST__.json"] = "hub-nhs-number",
        ["bars/service_request_GET-success.json"] = "PVAL128",
        ["bars/service_request_id_GET-success.json"] = "PVAL127",
        ["nhs-genomics/Task-NonWGSRareDiseaseTestOrderCancelled-FollowupTest-Example.json"] = "hub-nhs-number",
        ["nhs-genomics/Task-NonWGSRareDiseaseTestOrderCompleted-FollowupTest-Example.json"] = "hub-nhs-number",
        ["nhs-genomics/Task-WGSRareDiseaseTestOrderRequested-DirectToLab-Example.json"] = "hub-reference",
    };

    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Root, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_is_read_or_refused_with_place_and_reason(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Root, file));

        var read = FhirReader.Read(bytes, FhirFormat.Json);

        if (Refused.TryGetValue(file, out var rule))
        {
            Assert.Contains(read.Problems, problem => problem.Rule == rule);
            Assert.All(read.Problems, problem => Assert.NotEqual("", problem.Path + problem.Reason));
            return;
        }

        Assert.Equal([], read.Problems);
        var json = FhirReader.Read(FhirWriter.Write(read.Value!, FhirFormat.Json), FhirFormat.Json);
        Assert.True(read.Value!.IsExactly(json.Value!));

        // XML reads line ends, empty elements and the blanks around a value in its own way (XML 1.0, 2.11 and 3.3.3), so the first
        // pass may change those; the second may change nothing.
        var xml = FhirReader.Read(FhirWriter.Write(read.Value!, FhirFormat.Xml), FhirFormat.Xml);
        Assert.Empty(xml.Problems);
        Assert.True(xml.Value!.IsExactly(FhirReader.Read(FhirWriter.Write(xml.Value!, FhirFormat.Xml), FhirFormat.Xml).Value!));
    }
}
