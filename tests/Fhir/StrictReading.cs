using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Rules;

namespace IntegrationHub.Fhir.Tests;

public sealed class StrictReading
{
    [Theory]
    [InlineData("", 400, "")]
    [InlineData("{", 400, "")]
    [InlineData("null", 400, "")]
    [InlineData("[1]", 400, "")]
    [InlineData("{}", 400, "")]
    [InlineData("""{"resourceType":"Patient"} x""", 400, "")]
    [InlineData("""{"resourceType":"Nonsense"}""", 400, "")]
    [InlineData("""{"resourceType":"DomainResource"}""", 400, "")]
    [InlineData("""{"resourceType":"Patient","resourceType":"Patient","active":true}""", 400, "")]
    [InlineData("""{"resourceType":"Patient","active":true,"active":true}""", 400, "Patient")]
    [InlineData("""{"resourceType":"Patient","name":[{"family":"\uD800"}]}""", 400, "")]
    [InlineData("""{"resourceType":"Patient","name":[{"family":"a\u0000b"}]}""", 400, "")]
    [InlineData("""{"resourceType":"Patient","name":[]}""", 400, "Patient.name")]
    [InlineData("""{"resourceType":"Patient","gender":"boy"}""", 422, "Patient.gender")]
    [InlineData("""{"resourceType":"Patient","birthDate":"2017-13-45"}""", 422, "Patient.birthDate")]
    [InlineData("""{"resourceType":"Patient","shoeSize":"41"}""", 422, "Patient.shoeSize")]
    [InlineData("""{"resourceType":"Task","status":"requested"}""", 422, "Task.intent")]
    public void What_cannot_be_read_names_where_and_why(string json, int status, string path)
    {
        var read = FhirReader.Read(Encoding.UTF8.GetBytes(json), FhirFormats.Json);

        Assert.Null(read.Value);
        Assert.Equal(status, Outcomes.Status(read.Problems));
        Assert.StartsWith(path, read.Problems[0].Path, StringComparison.Ordinal);
        Assert.All(read.Problems, problem => Assert.NotEqual("", problem.Reason));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"requested"}""")]
    public void A_resource_without_a_type_is_told_which_member_is_missing(string json)
    {
        var read = FhirReader.Read(Encoding.UTF8.GetBytes(json), FhirFormats.Json);

        Assert.Contains("'resourceType'", read.Problems[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(read.Problems, problem => problem.Path.Contains('$', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"3478526985"}]}""", "hub-nhs-number", "Patient.identifier[0].value")]
    [InlineData("""{"resourceType":"Patient","contact":[{"gender":"male"}]}""", "pat-1", "Patient.contact[0]")]
    [InlineData("""{"resourceType":"Task","status":"rejected","intent":"order"}""", "hub-task-reason", "Task.statusReason")]
    [InlineData("""{"resourceType":"Task","status":"requested","intent":"order","authoredOn":"2026-02-02","lastModified":"2026-02-01T10:00:00Z"}""", "inv-1", "Task.lastModified")]
    [InlineData("""{"resourceType":"Task","status":"requested","intent":"order","focus":{"reference":"somewhere"}}""", "hub-reference", "Task.focus.reference")]
    [InlineData("""{"resourceType":"Task","status":"requested","intent":"order","focus":{"reference":"#x"}}""", "ref-1", "Task")]
    [InlineData("""{"resourceType":"Task","status":"requested","intent":"order","restriction":{"period":{"start":"2026-03-02","end":"2026-03-01"}}}""", "per-1", "Task.restriction.period.end")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://a.example"}]}""", "ext-1", "Patient.extension[0]")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"x"}]}""", "dom-3", "Patient.contained")]
    [InlineData("""{"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"},"orderDetail":[{"text":"x"}]}""", "prr-1", "ServiceRequest.orderDetail")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient","active":true}}]}""", "bdl-3", "Bundle.entry[0].request")]
    [InlineData("""{"resourceType":"Bundle","type":"document","timestamp":"2026-03-01T00:00:00Z","identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:1"},"entry":[{"resource":{"resourceType":"Patient","active":true}}]}""", "bdl-11", "Bundle.entry[0].resource")]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"1"}]}}]}""", "hub-nhs-number", "Bundle.entry[0].resource.identifier[0].value")]
    public void A_breach_of_a_held_rule_is_422_and_named(string json, string rule, string path)
    {
        var read = FhirReader.Read(Encoding.UTF8.GetBytes(json), FhirFormats.Json);

        var problem = Assert.Single(read.Problems);
        Assert.Equal((rule, path, 422), (problem.Rule, problem.Path, problem.Status));
        Assert.Contains(CheckedRules.All, held => held.Id == rule && held.Text == problem.Reason);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/fhir+json; charset=utf-16", 415)]
    [InlineData("nonsense", 415)]
    [InlineData("application/fhir+json; fhirVersion=4.0; charset=UTF-8", 0)]
    [InlineData("application/fhir+json; version=1.4.0", 0)]
    [InlineData(null, 0)]
    public void The_content_type_decides_whether_it_is_read(string? contentType, int status)
    {
        var read = FhirReader.Read("""{"resourceType":"Patient","active":true}"""u8.ToArray(), contentType);

        Assert.Equal(status, read.Problems.Count == 0 ? 0 : Outcomes.Status(read.Problems));
    }

    [Fact]
    public void A_byte_order_mark_is_let_pass_and_bad_utf8_is_not()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. """{"resourceType":"Patient","active":true}"""u8];
        byte[] bad = [.. """{"resourceType":"Patient","language":"""u8, (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}'];

        Assert.Empty(FhirReader.Read(marked, FhirFormats.Json).Problems);
        Assert.Equal(400, Outcomes.Status(FhirReader.Read(bad, FhirFormats.Json).Problems));
    }

    [Fact]
    public void Too_large_is_413() =>
        Assert.Equal(413, Outcomes.Status(FhirReader.Read(new byte[101], FhirFormats.Json, maxBytes: 100).Problems));

    [Theory]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Nesting_has_a_floor_in_both_forms(int depth)
    {
        var json = "{\"resourceType\":\"Patient\",\"extension\":" + string.Concat(Enumerable.Repeat("[{\"url\":\"http://a.example\",\"extension\":", depth)) + "1";
        var xml = "<Patient xmlns=\"http://hl7.org/fhir\">" + string.Concat(Enumerable.Repeat("<extension url=\"http://a.example\">", depth));

        Assert.Equal(OperationOutcome.IssueType.TooCostly, FhirReader.Read(Encoding.UTF8.GetBytes(json), FhirFormat.Json).Problems[0].Code);
        Assert.Equal(OperationOutcome.IssueType.TooCostly, FhirReader.Read(Encoding.UTF8.GetBytes(xml), FhirFormat.Xml).Problems[0].Code);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><Patient xmlns=\"http://hl7.org/fhir\"><language value=\"&a;\"/></Patient>", 400)]
    [InlineData("<Patient><active value=\"true\"/></Patient>", 400)]
    [InlineData("<Patient xmlns=\"http://hl7.org/fhir\">", 400)]
    [InlineData("<?xml version=\"1.0\" encoding=\"latin1\"?><Patient xmlns=\"http://hl7.org/fhir\"/>", 400)]
    [InlineData("<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"yes\"/></Patient>", 422)]
    public void Xml_is_read_as_strictly(string xml, int status) =>
        Assert.Equal(status, Outcomes.Status(FhirReader.Read(Encoding.UTF8.GetBytes(xml), FhirFormats.Xml).Problems));

    [Fact]
    public void An_outcome_carries_both_codes_and_the_path_but_not_the_value()
    {
        var read = FhirReader.Read("""{"resourceType":"Patient","gender":"Lieberman","birthDate":"Meir"}"""u8.ToArray(), FhirFormats.Json);
        var outcome = Outcomes.Of(read.Problems);

        var text = Encoding.UTF8.GetString(FhirWriter.Write(outcome, FhirFormat.Json));
        Assert.DoesNotContain("Lieberman", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Meir", text, StringComparison.Ordinal);
        Assert.Equal(["REC_UNPROCESSABLE_ENTITY", "PVAL116"], outcome.Issue[0].Details!.Coding.Select(coding => coding.Code));
        Assert.Equal(["Patient.gender"], outcome.Issue[0].Expression);
        Assert.Empty(FhirReader.Read(FhirWriter.Write(outcome, FhirFormat.Xml), FhirFormat.Xml).Problems);
    }

    [Fact]
    public void Rule_ids_are_unique() => Assert.Equal(CheckedRules.All.Count, CheckedRules.All.DistinctBy(rule => rule.Id).Count());
}
