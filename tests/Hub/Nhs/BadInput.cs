using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>Whatever comes in is answered 2xx or with an outcome: no 5xx, no empty body.</summary>
public sealed class BadInput(ITestOutputHelper output)
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "data");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_published_example_is_taken_or_refused_with_place_and_reason()
    {
        await using var host = await Answering.Asked();
        var client = host.Client();
        var statuses = new SortedDictionary<int, int>();
        foreach (var file in Directory.EnumerateFiles(Root, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var type = Path.GetFileName(file).Split('-', '_')[0] is var word && ModelInfo.IsKnownResource(word) ? word : "Bundle";
            foreach (var path in (string[])[type, "", "$process-message"])
            {
                using var response = await client.Send(HttpMethod.Post, path, FhirCalls.Body(await File.ReadAllBytesAsync(file, Cancel), FhirFormats.Json), ("X-Request-Id", Guid.NewGuid().ToString()), ("X-Correlation-Id", Guid.NewGuid().ToString()));
                var status = await Answered(response, $"{file} to '{path}'");
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
        }

        Assert.True(statuses.GetValueOrDefault(201) > 0, "not one example was taken");
        Assert.DoesNotContain(statuses.Keys, status => status is not (200 or 201 or 400 or 404 or 405 or 422));
    }

    [Fact]
    public async Task Every_example_of_hl7_is_taken_or_refused_at_its_own_address()
    {
        var folder = Path.Combine(Repository(), "tests", "peers", "node_modules", "hl7.fhir.r4.examples");
        var missing = Directory.Exists(folder) ? "" : "hl7.fhir.r4.examples is not installed: cd tests/peers && npm ci";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);
        await using var host = await Answering.Asked();
        var client = host.Client();
        var statuses = new ConcurrentDictionary<int, int>();
        var files = Directory.EnumerateFiles(folder, "*.json").Where(file => Path.GetFileName(file) is not ("package.json" or ".index.json")).ToList();
        await Parallel.ForEachAsync(files, Cancel, async (file, _) =>
        {
            var type = Path.GetFileName(file).Split('-')[0];
            using var response = await client.PostAsync(ModelInfo.IsKnownResource(type) ? type : "Bundle", FhirCalls.Body(await File.ReadAllBytesAsync(file, Cancel), FhirFormats.Json), Cancel);
            var status = await Answered(response, file);
            statuses.AddOrUpdate(status, 1, (_, so) => so + 1);
        });

        var told = string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"));
        output.WriteLine(told);
        Assert.True(statuses.Values.Sum() == files.Count && files.Count >= 5_000 && statuses.GetValueOrDefault(201) > 0, told);
    }

    [Theory]
    [InlineData("text/plain", "", 415)]
    [InlineData("application/fhir+json", "gzip", 415)]
    [InlineData("application/fhir+json; charset=latin1", "", 415)]
    [InlineData("application/fhir+json", "", 400)]
    public async Task A_body_in_another_form_is_refused(string contentType, string encoding, int status)
    {
        await using var host = await FhirHost.Start();
        var body = FhirCalls.Body(Encoding.UTF8.GetBytes("no json"), contentType);
        if (encoding.Length > 0)
        {
            body.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await host.Client().PostAsync("QuestionnaireResponse", body, Cancel);

        Assert.Equal(status, (await response.Refusal()).Status);
    }

    [Theory]
    [InlineData("", FhirReader.MaxRequestBytes, false)]
    [InlineData("QuestionnaireResponse", FhirReader.MaxRequestBytes, true)]
    [InlineData("Binary", FhirReader.MaxBinaryBytes, false)]
    public async Task Too_large_is_413_whether_the_length_is_told_or_not(string path, int limit, bool chunked)
    {
        await using var host = await FhirHost.Start();
        var body = FhirCalls.Body(new byte[limit + 1], path == "Binary" ? "application/pdf" : FhirFormats.Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Headers.ExpectContinue = true;

        using var response = await host.Client().SendAsync(request, Cancel);

        Assert.Equal((413, OperationOutcome.IssueType.TooLong), await response.Refusal() is var (status, issue) ? (status, issue.Code!.Value) : default);
    }

    [Fact]
    public async Task A_binary_of_the_largest_size_is_taken_raw_and_in_base64()
    {
        await using var host = await FhirHost.Start();
        var bytes = new byte[FhirReader.MaxBinaryBytes];
        new Random(1).NextBytes(bytes);

        using var raw = await host.Client().PostAsync("Binary", FhirCalls.Body(bytes, "application/pdf"), Cancel);
        using var wrapped = await host.Client().Send(HttpMethod.Post, "Binary", FhirCalls.Body(new Binary { ContentType = "application/pdf", Data = bytes }), ("Prefer", "return=minimal"));
        using var back = await host.Client().Send(HttpMethod.Get, wrapped.Headers.Location!.ToString(), null, ("Accept", "application/pdf"));

        Assert.Equal((201, 201), ((int)raw.StatusCode, (int)wrapped.StatusCode));
        var got = await back.Content.ReadAsByteArrayAsync(Cancel);
        Assert.True(bytes.AsSpan().SequenceEqual(got));
    }

    [Fact]
    public async Task Headers_that_make_no_sense_are_answered_too()
    {
        await using var host = await Answering.Asked();
        foreach (var (name, value) in new[] { ("If-Match", "nonsense"), ("If-Match", "W/\"99999999999999999999999\""), ("Accept", ";;;"), ("Prefer", "handling=strict; return=everything,,;"), ("If-None-Exist", "identifier"), ("If-None-Exist", "shoe=1") })
        {
            using var put = await host.Client().Send(HttpMethod.Put, $"Task/{Answering.TaskId}", FhirCalls.Body(await host.Client().GetResource<FhirTask>($"Task/{Answering.TaskId}")), (name, value));
            using var post = await host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment))), (name, value));

            await Answered(put, $"PUT with {name}: {value}");
            await Answered(post, $"POST with {name}: {value}");
        }
    }

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", ".."));

    private static async Task<int> Answered(HttpResponseMessage response, string what)
    {
        AnswerRules.Hold((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(Cancel), response.Content.Headers.ContentType?.ToString(), what);
        return (int)response.StatusCode;
    }
}
