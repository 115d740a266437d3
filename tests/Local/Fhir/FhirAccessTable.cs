using System.Net.Http.Headers;
using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Local.Tests.Fhir;

/// <summary>
/// Who may do what at the FHIR endpoint, as one table: every interaction by every kind of caller, with the status that is answered.
/// ods:RX1 was asked in an assessment of council 330. What is another's does not exist: 404, and 422 where advice refers to it.
/// </summary>
public sealed class FhirAccessTable : IDisposable
{
    private const string Columns =
        "                                anonymous officer officer-331 body-asked body-not-asked school family reader operator";

    private static readonly string[] Table =
    [
        "GET    metadata                       200     200         200        200            200    200    200    200      200",
        "GET    Task                           401     200         200        200            200    200    401    401      401",
        "POST   Task/_search                   401     200         200        200            200    200    401    401      401",
        "GET    Task/{task}                    401     200         404        200            404    404    401    401      401",
        "GET    Task/{task}/_history           401     200         404        200            404    404    401    401      401",
        "GET    Task/{task}/_history/1         401     200         404        200            404    404    401    401      401",
        "GET    Patient/{patient}              401     200         404        200            404    404    401    401      401",
        "GET    Questionnaire/{questionnaire}  401     200         200        200            200    200    401    401      401",
        "POST   Task                           401     403         403        405            405    405    401    401      401",
        "PUT    Task/{task}                    401     403         403        200            404    404    401    401      401",
        "PATCH  Task/{task}                    401     403         403        200            404    404    401    401      401",
        "POST   QuestionnaireResponse          401     403         403        201            422    422    401    401      401",
        "POST   Binary                         401     403         403        201            201    201    401    401      401",
        "POST   $process-message               401     400         400        400            400    400    401    401      401",
        "POST   transaction                    401     403         403        200            422    422    401    401      401",
        "POST   batch                          401     200         200        200            200    200    401    401      401",
        "DELETE Task/{task}                    401     403         403        405            405    405    401    401      401",
    ];

    private readonly string data = Directory.CreateTempSubdirectory("fhir-access-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_interaction_answers_every_caller_as_the_table_says()
    {
        var wrong = new List<string>();
        foreach (var row in Table.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            foreach (var (caller, expected) in Columns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Zip(row.Skip(2)))
            {
                asked ??= await RuleInput.Start(data);
                var status = await asked.Call(row[0], row[1], caller);
                if (status.ToString(System.Globalization.CultureInfo.InvariantCulture) != expected)
                {
                    wrong.Add($"{row[0]} {row[1]} by {caller}: {status}, the table says {expected}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        await asked!.DisposeAsync();
    }

    private RuleInput? asked;

    public void Dispose() => Directory.Delete(data, recursive: true);

    /// <summary>The whole hub, in which one body was asked.</summary>
    private sealed class RuleInput(Microsoft.AspNetCore.Builder.WebApplication hub, AssessmentId assessment) : IAsyncDisposable
    {
        private const string Accept = """[{"op":"add","path":"/note","value":[{"text":"seen"}]}]""";

        private readonly HttpClient client = new() { BaseAddress = new Uri(LocalHub.AddressOf(hub), "fhir/") };
        private readonly string task = RequestResources.TaskId(RequestNames.Of(assessment, "medical-1"));
        private readonly string patient = PatientMapping.IdOf(assessment);

        internal static async Task<RuleInput> Start(string data)
        {
            var time = new FakeTimeProvider(PushedBody.Start);
            var hub = LocalHub.Build(new LocalHubOptions
            {
                Development = true,
                DataDirectory = data,
                Url = "http://127.0.0.1:0",
                Time = time,
                StartEngine = false,
                RequestsPerMinute = 0,
                Councils = [Cast.Council],
                Agencies = [new AgencyEntry { Id = Cast.Trust.Id, Reach = Reach.FhirPull }],
                Add = builder => builder.Logging.ClearProviders(),
            });
            await hub.StartAsync(Cancel);
            var engine = hub.Services.GetRequiredService<EmbeddedEngine>();
            var assessment = AssessmentId.For(Cast.CouncilCode, "access");
            var said = 0;
            foreach (var input in (AssessmentInput[])[new OpenAssessment(Cast.Facts), new RecordConsultation(Cast.Start, "The family wants it."), new DecideWhetherToAssess(true, "May be necessary.")])
            {
                await engine.SubmitAsync(new Delivery { Assessment = assessment, MessageId = $"officer-{++said}", By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" }, ReceivedAt = time.GetUtcNow(), Input = input }, Cancel);
            }

            await engine.RunDueAsync(Cancel);
            return new RuleInput(hub, assessment);
        }

        internal async Task<int> Call(string method, string what, string caller)
        {
            var path = what.Replace("{task}", task, StringComparison.Ordinal).Replace("{patient}", patient, StringComparison.Ordinal).Replace("{questionnaire}", HealthAdviceQuestionnaire.Id, StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), what is "transaction" or "batch" ? "" : path) { Content = await Body(method, what) };
            request.Headers.Authorization = Token(caller) is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
            using var response = await client.SendAsync(request, Cancel);
            var read = FhirReader.Read(await response.Content.ReadAsByteArrayAsync(Cancel), response.Content.Headers.ContentType?.ToString());
            Assert.True(response.IsSuccessStatusCode || read.Value is OperationOutcome, $"{method} {what} by {caller}: {(int)response.StatusCode} without an outcome");
            return (int)response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await hub.DisposeAsync();
        }

        private async Task<HttpContent?> Body(string method, string what)
        {
            var response = QuestionnaireResponseWriter.Write(Cast.Advice("paediatrician", Cast.Start));
            response.Subject = new ResourceReference($"Patient/{patient}");
            return (method, what) switch
            {
                ("GET" or "DELETE", _) => null,
                (_, "Task/_search") => new FormUrlEncodedContent([]),
                ("PATCH", _) => Content(Encoding.UTF8.GetBytes(Accept), FhirFormats.JsonPatch),
                (_, "QuestionnaireResponse") => Content(FhirWriter.Write(response, FhirFormat.Json), FhirFormats.Json),
                (_, "Binary") => Content([1, 2, 3], "application/pdf"),
                (_, "transaction" or "batch") => Content(FhirWriter.Write(Bundle(response, what), FhirFormat.Json), FhirFormats.Json),
                (_, "$process-message") => Content(FhirWriter.Write(response, FhirFormat.Json), FhirFormats.Json),
                _ => Content((await hub.Services.GetRequiredService<IFhirResourceStore>().ReadAsync("Task", task, Cancel))!.Json.ToArray(), FhirFormats.Json),
            };
        }

        private static Bundle Bundle(Resource resource, string type) => new()
        {
            Type = type == "batch" ? Hl7.Fhir.Model.Bundle.BundleType.Batch : Hl7.Fhir.Model.Bundle.BundleType.Transaction,
            Entry = [new() { Resource = resource, Request = new() { Method = Hl7.Fhir.Model.Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse" } }],
        };

        private static ByteArrayContent Content(byte[] bytes, string type)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            return content;
        }

        private string? Token(string caller)
        {
            var tokens = hub.Services.GetRequiredService<TokenIssuer>();
            return caller switch
            {
                "anonymous" => null,
                "officer" => tokens.Issue(new TokenRequest(CallerRole.CouncilOfficer, Council: Cast.CouncilCode)),
                "officer-331" => tokens.Issue(new TokenRequest(CallerRole.CouncilOfficer, Council: Id<LocalAuthorityCode>("331"))),
                "body-asked" => tokens.Issue(new TokenRequest(CallerRole.Agency, Agency: Cast.Trust.Id)),
                "body-not-asked" => tokens.Issue(new TokenRequest(CallerRole.Agency, Agency: Cast.OccupationalTherapy.Id)),
                "school" => tokens.Issue(new TokenRequest(CallerRole.Agency, Agency: Cast.School.Id)),
                "family" => tokens.Issue(new TokenRequest(CallerRole.Family, Assessment: assessment)),
                "reader" => tokens.Issue(new TokenRequest(CallerRole.OperationsReader, Council: Cast.CouncilCode)),
                _ => tokens.Issue(new TokenRequest(CallerRole.Operator, Council: Cast.CouncilCode)),
            };
        }

        private static T Id<T>(string text)
            where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem, nameof(text));
    }
}
