using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Plans.Reading;

/// <summary>Documents that are named in what is sent: uploaded before, by the sender, for this case, and as it is said. And which are given out.</summary>
public sealed class NamedDocumentsTests
{
    private const string Pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    private static readonly string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The inputs that name documents, with who may send them.</summary>
    public static TheoryData<string, string> Endpoints => new()
    {
        { "submit-advice", "officer" },
        { "submit-advice", "agency" },
        { "submit-advice", "family" },
        { "propose-existing-advice", "officer" },
        { "propose-existing-advice", "agency" },
        { "record-family-evidence", "officer" },
        { "record-family-evidence", "family" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Nothing_is_taken_that_names_a_document_otherwise_than_its_upload_answered(string input, string sender)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var (id, other) = (await hub.SeedAsync("a"), await hub.SeedAsync("b"));
        var own = await UploadAsync(hub, id, Token(hub, id, sender), Pdf);
        var elsewhere = await UploadAsync(hub, other, Token(hub, other, sender), Pdf + "elsewhere");
        foreach (var (what, named, code) in WrongDocuments.Of(own, elsewhere))
        {
            using var refused = await SendAsync(hub, id, input, sender, [own, named], what.Replace(' ', '-'));

            Assert.Equal((what, HttpStatusCode.Conflict, code), (what, refused.StatusCode, await CodeOf(refused)));
        }

        Assert.Empty((await hub.Store.LoadAsync(id, Stop)).State.FamilyEvidence);
        using var taken = await SendAsync(hub, id, input, sender, [own], "right");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Theory]
    [InlineData("submit-advice", "agency", "family", false)]
    [InlineData("submit-advice", "agency", "officer", false)]
    [InlineData("submit-advice", "family", "agency", false)]
    [InlineData("record-family-evidence", "family", "officer", false)]
    [InlineData("submit-advice", "officer", "agency", true)]
    [InlineData("record-family-evidence", "officer", "family", true)]
    public async Task A_document_is_named_by_who_brought_it_or_by_the_council(string input, string sender, string uploader, bool taken)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var document = await UploadAsync(hub, id, Token(hub, id, uploader), Pdf);

        using var answer = await SendAsync(hub, id, input, sender, [document], "k");

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.Conflict, answer.StatusCode);
        if (!taken)
        {
            Assert.Equal("document-missing", await CodeOf(answer));

            // The same message is taken once it is put right: nothing was decided about it.
            await UploadAsync(hub, id, Token(hub, id, sender), Pdf);
            using var again = await SendAsync(hub, id, input, sender, [document], "k");
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }
    }

    [Theory]
    [InlineData("text/plain", "{\"a\":1}", "application/json")]
    [InlineData("text/plain; charset=utf-8", "  {\"resourceType\":\"Basic\"}", "application/fhir+json")]
    [InlineData("text/plain", "{\"a\":1} and more", "text/plain")]
    [InlineData("text/csv", "[1],[2]", "text/plain")]
    public async Task A_document_can_be_named_as_its_upload_answered(string declared, string text, string type)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var document = await UploadAsync(hub, id, Token(hub, id, "agency"), text, declared);

        using var answer = await SendAsync(hub, id, "submit-advice", "agency", [document], "k");

        Assert.Equal((type, HttpStatusCode.OK), (document.ContentType, answer.StatusCode));
    }

    [Theory]
    [InlineData("application/json", "[1,2]", "text/plain")]
    [InlineData("text/json", "\"said\"", "text/plain")]
    [InlineData("application/json", " {\"a\":1}", "application/json")]
    public void The_type_of_JSON_follows_from_its_bytes_alone(string declared, string text, string type)
    {
        var form = AttachmentForm.Of(declared, Encoding.UTF8.GetBytes(text)).Value!;

        Assert.Equal((type, type), (form.Type, AttachmentForm.StoredMediaType(form.Bytes)));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_FHIR_document_about_another_child_is_refused_on_every_interface(string input, string sender)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var key = 0;
        foreach (var (what, patient, code) in new[]
        {
            ("number", """{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9449305552"}]}""", "document-of-another-child"),
            ("pupil number", """{"resourceType":"Patient","identifier":[{"value":"V330000000112"}]}""", "document-of-another-child"),
            ("inside", """{"resourceType":"Basic","code":{"text":"x"},"subject":{"display":"Rowena Quayle"}}""", "document-of-another-child"),
            ("another version of FHIR", """{"resourceType":"Patient","animal":{}}""", null),
            ("reference within their system", """{"resourceType":"Basic","code":{"text":"x"},"subject":{"reference":"Patient/7"}}""", null),
            ("the child", """{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"999 000 0018"}]}""", (string?)null),
        })
        {
            var document = await UploadAsync(hub, id, Token(hub, id, sender), patient);
            using var answer = await SendAsync(hub, id, input, sender, [document], $"k{key++}");

            // After the first document that is taken, an input may be refused because it repeats the first.
            var refused = answer.IsSuccessStatusCode ? null : await CodeOf(answer);
            Assert.Equal((what, code), (what, refused == "document-of-another-child" ? refused : null));
            Assert.True(code is not null || refused is null or "already-recorded" or "already-proposed", refused);
        }
    }

    [Fact]
    public async Task While_the_store_is_away_that_is_said_and_the_same_is_taken_later()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var document = await UploadAsync(hub, id, Token(hub, id, "agency"), Pdf);

        hub.Documents.Away = true;
        using var away = await SendAsync(hub, id, "submit-advice", "agency", [document], "k");
        hub.Documents.Away = false;
        using var back = await SendAsync(hub, id, "submit-advice", "agency", [document], "k");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (away.StatusCode, back.StatusCode));
    }

    [Theory]
    [InlineData(false, null, 409)]
    [InlineData(false, "No threats found", 200)]
    [InlineData(false, "Scan timed out", 409)]
    [InlineData(false, "Malicious", 409)]
    [InlineData(true, null, 200)]
    [InlineData(true, "No threats found", 200)]
    [InlineData(true, "Malicious", 409)]
    public async Task What_is_not_scanned_clean_is_given_out_only_where_a_setting_says_so(bool serveUnscanned, string? scanner, int status)
    {
        await using var hub = await HubUnderTest.StartAsync(serveUnscanned: serveUnscanned);
        var id = await hub.SeedAsync("a");
        var document = await UploadAsync(hub, id, Token(hub, id, "agency"), Pdf);
        using var taken = await SendAsync(hub, id, "submit-advice", "agency", [document], "k");
        if (scanner is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(hub.DocumentsFolder, document.Token) + ".scan", scanner, Stop);
        }

        foreach (var reader in new[] { "officer", "agency" })
        {
            using var read = await hub.GetAsync($"/v1/cases/{id}/attachments/{document.Sha256}", Token(hub, id, reader));
            Assert.Equal(status, (int)read.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(serveUnscanned, hub.Log.Lines.Any(line => line.Contains("served without a malware scan", StringComparison.Ordinal)));
        Assert.Equal(!serveUnscanned, hub.Log.Lines.Any(line => line.Contains("only after a scanner has found them clean", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Pdf)]
    public async Task The_test_string_for_scanners_is_neither_taken_nor_given_out(string before)
    {
        await using var hub = await HubUnderTest.StartAsync(serveUnscanned: true);
        var id = await hub.SeedAsync("a");
        using var refused = await PutAsync(hub, id, Token(hub, id, "agency"), before + Eicar);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);

        // One that lies there from before, or that was put there past the hub.
        var document = await UploadAsync(hub, id, Token(hub, id, "agency"), Pdf + before);
        var bytes = Encoding.ASCII.GetBytes(before + Eicar);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        await File.WriteAllBytesAsync(Path.Combine(hub.DocumentsFolder, document.Token.Replace(document.Sha256, hash, StringComparison.Ordinal)), bytes, Stop);
        using var read = await hub.GetAsync($"/v1/cases/{id}/attachments/{hash}", hub.Officer());
        Assert.Equal(HttpStatusCode.Conflict, read.StatusCode);
    }

    [Fact]
    public void Every_input_that_carries_references_to_documents_is_looked_into()
    {
        var carrying = StepCatalogue.Steps.Where(kind => Carries(kind.Type, 0)).Select(kind => kind.Type);

        Assert.Equal(
            [typeof(ProposeExistingAdvice), typeof(RecordDocument), typeof(RecordFamilyEvidence), typeof(SubmitAdvice)],
            carrying.OrderBy(type => type.Name, StringComparer.Ordinal));

        static bool Carries(Type type, int depth) => depth < 6 && type.GetProperties().Any(property =>
        {
            var of = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[^1] : property.PropertyType;
            return of == typeof(AttachmentRef) || (of != type && of.Namespace?.StartsWith("IntegrationHub", StringComparison.Ordinal) == true && !of.IsEnum && Carries(of, depth + 1));
        });
    }

    private static string Token(HubUnderTest hub, AssessmentId id, string sender) => sender switch
    {
        "officer" => hub.Officer(),
        "agency" => hub.AgencyToken(HubUnderTest.Asked),
        _ => hub.Family(id),
    };

    private static Task<HttpResponseMessage> SendAsync(HubUnderTest hub, AssessmentId id, string input, string sender, AttachmentRef[] named, string key)
    {
        var body = InputExamples.Of(input)!.DeepClone();
        var documents = new JsonArray([.. named.Select(one => (JsonNode)new JsonObject
        {
            ["token"] = one.Token, ["fileName"] = one.FileName, ["contentType"] = one.ContentType, ["size"] = one.Size, ["sha256"] = one.Sha256,
        })]);
        switch (input)
        {
            case "record-family-evidence":
                body["documents"] = documents.DeepClone();
                break;
            case "submit-advice":
                body["content"]!["attachments"] = documents.DeepClone();
                body["content"]!["writtenOn"] = "2026-06-09";
                if (sender == "family")
                {
                    body["requestId"] = "familyViews-1";
                    body["content"] = new JsonObject
                    {
                        ["author"] = "Sam Example",
                        ["authorRole"] = "mother",
                        ["writtenOn"] = "2026-06-09",
                        ["views"] = new JsonArray(new JsonObject { ["id"] = "v1", ["text"] = "Reading is hard." }),
                        ["attachments"] = documents.DeepClone(),
                    };
                }

                break;
            default:
                body["content"]!["attachments"] = documents.DeepClone();
                body["agency"] = new JsonObject { ["id"] = HubUnderTest.Asked.Value, ["name"] = "Example Community NHS Trust" };
                break;
        }

        return hub.PostAsync($"/v1/cases/{id}/{input}", Token(hub, id, sender), body.ToJsonString(), $"{input}-{key}");
    }

    private static async Task<AttachmentRef> UploadAsync(HubUnderTest hub, AssessmentId id, string token, string text, string? declared = null)
    {
        using var answer = await PutAsync(hub, id, token, text, declared);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        return new AttachmentRef((string)said["token"]!, (string)said["fileName"]!, (string)said["contentType"]!, (long)said["size"]!, (string)said["sha256"]!);
    }

    private static async Task<HttpResponseMessage> PutAsync(HubUnderTest hub, AssessmentId id, string token, string text, string? declared = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/cases/{id}/attachments");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(text));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(declared ?? (text.StartsWith("%PDF", StringComparison.Ordinal) ? "application/pdf" : "text/plain"));
        request.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "letter.pdf" };
        return await hub.Client.SendAsync(request, Stop);
    }

    private static async Task<string?> CodeOf(HttpResponseMessage response) => (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!["code"];
}
