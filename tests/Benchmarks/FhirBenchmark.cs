using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Benchmarks;

/// <summary>Results of the FHIR benchmark.</summary>
/// <param name="Sent">Submissions that counted.</param>
/// <param name="Accepted">Of these, how many were accepted.</param>
/// <param name="Bytes">Bytes of one.</param>
/// <param name="Rate">Accepted a second.</param>
/// <param name="Processor">Microseconds of processor for each, clients included.</param>
/// <param name="Before">Round trips a second of the SDK alone on one processor, before.</param>
/// <param name="After">The same after.</param>
internal sealed record FhirResult(int Sent, int Accepted, int Bytes, double Rate, double Processor, double Before, double After)
{
    internal double Sdk => (Before + After) / 2;
}

/// <summary>
/// Advice handed in over FHIR to the whole hub, as <c>serve</c> runs it: Kestrel, token, strict reading, the rules, the FHIR file and the
/// assessment, each flushed to the disk before the answer. Its clients run in the same process and share its processors. Beside it the
/// SDK alone reads the same transaction strictly and writes it, on one processor, before and after.
/// </summary>
internal static class FhirBenchmark
{
    private const int AtOnce = 64;

    private static readonly LocalAuthorityCode Council = Parse<LocalAuthorityCode>("330");
    private static readonly Agency Trust = Agency("ods:RX1", "Example Community NHS Trust");

    internal static async Task RunAsync(int submissions)
    {
        var r = await MeasureAsync(submissions);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{r.Accepted} of {r.Sent} submissions accepted, {r.Bytes:N0} bytes each, {AtOnce} at once, {Environment.ProcessorCount} processors (shared with the clients)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{r.Rate:N0} accepted submissions/s, {r.Processor:N0} us of processor each, clients included"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the SDK alone, strict reading and writing of the same, one processor: {r.Sdk:N0} /s ({r.Before:N0} before, {r.After:N0} after); the endpoint accepts {r.Rate / r.Sdk:P0} of that"));
    }

    internal static async Task<FhirResult> MeasureAsync(int submissions)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            await using var hub = LocalHub.Build(new LocalHubOptions
            {
                Development = true,
                DataDirectory = folder.FullName,
                Url = "http://127.0.0.1:0",
                StartEngine = false,
                RequestsPerMinute = 0,
                Agencies = [new AgencyEntry { Id = Trust.Id, Reach = Reach.FhirPull }],
                Add = builder => builder.Logging.ClearProviders(),
            });
            await hub.StartAsync();
            var token = hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.Agency, Agency: Trust.Id));
            using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var asking = Doing.Now($"FHIR: {submissions:N0} requests are asked");
            var transactions = await AskAsync(hub, client, submissions);
            using var sending = Doing.Now($"FHIR: {submissions:N0} requests are asked and accepted; the answers are sent now");

            // A tenth warms the code up and is not measured.
            var warm = submissions / 10;
            await SendAsync(client, transactions[..warm]);
            var before = Sdk(transactions[0]);
            var processor = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            var taken = await SendAsync(client, transactions[warm..]);
            var (seconds, used) = (watch.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime - processor);
            var after = Sdk(transactions[0]);

            await hub.StopAsync();
            return new FhirResult(submissions - warm, taken, transactions[0].Length, taken / seconds, used.TotalMicroseconds / taken, before, after);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Opened, decided, published and accepted by the body: everything up to the advice.
    private static async Task<byte[][]> AskAsync(WebApplication hub, HttpClient client, int count)
    {
        var engine = hub.Services.GetRequiredService<EmbeddedEngine>();
        var time = hub.Services.GetRequiredService<TimeProvider>();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var ids = Enumerable.Range(0, count).Select(n => AssessmentId.For(Council, FormattableString.Invariant($"fhir-{n}"))).ToArray();
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (id, cancellationToken) =>
        {
            await SayAsync(id, "open", new OpenAssessment(Facts(today)));
            await SayAsync(id, "consulted", new RecordConsultation(today, "The family wants an assessment."));
            await SayAsync(id, "assess", new DecideWhetherToAssess(true, "May be necessary."));

            async Task SayAsync(AssessmentId assessment, string message, AssessmentInput input)
            {
                var outcome = await engine.SubmitAsync(
                    new Delivery { Assessment = assessment, MessageId = message, By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" }, ReceivedAt = time.GetUtcNow(), Input = input }, cancellationToken);
                if (outcome.Refusal is { } refusal)
                {
                    throw new InvalidOperationException(refusal.Reason);
                }
            }
        });
        await engine.RunDueAsync();
        var store = hub.Services.GetRequiredService<IFhirResourceStore>();
        var transactions = new byte[count][];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, cancellationToken) =>
        {
            var stored = await store.ReadAsync("Task", RequestResources.TaskId(RequestNames.Of(ids[n], "medical-1")), cancellationToken)
                ?? throw new InvalidOperationException("The request was not published.");
            var accepted = stored.Parse<FhirTask>();
            accepted.Status = FhirTask.TaskStatus.Accepted;
            using var put = new HttpRequestMessage(HttpMethod.Put, $"/fhir/Task/{accepted.Id}") { Content = new ByteArrayContent(FhirWriter.Write(accepted, FhirFormat.Json)) };
            put.Content.Headers.ContentType = new MediaTypeHeaderValue(FhirFormats.Json);
            using var answer = await client.SendAsync(put, cancellationToken);
            transactions[n] = Transaction((FhirTask)FhirReader.Read(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken), FhirFormat.Json).Value!, today);
        });
        return transactions;
    }

    private static byte[] Transaction(FhirTask task, DateOnly today)
    {
        const string Answer = "urn:uuid:5d7b4e62-3f8c-4f43-8e4e-000000000001";
        var response = QuestionnaireResponseWriter.Write(Advice(today));
        response.Subject = task.For;
        response.BasedOn = [task.Focus!];
        task.Status = FhirTask.TaskStatus.Completed;
        task.Output.Add(new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputAdvice), Value = new ResourceReference(Answer) });
        return FhirWriter.Write(
            new Bundle
            {
                Type = Bundle.BundleType.Transaction,
                Entry =
                [
                    new() { FullUrl = Answer, Resource = response, Request = new() { Method = Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse" } },
                    new() { FullUrl = $"urn:uuid:{task.Id}", Resource = task, Request = new() { Method = Bundle.HTTPVerb.PUT, Url = $"Task/{task.Id}" } },
                ],
            },
            FhirFormat.Json);
    }

    private static async Task<int> SendAsync(HttpClient client, byte[][] transactions)
    {
        var taken = 0;
        await Parallel.ForEachAsync(transactions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (bytes, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/fhir") { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(FhirFormats.Json);
            request.Headers.Add("Prefer", "return=minimal");
            using var response = await client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException(await response.Content.ReadAsStringAsync(cancellationToken));
            }

            Interlocked.Increment(ref taken);
        });
        return taken;
    }

    /// <summary>Round trips a second on one processor, by the time of that processor alone.</summary>
    private static double Sdk(byte[] transaction)
    {
        var (reader, writer, text) = (new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Strict)), new FhirJsonSerializer(), Encoding.UTF8.GetString(transaction));
        Run(1_000);
        var watch = Stopwatch.StartNew();
        Run(3_000);
        return 3_000 / watch.Elapsed.TotalSeconds;

        void Run(int times)
        {
            for (var n = 0; n < times; n++)
            {
                reader.TryDeserializeResource(text, out var resource, out _);
                writer.SerializeToString(resource!);
            }
        }
    }

    private static OpeningFacts Facts(DateOnly today) => new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = today,
        Child = new Child { GivenName = "Robin", FamilyName = "Example", DateOfBirth = today.AddYears(-10) },
        Family = new FamilyContact { Name = "Sam Example", Relationship = "mother", Email = "sam@example.org", ElectronicServiceAgreedOn = today },
        SettingKind = SettingKind.School,
        Setting = Agency("urn:100001", "Example School"),
        Icb = Agency("ods:QHL", "Example ICB"),
        Advisers = [new NamedAdviser(AdviceKind.Medical, Trust)],
    };

    private static AdviceContent Advice(DateOnly writtenOn) => new()
    {
        Author = "Dr A. Author",
        AuthorRole = "Consultant paediatrician",
        WrittenOn = writtenOn,
        Needs = [new("n1", NeedArea.Health, "Absences that are not always noticed."), new("n2", NeedArea.Education, "Loses track after one.")],
        Outcomes = [new("o1", "By July 2027 every absence at school is noticed and followed by a rest.", ["n1", "n2"])],
        Provision =
        [
            new() { Id = "p1", Kind = ProvisionKind.Health, Text = "Training of four named staff.", Who = "Epilepsy specialist nurse", HowOften = "Every 6 months", HowLong = "60 minutes", Outcomes = ["o1"] },
            new() { Id = "p2", Kind = ProvisionKind.Education, Text = "Recap after an absence.", Who = "Teaching assistant", HowOften = "As it happens", HowLong = "10 minutes", Outcomes = ["o1"] },
        ],
    };

    private static Agency Agency(string id, string name) => new() { Id = Parse<AgencyId>(id), Name = name };

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem);
}
