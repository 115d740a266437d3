using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Benchmarks;

/// <summary>Results of the plan benchmark. Memory is the peak of the process so far, in MB.</summary>
/// <param name="Large">The large plan.</param>
/// <param name="Idle">Memory before the first plan.</param>
/// <param name="LargePeak">Memory after the large plan.</param>
/// <param name="Alone">Plans a second, one after another.</param>
/// <param name="Processor">Milliseconds of processor for each of these.</param>
/// <param name="Rate">Plans a second, several at once as the hub's workers do.</param>
/// <param name="Peak">Memory after all.</param>
internal sealed record PlanResult(PlanFiles Large, double Idle, double LargePeak, double Alone, double Processor, double Rate, double Peak);

/// <summary>Plans put together from advice, written in all three forms and kept in a folder, flushed before each counts.</summary>
internal static class PlanBenchmark
{
    private const int AtOnce = 8;
    private const int Advices = 7;
    private const int AdviceCharacters = 64 * 1024;

    // A printed A4 page of running text holds about this many characters.
    private const int PageCharacters = 3_000;

    private static readonly AdviceKind[] Kinds = [AdviceKind.Educational, AdviceKind.Medical, AdviceKind.Psychological, AdviceKind.SocialCare];

    internal static async Task RunAsync(int plans, int pages)
    {
        var r = await MeasureAsync(plans, pages);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one case of {pages} pages ({pages * PageCharacters:N0} characters): JSON {r.Large.Json.Length:N0}, HTML {r.Large.Html.Length:N0}, DOCX {r.Large.Docx.Length:N0} bytes; peak {r.LargePeak:N0} MB, {r.Idle:N0} MB of it before the first plan"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plans} plans of {Advices} advices of {AdviceCharacters / 1024} KB: {r.Alone:N1} /s assembled and stored in three forms one after another ({r.Processor:N1} ms of processor each), {r.Rate:N1} /s {AtOnce} at once; peak {r.Peak:N0} MB"));
    }

    internal static async Task<PlanResult> MeasureAsync(int plans, int pages)
    {
        using var doing = Doing.Now($"plans: {plans:N0} are assembled and stored");
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            var store = new PlanStore(new FolderDocuments(folder.FullName, new KeepingRules(), TimeProvider.System), TimeProvider.System);

            // First, while the peak is still its own: memory only ever grows in this figure.
            var idle = Peak();
            var files = await KeepAsync(store, Input("large", Math.Max(1, pages * PageCharacters / AdviceCharacters)));
            var largePeak = Peak();

            await KeepAsync(store, Input("warm", Advices));
            var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            for (var i = 0; i < plans; i++)
            {
                await KeepAsync(store, Input(i.ToString(CultureInfo.InvariantCulture), Advices));
            }

            var (alone, each) = (plans / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / plans);
            clock.Restart();
            await Parallel.ForEachAsync(
                Enumerable.Range(plans, plans), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => await KeepAsync(store, Input(i.ToString(CultureInfo.InvariantCulture), Advices)));
            return new PlanResult(files, idle, largePeak, alone, each, plans / clock.Elapsed.TotalSeconds, Peak());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<PlanFiles> KeepAsync(PlanStore store, PlanInput input)
    {
        var plan = PlanAssembly.Assemble(input);
        var files = PlanFiles.Of(plan, PlanSummaryFacts.For(plan, RuleSet.England2014));
        var kept = await store.KeepAsync(files, CancellationToken.None);
        return kept.Succeeded ? files : throw new InvalidOperationException(kept.Reason);
    }

    private static double Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1024.0 / 1024.0;
    }

    private static PlanInput Input(string key, int advices) => new()
    {
        Assessment = AssessmentId.For(Parse<LocalAuthorityCode>("330"), $"plan-benchmark-{key}"),
        Child = new Child { GivenName = "Rowan", FamilyName = "Example", DateOfBirth = new DateOnly(2017, 5, 14) },
        Kind = PlanKind.Draft,
        Version = 1,
        PreparedOn = new DateOnly(2026, 3, 2),
        PreparedBy = "Benchmark",
        Sources =
        [
            .. Enumerable.Range(0, advices).Select(i => new PlanSource
            {
                AdviceId = FormattableString.Invariant($"advice-{i}"),
                Kind = Kinds[i % Kinds.Length],
                LegalBasis = "reg 6(1)",
                Agency = Parse<AgencyId>("ods:RX1"),
                AgencyName = "Example NHS Trust",
                ReceivedOn = new DateOnly(2026, 2, 2),
                Content = Advice(i),
            }),
        ],
    };

    /// <summary>As many needs, each with outcome and provision, as fill the size of one advice.</summary>
    private static AdviceContent Advice(int number)
    {
        const int ofOne = 3 * 400;
        var lines = Enumerable.Range(0, AdviceCharacters / ofOne).ToList();
        return new AdviceContent
        {
            Author = "Author",
            AuthorRole = "author",
            WrittenOn = new DateOnly(2026, 2, 1),
            Needs = [.. lines.Select(i => new AdviceNeed($"n{i}", (NeedArea)(number % 3), Words($"need {number}/{i}")))],
            Outcomes = [.. lines.Select(i => new AdviceOutcome($"o{i}", Words($"outcome {number}/{i}"), [$"n{i}"]))],
            Provision =
            [
                .. lines.Select(i => new AdviceProvision
                {
                    Id = $"p{i}",
                    Kind = (ProvisionKind)(number % 2),
                    Text = Words($"provision {number}/{i}"),
                    Who = "A teacher",
                    HowOften = "Twice a week",
                    HowLong = "30 minutes",
                    Outcomes = [$"o{i}"],
                }),
            ],
        };
    }

    private static string Words(string about) =>
        string.Concat(Enumerable.Repeat($"What is written here of {about} is as long as advice is. ", 8))[..400];

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new FormatException(problem);
}
