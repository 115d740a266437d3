using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>
/// Damaged Bundles: truncated, wrong types, wrong references, deep nesting, duplicate ids, Unicode, wrong check digits. 25,000, or as many as
/// DAMAGED_BUNDLES says.
/// </summary>
[Collection(nameof(Alone))]
public sealed class DamagedBundles(ITestOutputHelper output)
{
    private const long MaxGrowth = 8L << 20;
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("DAMAGED_BUNDLES") ?? "25000", CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The number of a case is its seed, so a failure names the case that failed and runs again as it was.
    [Fact]
    public async Task Each_is_taken_or_refused_with_place_and_reason_and_memory_stays_flat()
    {
        var store = new ForgetfulStore(new InMemoryFhirStore());
        await using var host = await Answering.Asked(store);
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        byte[][] sound =
        [
            FhirWriter.Write(await Answering.Completion(host.Client()), FhirFormat.Json),
            FhirWriter.Write(RequestBundle.Transaction(Given.Ask(), Given.Now), FhirFormat.Json),
            FhirWriter.Write(AdviceLetter.Bundle(), FhirFormat.Json),
            FhirWriter.Write(Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment)), FhirFormat.Json),
        ];
        string[] paths = ["", "", "Bundle", "QuestionnaireResponse"];
        (store.Forgets, host.Exchange.Forgets) = (true, true);
        var direct = new DirectCalls(host);
        var statuses = new ConcurrentDictionary<int, int>();

        // The first quarter fills what is filled once: code, regular expressions, pools.
        await Cases(0, Count / 4);
        var (heap, process) = (GC.GetTotalMemory(forceFullCollection: true), WorkingSet());
        await Cases(Count / 4, Count);
        var (heapGrowth, processGrowth) = (GC.GetTotalMemory(forceFullCollection: true) - heap, WorkingSet() - process);

        var told = string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}; heap grew by {heapGrowth >> 10} KiB, the process by {processGrowth >> 10} KiB over the last {Count * 3 / 4} cases");
        output.WriteLine(told);
        Assert.True(statuses.Values.Sum() == Count && store.Taken > 0 && statuses.GetValueOrDefault(422) > 0 && statuses.GetValueOrDefault(400) > 0, told);
        Assert.True(heapGrowth < MaxGrowth && processGrowth < MaxGrowth * 8, told);

        Task Cases(int from, int to) => Parallel.ForAsync(from, to, Cancel, async (number, _) =>
        {
            var which = number % sound.Length;
            var (status, body, contentType) = await direct.Post(paths[which], Damage.Of(number, sound[which], Damage.All), FhirFormats.Json);
            AnswerRules.Hold(status, body, contentType, $"case {number}");
            statuses.AddOrUpdate(status, 1, (_, so) => so + 1);
        });
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
