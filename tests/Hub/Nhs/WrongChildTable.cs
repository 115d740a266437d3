using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>Every way by which FHIR content comes in x every way to name a patient x right, wrong, missing, contradicting.</summary>
public sealed class WrongChildTable
{
    private const string Advice = "urn:uuid:5d7b4e62-3f8c-4f43-8e4e-000000000001";
    private static readonly string RightPatient = Answering.PatientPath;

    private static readonly string[] Calls = ["create", "create in XML", "conditional create", "update", "transaction", "transaction with its Task", "batch", "message"];

    private static readonly Dictionary<string, Func<bool, ResourceReference>> Names = new()
    {
        ["reference"] = right => new ResourceReference(right ? RightPatient : "Patient/another"),
        ["versioned reference"] = right => new ResourceReference($"{(right ? RightPatient : "Patient/another")}/_history/1"),
        ["conditional reference"] = right => new ResourceReference($"Patient?identifier={FhirUris.NhsNumber}|{Number(right)}"),
        ["identifier"] = right => new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, Number(right)) },
        ["identifier with blanks"] = right => new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, $"{Number(right)[..3]} {Number(right)[3..6]} {Number(right)[6..]}") },
        ["their own record and identifier"] = right => new ResourceReference("https://rx1.example/fhir/Patient/1") { Identifier = new Identifier(FhirUris.NhsNumber, Number(right)) },
        ["contained"] = right => new ResourceReference("#p"),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, int> Rows()
    {
        var rows = new TheoryData<string, string, string, int>();
        foreach (var call in Calls)
        {
            foreach (var way in Names.Keys)
            {
                rows.Add(call, way, "right", 200);
                rows.Add(call, way, "wrong", way == "conditional reference" ? 412 : 422);
                rows.Add(call, way, "contradicting", 422);
            }

            rows.Add(call, "nothing", "missing", 422);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Only_the_right_child_is_taken(string call, string way, string what, int expected)
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var earlier = call == "update" ? await Earlier(host) : null;
        var response = Answering.Response("x");
        response.Subject = way == "nothing" ? null : Names[way](what != "wrong");
        if (way == "contained")
        {
            response.Contained.Add(new Patient { Id = "p", Identifier = [new Identifier(FhirUris.NhsNumber, Number(what != "wrong"))] });
        }

        if (what == "contradicting")
        {
            // Right in the subject, and another child's number in a second place.
            response.Source = new ResourceReference { Type = "Patient", Identifier = new Identifier(FhirUris.NhsNumber, Number(false)) };
        }

        var before = await Kept(host);
        var (status, place) = await Send(host, call, response, earlier);

        Assert.Equal((call, way, what, expected), (call, way, what, status is 201 ? 200 : status));
        if (expected >= 400)
        {
            Assert.Contains("QuestionnaireResponse", place.Replace("resource", "QuestionnaireResponse", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal(before, await Kept(host));
            Assert.Single(host.Exchange.Delivered);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_document_about_another_child_is_422_with_its_place_in_a_Bundle_and_in_a_DocumentReference(bool isWrapped)
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "data", "cases", "1-document-about-another-child.json"), Cancel);
        Resource letter = FhirReader.Read(bytes, FhirFormats.Json).Value!;
        if (isWrapped)
        {
            letter = new DocumentReference { Status = DocumentReferenceStatus.Current, Subject = new ResourceReference(RightPatient), Content = [new() { Attachment = new Attachment { ContentType = FhirFormats.Json, Data = bytes } }] };
        }

        using var response = await host.Client().PostAsync("", FhirCalls.Body(await Whole(host, letter)), Cancel);

        var outcome = await response.Resource<OperationOutcome>();
        Assert.Equal(422, (int)response.StatusCode);
        Assert.Contains(outcome.Issue, issue => issue.Expression.Single() == (isWrapped ? "Bundle.entry[0].resource.content[0].attachment" : "Bundle.entry[0].resource.entry[1].resource.identifier[0].value"));
        Assert.DoesNotContain("9449305552", Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Cancel)), StringComparison.Ordinal);
        Assert.Single(host.Exchange.Delivered);
        Assert.Equal(0, (await host.Store.SearchAsync(new ResourceQuery { Type = letter.TypeName }, Cancel)).Total);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("birthday")]
    [InlineData("number")]
    [InlineData("nobody")]
    public async Task A_message_whose_Patient_is_another_or_nobody_is_refused(string what)
    {
        await using var host = await Answering.Asked();
        var message = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted);
        var patient = (Patient)message.Entry[2].Resource!;
        switch (what)
        {
            case "name": patient.Name[0]!.Given = ["Other"]; break;
            case "birthday": patient.BirthDate = "2012-01-01"; break;
            case "number": patient.Identifier[0]!.Value = Number(false); break;
            default: (patient.Identifier, patient.Name, patient.BirthDate) = ([new Identifier("urn:example:local", "7")], [], null); break;
        }

        using var response = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(message), MessagesAndSubscriptions.Ids());

        Assert.Equal((422, true), await response.Refusal() is var (status, issue) ? (status, issue.Expression.Single()!.StartsWith("Bundle.entry[2].resource", StringComparison.Ordinal)) : default);
        Assert.Empty(host.Exchange.Delivered);
    }

    private static string Number(bool isRight) => isRight ? "9449307873" : "9449305552";

    private static async Task<int> Kept(FhirHost host) => (await host.Store.SearchAsync(new ResourceQuery { Type = "QuestionnaireResponse", Count = 200 }, Cancel)).Items.Sum(stored => (int)stored.Version);

    private static async Task<string> Earlier(FhirHost host)
    {
        using var created = await host.Client().PostAsync("QuestionnaireResponse", FhirCalls.Body(Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment))), Cancel);
        return Answering.Short(host, created).Split('/')[1];
    }

    private static async Task<Bundle> Whole(FhirHost host, Resource advice)
    {
        var bundle = await Answering.Completion(host.Client());
        bundle.Entry[0].Resource = advice;
        bundle.Entry[0].Request!.Url = advice.TypeName;
        return bundle;
    }

    private static async Task<(int Status, string Place)> Send(FhirHost host, string call, QuestionnaireResponse advice, string? earlier)
    {
        var client = host.Client();
        Bundle One(Bundle.BundleType type) => new() { Type = type, Entry = [new() { FullUrl = Advice, Resource = advice, Request = new() { Method = Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse" } }] };
        advice.Id = earlier;
        using var answer = call switch
        {
            "create" => await client.Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(advice)),
            "create in XML" => await client.Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(advice, FhirFormat.Xml)),
            "conditional create" => await client.Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(advice), ("If-None-Exist", "identifier=urn:x|nobody")),
            "update" => await client.Send(HttpMethod.Put, $"QuestionnaireResponse/{earlier}", FhirCalls.Body(advice)),
            "transaction" => await client.Send(HttpMethod.Post, "", FhirCalls.Body(One(Bundle.BundleType.Transaction))),
            "transaction with its Task" => await client.Send(HttpMethod.Post, "", FhirCalls.Body(await Whole(host, advice))),
            "batch" => await client.Send(HttpMethod.Post, "", FhirCalls.Body(One(Bundle.BundleType.Batch))),
            _ => await client.Send(HttpMethod.Post, "$process-message", FhirCalls.Body(Message(advice)), MessagesAndSubscriptions.Ids()),
        };
        if ((int)answer.StatusCode >= 400)
        {
            return await answer.Refusal() is var (status, issue) ? (status, issue.Expression.First()!) : default;
        }

        var entry = call == "batch" ? (await answer.Resource<Bundle>()).Entry[0].Response! : null;
        return entry is null ? ((int)answer.StatusCode, "")
            : (int.Parse(entry.Status![..3], System.Globalization.CultureInfo.InvariantCulture), (entry.Outcome as OperationOutcome)?.Issue[0].Expression.FirstOrDefault() ?? "");
    }

    private static Bundle Message(QuestionnaireResponse advice)
    {
        var message = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Completed);
        message.Entry[^1].Resource = advice;
        return message;
    }
}
