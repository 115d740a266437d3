using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>Content is compared with the child's present details in the case, and every place that can name a child is read.</summary>
public sealed class ChildDetailsTests
{
    private const string Own = "Q330100101501";
    private const string Sibling = "V330000000112";
    private const string OtherNumber = "9449305552";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => ["create", "transaction with its Task", "message"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_pupil_number_of_another_child_is_refused_although_no_Patient_shows_the_childs_own(string way)
    {
        foreach (var (number, isTaken) in new[] { (Own, true), (Sibling, false) })
        {
            await using var host = await Answering.Asked();
            host.Sight.Child = Given.Ask().Child with { Upn = Given.Id<Upn>(Own) };
            using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
            var response = Answering.Response("x");
            response.Subject = new ResourceReference(Answering.PatientPath) { Identifier = new Identifier(FhirUris.Upn, number) };

            Assert.Equal((way, isTaken), (way, await Send(host, way, response) is 200 or 201));
        }
    }

    [Fact]
    public async Task Until_a_correction_takes_effect_content_about_the_child_named_by_mistake_is_refused()
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        host.Sight.Child = Given.Ask().Child with { NhsNumber = Given.Id<NhsNumber>(OtherNumber), GivenName = "Rowena", DateOfBirth = new DateOnly(2014, 1, 2) };
        var response = Answering.Response("x");
        response.Subject = new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, Given.Ask().Child.NhsNumber!.Value.Value) };

        Assert.Equal(422, await Send(host, "message", response));
    }

    public static TheoryData<string> OtherPlaces => ["partOf", "typed identifier of a request", "identifier beside a reference", "display of sourcePatientInfo"];

    [Theory]
    [MemberData(nameof(OtherPlaces))]
    public async Task Another_child_is_found_in_every_reference(string place)
    {
        await using var host = await Answering.Asked();
        var other = Given.Ask() with
        {
            Assessment = AssessmentId.For(Given.Id<LocalAuthorityCode>("330"), "another"),
            RequestId = "330-0000000000BB/medical",
            Child = Given.Ask().Child with { GivenName = "Rowena", NhsNumber = Given.Id<NhsNumber>(OtherNumber), DateOfBirth = new DateOnly(2014, 1, 2) },
        };
        await host.Get<FhirPublisher>().PublishAsync(other, Cancel);
        var theirs = new Identifier(FhirUris.NhsNumber, OtherNumber);
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var bundle = await Answering.Completion(host.Client());
        var response = (QuestionnaireResponse)bundle.Entry[0].Resource!;
        switch (place)
        {
            case "partOf": response.PartOf = [new ResourceReference($"Task/{RequestResources.TaskId(other.RequestId)}")]; break;
            case "typed identifier of a request": response.BasedOn = [new ResourceReference { Type = "ServiceRequest", Identifier = new Identifier(FhirUris.AssessmentId, other.Assessment.Value) }]; break;
            case "identifier beside a reference": ((ResourceReference)((FhirTask)bundle.Entry[1].Resource!).Output[0].Value!).Identifier = theirs; break;
            default:
                bundle.Entry[0].Resource = new DocumentReference
                {
                    Status = DocumentReferenceStatus.Current,
                    Subject = new ResourceReference(Answering.PatientPath),
                    Context = new() { SourcePatientInfo = new ResourceReference { Display = "Rowena Lieberman" } },
                    Content = [new() { Attachment = new Attachment { ContentType = "text/plain", Data = "Seen."u8.ToArray(), Title = "letter" } }],
                };
                bundle.Entry[0].Request!.Url = "DocumentReference";
                break;
        }

        using var answer = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);

        Assert.Equal((place, 422), (place, (int)answer.StatusCode));
        Assert.Single(host.Exchange.Delivered);
    }

    public static TheoryData<string, byte[]> Hidden
    {
        get
        {
            var json = Encoding.UTF8.GetString(FhirWriter.Write(Another(), FhirFormat.Json));
            var xml = Encoding.UTF8.GetString(FhirWriter.Write(Another(), FhirFormat.Xml));
            return new()
            {
                { "XML in UTF-16 with a mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(xml)] },
                { "JSON in UTF-16 without a mark", Encoding.Unicode.GetBytes(json) },
                { "JSON in UTF-16, the other way round", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(json)] },
                { "a list of resources", Encoding.UTF8.GetBytes($"[{json}]") },
                { "a resource inside other data", Encoding.UTF8.GetBytes($$"""{"sent":"2026-03-02","patients":[{{json}}]}""") },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public void A_resource_in_an_attachment_is_found_in_every_encoding_and_inside_other_data(string what, byte[] bytes)
    {
        var response = Answering.Response("x");
        response.Subject = new ResourceReference(Answering.PatientPath);
        response.Item.Add(new() { LinkId = "attachment", Answer = [new() { Value = new Attachment { ContentType = "text/plain", Data = bytes } }] });
        var known = new KnownChild { Assessment = Given.Ask().Assessment, Child = Given.Ask().Child, References = new HashSet<string> { Answering.PatientPath } };

        Assert.Equal((what, false), (what, SubjectReader.Read(response, known, _ => null).IsSameChild));
    }

    private static Patient Another() => new() { Identifier = [new Identifier(FhirUris.NhsNumber, OtherNumber)] };

    private static async Task<int> Send(FhirHost host, string way, QuestionnaireResponse advice)
    {
        var client = host.Client();
        if (way == "message")
        {
            var message = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Completed);
            message.Entry[^1].Resource = advice;
            using var answered = await client.Send(HttpMethod.Post, "$process-message", FhirCalls.Body(message), MessagesAndSubscriptions.Ids());
            return (int)answered.StatusCode;
        }

        var bundle = await Answering.Completion(client);
        bundle.Entry[0].Resource = advice;
        using var answer = await (way == "create" ? client.PostAsync("QuestionnaireResponse", FhirCalls.Body(advice), Cancel) : client.PostAsync("", FhirCalls.Body(bundle), Cancel));
        return (int)answer.StatusCode;
    }
}
