using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.Extensions.DependencyInjection;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>
/// Documents that travel inside FHIR, by every endpoint that takes or gives one: malware is neither taken nor given out, not to its own
/// uploader either; what nobody has scanned goes to its uploader alone, unless the rules say otherwise.
/// </summary>
public sealed class CarriedDocumentsTable
{
    private static readonly byte[] Plain = "%PDF-1.7\n"u8.ToArray();
    private static readonly byte[] Eicar = Encoding.ASCII.GetBytes("%PDF-1.7\n" + @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How a document comes in.</summary>
    private static readonly Dictionary<string, Func<HttpClient, byte[], Task<HttpResponseMessage>>> TakenBy = new(StringComparer.Ordinal)
    {
        ["native Binary"] = (client, bytes) => client.PostAsync("Binary", FhirCalls.Body(bytes, "application/pdf"), Cancel),
        ["Binary as JSON"] = (client, bytes) => client.PostAsync("Binary", FhirCalls.Body(Binary(bytes)), Cancel),
        ["Binary as XML"] = (client, bytes) => client.PostAsync("Binary", FhirCalls.Body(Binary(bytes), FhirFormat.Xml), Cancel),
        ["DocumentReference"] = (client, bytes) => client.PostAsync("DocumentReference", FhirCalls.Body(Document(bytes)), Cancel),
        ["QuestionnaireResponse"] = (client, bytes) => client.PostAsync("QuestionnaireResponse", FhirCalls.Body(Form(bytes)), Cancel),
        ["transaction"] = (client, bytes) => client.PostAsync("", FhirCalls.Body(In(Bundle.BundleType.Transaction, Binary(bytes))), Cancel),
        ["batch"] = (client, bytes) => client.PostAsync("", FhirCalls.Body(In(Bundle.BundleType.Batch, Binary(bytes))), Cancel),
    };

    /// <summary>How a document goes out.</summary>
    private static readonly Dictionary<string, (string Path, string? Accept)> GivenBy = new(StringComparer.Ordinal)
    {
        ["read"] = ("Binary/b", FhirFormats.Json),
        ["native read"] = ("Binary/b", "application/pdf"),
        ["vread"] = ("Binary/b/_history/1", FhirFormats.Json),
        ["native vread"] = ("Binary/b/_history/1", "application/pdf"),
        ["history"] = ("Binary/b/_history", FhirFormats.Json),
        ["search"] = ("Binary?_id=b", FhirFormats.Json),
        ["document"] = ("DocumentReference/d", FhirFormats.Json),
        ["search of documents"] = ("DocumentReference?_id=d", FhirFormats.Json),
    };

    public static TheoryData<string> In_ => [.. TakenBy.Keys];

    public static TheoryData<string> Out => [.. GivenBy.Keys];

    [Theory]
    [MemberData(nameof(In_))]
    public async Task No_endpoint_takes_malware_and_each_takes_a_plain_document(string endpoint)
    {
        await using var host = await Answering.Asked();

        using var taken = await TakenBy[endpoint](host.Client(), Plain);
        var before = await KeptAsync(host);
        using var refused = await TakenBy[endpoint](host.Client(), Eicar);

        var words = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("malware", words, StringComparison.Ordinal);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(endpoint == "batch" ? 200 : 422, (int)refused.StatusCode);
        Assert.Equal(before, await KeptAsync(host));
    }

    /// <summary>Columns: the uploader and another reader, with and without <c>ServeUnscanned</c>. What came in before the check stood is there.</summary>
    [Theory]
    [MemberData(nameof(Out))]
    public async Task What_is_given_out_depends_on_the_document_alone_and_not_on_the_endpoint(string endpoint)
    {
        var (path, accept) = GivenBy[endpoint];
        foreach (var (malware, reader, unscanned, given) in new[]
        {
            (true, "RX1", false, false), (true, "RX1", true, false), (true, "RX2", false, false), (true, "RX2", true, false),
            (false, "RX1", false, true), (false, "RX1", true, true), (false, "RX2", false, false), (false, "RX2", true, true),
        })
        {
            await using var host = await FhirHost.Start(add: services => services.AddSingleton(new KeepingRules { ServeUnscanned = unscanned }));
            await StoreAsync(host, Binary(malware ? Eicar : Plain), "b");
            await StoreAsync(host, Document(malware ? Eicar : Plain), "d");

            using var answer = await host.Client(reader).Send(HttpMethod.Get, path, null, ("Accept", accept!));

            var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
            var text = Encoding.UTF8.GetString(bytes);
            var has = bytes.AsSpan().IndexOf(malware ? Eicar : Plain) >= 0 || text.Contains(Convert.ToBase64String(malware ? Eicar : Plain), StringComparison.Ordinal);
            Assert.True(has == given, $"{endpoint}: malware {malware}, reader {reader}, ServeUnscanned {unscanned}: {(has ? "given" : "not given")}");
        }
    }

    private static async Task<long> KeptAsync(FhirHost host) => (await host.Store.StoredByAsync("ods:RX1", Cancel)).Versions;

    private static async Task StoreAsync(FhirHost host, Resource resource, string id)
    {
        resource.Id = id;
        var stored = new StoredResource
        {
            Type = resource.TypeName,
            Id = id,
            Version = 1,
            LastUpdated = host.Time.GetUtcNow(),
            WrittenBy = "ods:RX1",
            Readers = ["ods:RX1", "ods:RX2"],
            Json = Stamp.Write(resource, 1, host.Time.GetUtcNow()),
        };
        Assert.Equal(CommitOutcome.Done, await host.Store.CommitAsync(new Commit([new ResourceWrite(stored, 0, Indexing.Of(resource))]), Cancel));
    }

    private static Binary Binary(byte[] bytes) => new() { ContentType = "application/pdf", Data = bytes };

    private static DocumentReference Document(byte[] bytes) => new()
    {
        Status = DocumentReferenceStatus.Current,
        Subject = new ResourceReference(Answering.PatientPath),
        Content = [new() { Attachment = new Attachment { ContentType = "application/pdf", Title = "report.pdf", Data = bytes } }],
    };

    private static QuestionnaireResponse Form(byte[] bytes)
    {
        var response = Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment));
        response.Item.Add(new() { LinkId = "a-document", Answer = [new() { Value = new Attachment { ContentType = "application/pdf", Title = "report.pdf", Data = bytes } }] });
        return response;
    }

    private static Bundle In(Bundle.BundleType type, Resource resource) =>
        new() { Type = type, Entry = [new() { Resource = resource, Request = new() { Method = Bundle.HTTPVerb.POST, Url = resource.TypeName } }] };
}
