using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Fhir.Tests;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>However a FHIR document inside an attachment is written, its subject is read before its lines are.</summary>
public sealed class HiddenFhirTests
{
    private const string Xml = "<Patient xmlns=\"http://hl7.org/fhir\"><identifier><system value=\"https://fhir.nhs.uk/Id/nhs-number\"/><value value=\"9449305552\"/></identifier></Patient>";

    public static TheoryData<string, string, string> Documents => new()
    {
        { "JSON that names its type last", "application/json", $$"""{"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">{{new string('a', 5000)}}</div>"},"identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9449305552"}],"resourceType":"Patient"}""" },
        { "JSON that spells its type with escapes", "text/plain", """{"resource\u0054ype":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9449305552"}]}""" },
        { "XML in single quotes", "application/xml", Xml.Replace("\"http://hl7.org/fhir\"", "'http://hl7.org/fhir'", StringComparison.Ordinal) },
        { "XML with a prefix and blanks", "text/xml", Xml.Replace("xmlns=\"http://hl7.org/fhir\"", "xmlns = \"http://hl7.org/fhir\"", StringComparison.Ordinal) },
        { "XML after a long comment", "text/xml", $"<!-- {new string('a', 5000)} -->{Xml}" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Another_child_inside_an_attachment_is_found(string how, string type, string text)
    {
        var ask = Given.Ask();
        var known = new KnownChild { Assessment = ask.Assessment, Child = ask.Child, References = new HashSet<string> { "Patient/p" } };
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference("Patient/p"),
            Content = [new() { Attachment = new Attachment { ContentType = type, Data = Encoding.UTF8.GetBytes(text) } }],
        };

        var reading = SubjectReader.Read(document, known, _ => null);

        Assert.True(reading.Contradictions.Count == 1, how);
        Assert.Equal("DocumentReference.content[0].attachment", reading.Contradictions[0].Path);
    }

    [Theory]
    [InlineData("https://hub.example/fhir/Patient/p", false)]
    [InlineData("https://hub.example/fhir/Patient/p/_history/2", false)]
    [InlineData("https://hub.example/fhir/Patient/twin", true)]
    [InlineData("HTTPS://HUB.example/fhir/Patient/twin/_history/2", true)]
    public void The_hubs_own_address_inside_an_attachment_names_a_child(string subject, bool isAnother)
    {
        var ask = Given.Ask();
        var known = new KnownChild { Assessment = ask.Assessment, Child = ask.Child, References = new HashSet<string> { "Patient/p" }, Endpoint = "https://hub.example/fhir" };
        var inner = $$$"""{"resourceType":"DocumentReference","status":"current","subject":{"reference":"{{{subject}}}"},"content":[{"attachment":{"title":"Letter"}}]}""";
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference("Patient/p"),
            Content = [new() { Attachment = new Attachment { ContentType = "application/fhir+json", Data = Encoding.UTF8.GetBytes(inner) } }],
        };

        Assert.Equal(isAnother ? 1 : 0, SubjectReader.Read(document, known, _ => null).Contradictions.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async System.Threading.Tasks.Task Lines_of_a_document_about_another_child_never_reach_the_case(bool byAddress)
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = Hl7.Fhir.Model.Task.TaskStatus.Accepted);
        var letter = AdviceLetter.Bundle();
        ((Composition)letter.Entry[0].Resource!).Subject = byAddress
            ? new ResourceReference($"{host.Client().BaseAddress!.ToString().TrimEnd('/')}/Patient/of-another-child")
            : new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, "9449305552") };
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(FhirWriter.Write(letter, FhirFormat.Xml)).Replace("\"http://hl7.org/fhir\"", "'http://hl7.org/fhir'", StringComparison.Ordinal));
        var wrapped = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference(Answering.PatientPath),
            Content = [new() { Attachment = new Attachment { ContentType = "application/xml", Data = bytes } }],
        };
        var bundle = await Answering.Completion(host.Client());
        (bundle.Entry[0].Resource, bundle.Entry[0].Request!.Url) = (wrapped, "DocumentReference");

        using var response = await host.Client().PostAsync("", FhirCalls.Body(bundle), TestContext.Current.CancellationToken);

        Assert.Equal(422, (int)response.StatusCode);
        Assert.Single(host.Exchange.Delivered);
    }
}
