using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// A store full of open cases, each lived through the real decisions up to today: as many were opened in each of the last twenty weeks,
/// a third of the advice came late and some of it not at all, so every stage, standing and step of the ladder is there.
/// </summary>
internal static class MonitorSeed
{
    private const int Weeks = 20;
    private const int Trusts = 40;
    private const int Window = 512;

    private static readonly string[] Syllables = ["Zub", "Qua", "Vex", "Jor", "Plim", "Wodd", "Kesh", "Nurf", "Dral", "Yost", "Gwib", "Thune", "Skol", "Brax", "Hulm", "Frond", "Lorv"];

    private static readonly LocalAuthorityCode[] Councils = [.. CouncilsFile.Development.Select(c => c.Code)];

    /// <summary>Fills the store and answers the ids.</summary>
    internal static async Task<AssessmentId[]> FillAsync(string path, int cases, DateTimeOffset today)
    {
        var ids = Enumerable.Range(0, cases).Select(n => AssessmentId.For(Councils[n % Councils.Length], FormattableString.Invariant($"case-{n}"))).ToArray();
        var numbers = ids.Select((id, n) => (id, n)).ToDictionary(one => one.id, one => one.n);
        if (File.Exists(path))
        {
            return ids;
        }

        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = path });
        var clock = new Ehc1Benchmark.SetClock { Now = today.AddDays(-7 * Weeks) };
        var rules = new RuleBook(CouncilsFile.Development, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        await using var engine = new EmbeddedEngine(store, rules, [new Ehc1Benchmark.AtOnce()], clock, new EngineOptions { MaxTurns = Window });
        for (var week = 0; week < Weeks; week++)
        {
            await engine.AdvanceToAsync(today.AddDays(7 * (week - Weeks)), now => clock.Now = now);
            await EachAsync(Cohort(week), id => SayAsync(id, "open", new OpenAssessment(FactsOf(id))));
            await EachAsync(Cohort(week - 1), async id =>
            {
                await SayAsync(id, "consulted", new RecordConsultation(Today(), "The family wants an assessment."));
                await SayAsync(id, "assess", new DecideWhetherToAssess(true, "May be necessary."));
            });
            await EachAsync(Cohort(week - 5), id => AdviseAsync(id, 65));
            await EachAsync(Cohort(week - 9), id => AdviseAsync(id, 90));
            await EachAsync(Cohort(week - 15), async id =>
            {
                var open = (await store.LoadAsync(id)).State.Requests.Where(r => r.IsOpen).Select(r => r.Id).ToList();
                await SayAsync(id, "issue", new DecideWhetherToIssuePlan(true, "Necessary.", open, open.Count > 0 ? "Did not answer." : null));
                await SayAsync(id, "draft", new PrepareDraft());
            });
        }

        await engine.AdvanceToAsync(today, now => clock.Now = now);
        return ids;

        ArraySegment<AssessmentId> Cohort(int week) => week < 0 ? ArraySegment<AssessmentId>.Empty : new(ids, cases * week / Weeks, (cases * (week + 1) / Weeks) - (cases * week / Weeks));

        DateOnly Today() => LondonDate.Of(clock.Now);

        OpeningFacts FactsOf(AssessmentId id) => Ehc1Benchmark.Facts with
        {
            Child = ChildOf(Ehc1Benchmark.Facts.Child, numbers[id]),
            ReceivedOn = Today(),
            Family = Ehc1Benchmark.Facts.Family with { ElectronicServiceAgreedOn = Today() },
            Advisers = [new NamedAdviser(AdviceKind.Medical, Ehc1Benchmark.Agency(FormattableString.Invariant($"ods:RX{Ehc1Benchmark.Lot(id, "trust") % Trusts:D2}"), "Example Community NHS Trust"))],
        };

        async Task SayAsync(AssessmentId id, string message, AssessmentInput input) => _ = await engine.SubmitAsync(Ehc1Benchmark.Says(id, message, input, clock.Now, null));

        async Task AdviseAsync(AssessmentId id, int upTo)
        {
            foreach (var request in (await store.LoadAsync(id)).State.Requests.Where(r => r.IsOpen && Ehc1Benchmark.Lot(id, r.Id) < upTo))
            {
                var by = request.Agency is { } agency ? new Actor { Role = ActorRole.Agency, Id = agency.Id.Value, Agency = agency.Id } : new Actor { Role = ActorRole.Family, Id = "family-1" };
                await store.PutAsync(Ehc1Benchmark.Says(id, $"advice-{request.Id}", new SubmitAdvice(request.Id, Ehc1Benchmark.Advice(Today(), request.Id)), clock.Now, by));
            }
        }
    }

    /// <summary>A name that no other case has, made of syllables, and one of 2,500 birthdays.</summary>
    internal static Child ChildOf(Child like, int number) => like with
    {
        GivenName = $"{Syllables[number % 17]}{Syllables[number / 17 % 17].ToLowerInvariant()}",
        FamilyName = $"{Syllables[number / 289 % 17]}{Syllables[number / 4_913 % 17].ToLowerInvariant()}{Syllables[number / 83_521 % 17].ToLowerInvariant()}",
        DateOfBirth = like.DateOfBirth.AddDays(number % 2_500),
    };

    private static async Task EachAsync(ArraySegment<AssessmentId> ids, Func<AssessmentId, Task> doAsync)
    {
        using var places = new SemaphoreSlim(Window);
        await Task.WhenAll(ids.Select(async id =>
        {
            await places.WaitAsync();
            await doAsync(id);
            places.Release();
        }));
    }
}
