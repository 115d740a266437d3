using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;

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

    [Fact]
    public async System.Threading.Tasks.Task A_correction_does_not_bring_in_a_document_about_another_child_that_was_stored_before()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var host = await Answering.Asked();
        var child = Given.Ask().Child with { GivenName = "Orla", DateOfBirth = new DateOnly(2012, 1, 1), NhsNumber = Given.Id<NhsNumber>("9449305552") };
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { RequestId = "r2", Assessment = AssessmentId.For(Given.Ask().Assessment.Council, "other"), Child = child }, cancel);
        using var accepted = await Answering.Move(host.Client(), task => task.Status = Hl7.Fhir.Model.Task.TaskStatus.Accepted);
        using var report = await host.Client().PostAsync("Binary", FhirCalls.Body(Encoding.ASCII.GetBytes("%PDF-1.7 report"), "application/pdf"), cancel);
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference(Answering.PatientPath),
            Author = [new ResourceReference { Display = "Dr Bello" }],
            Content = [new() { Attachment = new Attachment { ContentType = "application/pdf", Url = Answering.Short(host, report), Title = "report.pdf" } }],
        };
        using var created = await host.Client().PostAsync("DocumentReference", FhirCalls.Body(document), cancel);
        using var completed = await Answering.Move(host.Client(), task => Answering.Complete(task, Answering.Short(host, created)));
        Assert.Equal(200, (int)completed.StatusCode);
        var letter = AdviceLetter.Bundle();
        ((Composition)letter.Entry[0].Resource!).Subject = new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, "9449305552") };
        using var others = await host.Client().PostAsync("Binary", FhirCalls.Body(new Binary { ContentType = FhirFormats.Json, Data = FhirWriter.Write(letter, FhirFormat.Json) }), cancel);
        Assert.Equal(201, (int)others.StatusCode);
        var delivered = host.Exchange.Delivered.Count;

        (document.Id, document.DocStatus) = (Answering.Short(host, created).Split('/')[1], CompositionStatus.Amended);
        document.Content = [new() { Attachment = new Attachment { ContentType = FhirFormats.Json, Url = Answering.Short(host, others), Title = "letter.json" } }];
        using var amended = await host.Client().Send(HttpMethod.Put, $"DocumentReference/{document.Id}", FhirCalls.Body(document));

        Assert.Equal((422, "DocumentReference.content[0].attachment"), await amended.Refusal() is var (status, issue) ? (status, issue.Expression.First()) : default);
        Assert.Equal(delivered, host.Exchange.Delivered.Count);
    }
}
