using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// EHC-1: whole cases through the real decisions, engine and store on a virtual clock. A case is opened, assessed, and its advisers are
/// asked; 70 in a hundred answer on time, 15 once reminded, 10 once escalated, 5 never; then the draft is put together. Every effect
/// succeeds at once. A durable step is one request to the store that it flushes before answering: a put, a turn or an attempt.
/// </summary>
internal static class Ehc1Benchmark
{
    private const int Window = 512;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    internal static async Task RunAsync(int cases, string kind, long held)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            Console.WriteLine($"EHC-1, {cases:N0} cases, store: {kind}{(kind == "sqlite" ? " (write-ahead log, synchronous FULL)" : " (not durable)")}");
            var single = BareSqlite.Append(Path.Combine(folder.FullName, "single.db"), 5_000, 1);
            var group = BareSqlite.Append(Path.Combine(folder.FullName, "group.db"), 300_000, 500);
            await using var sqlite = kind == "sqlite" ? SqliteAssessmentStore.Open(new SqliteStoreSettings { Path = Path.Combine(folder.FullName, "hub.db"), MostHeldBytes = held }) : null;
            var store = new Counting(sqlite is null ? new MemoryAssessmentStore() : sqlite);
            var clock = new SetClock { Now = Start };
            await using var engine = new EmbeddedEngine(store, Rules(), [new AtOnce()], clock, new EngineSettings { MostTurns = Window });
            var ids = Enumerable.Range(0, cases).Select(n => AssessmentId.For(Council, FormattableString.Invariant($"case-{n}"))).ToArray();

            var processor = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await LiveAsync(engine, store, clock, ids);
            var seconds = watch.Elapsed.TotalSeconds;
            var each = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / store.Steps;
            var ended = 0;
            foreach (var id in ids)
            {
                ended += (await store.LoadAsync(id)).State.Stage == Stage.Consulting ? 1 : 0;
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{cases / seconds:N0} cases/s, {store.Steps / seconds:N0} durable steps/s ({store.Steps / (double)cases:F1} a case: {store.Puts / (double)cases:F1} put, {store.Commits / (double)cases:F1} turns, {store.Attempts / (double)cases:F1} attempts), {each:F0} us of processor a step"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"each step waits {store.Wait(0.5).TotalMilliseconds:F1} ms (median), {store.Wait(0.99).TotalMilliseconds:F1} ms (99 in 100); bare SQLite appends {single:N0} /s one by one, {group:N0} /s with 500 to a commit; the hub's steps are {store.Steps / seconds / group:P0} of the latter; {ended:N0} of {cases:N0} drafts were served; {store.Conflicts} conflicts"));
            if (sqlite is not null)
            {
                var bytes = new FileInfo(Path.Combine(folder.FullName, "hub.db")).Length + new FileInfo(Path.Combine(folder.FullName, "hub.db-wal")).Length;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bytes / (double)cases:N0} bytes a case on disk, {Environment.WorkingSet / 1e6:F0} MB memory, {sqlite.Written.Requests / (double)sqlite.Written.Flushes:F0} steps a flush, {sqlite.Held.Count} held in {sqlite.Held.Bytes / 1e6:F0} MB, {sqlite.Packed.Count} packed in {sqlite.Packed.Bytes / 1e6:F0} MB"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Replies that all come at once, as after an agency's system was away: how fast they are taken in, and how fast they are decided.</summary>
    internal static async Task BurstAsync(int replies)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            await using var sqlite = SqliteAssessmentStore.Open(new SqliteStoreSettings { Path = Path.Combine(folder.FullName, "hub.db") });
            var store = new Counting(sqlite);
            var clock = new SetClock { Now = Start };
            await using var engine = new EmbeddedEngine(store, Rules(), [new AtOnce()], clock, new EngineSettings { MostTurns = Window });
            var ids = Enumerable.Range(0, (replies / 5) + 1).Select(n => AssessmentId.For(Council, FormattableString.Invariant($"case-{n}"))).ToArray();
            await EachAsync(ids, async id =>
            {
                await engine.SubmitAsync(Says(id, "open", new OpenAssessment(Facts), clock.Now, null));
                await engine.SubmitAsync(Says(id, "consulted", new RecordConsultation(new DateOnly(2026, 1, 5), "The family wants an assessment."), clock.Now, null));
                await engine.SubmitAsync(Says(id, "assess", new DecideWhetherToAssess(true, "May be necessary."), clock.Now, null));
            });
            await engine.AdvanceToAsync(Start.AddDays(10), now => clock.Now = now);
            var news = new List<Delivery>();
            foreach (var id in ids)
            {
                news.AddRange((await store.LoadAsync(id)).State.Requests.Where(r => r.Agency is not null).Select(r => Says(
                    id, "advice-" + r.Id, new SubmitAdvice(r.Id, Advice(new DateOnly(2026, 1, 15), r.Id)), clock.Now, new Actor { Role = ActorRole.Agency, Id = r.Agency!.Id.Value, Agency = r.Agency.Id })));
            }

            var watch = Stopwatch.StartNew();
            await Task.WhenAll(news.Take(replies).Select(d => store.PutAsync(d).AsTask()));
            var taken = watch.Elapsed;
            await engine.RunDueAsync();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"burst of {replies:N0} replies (write-ahead log, synchronous FULL): on the disk and acknowledged after {taken.TotalSeconds:F1} s, decided after {watch.Elapsed.TotalSeconds:F1} s, {Environment.WorkingSet / 1e6:F0} MB memory"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static readonly LocalAuthorityCode Council = Parse<LocalAuthorityCode>("330");

    private static async Task LiveAsync(EmbeddedEngine engine, Counting store, SetClock clock, AssessmentId[] ids)
    {
        await EachAsync(ids, id => SayAsync(id, "open", new OpenAssessment(Facts)));
        await ToAsync(1);
        await EachAsync(ids, id => SayAsync(id, "consulted", new RecordConsultation(Today(), "The family wants an assessment.")));
        await EachAsync(ids, id => SayAsync(id, "assess", new DecideWhetherToAssess(true, "May be necessary.")));
        // On time within six weeks of being asked; once reminded, in the week after; once escalated, three weeks after.
        foreach (var (day, upTo) in new[] { (20, 25), (28, 50), (40, 70), (48, 85), (65, 95) })
        {
            await ToAsync(day);
            await EachAsync(ids, id => AdviseAsync(id, upTo));
        }

        await ToAsync(70);
        await EachAsync(ids, id => SayAsync(id, "issue", new DecideWhetherToIssuePlan(true, "Necessary.", ["medical", "educational", "psychological", "socialCare"], "Did not answer.")));
        await EachAsync(ids, id => SayAsync(id, "draft", new PrepareDraft()));
        await ToAsync(71);

        DateOnly Today() => DateOnly.FromDateTime(clock.Now.UtcDateTime);

        Task ToAsync(int day) => engine.AdvanceToAsync(Start.AddDays(day), now => clock.Now = now);

        async Task SayAsync(AssessmentId id, string messageId, AssessmentInput input, Actor? by = null) =>
            _ = await engine.SubmitAsync(Says(id, messageId, input, clock.Now, by));

        async Task AdviseAsync(AssessmentId id, int upTo)
        {
            foreach (var request in (await store.LoadAsync(id)).State.Requests.Where(r => r.IsOpen))
            {
                var lot = Lot(id, request.Id);
                if (lot < upTo)
                {
                    var by = request.Agency is { } agency ? new Actor { Role = ActorRole.Agency, Id = agency.Id.Value, Agency = agency.Id } : new Actor { Role = ActorRole.Family, Id = "family-1" };
                    await store.PutAsync(Says(id, "advice-" + request.Id, new SubmitAdvice(request.Id, Advice(Today(), request.Id)), clock.Now, by));
                }
            }
        }
    }

    /// <summary>0 to 99, the same for the same request every time.</summary>
    internal static int Lot(AssessmentId id, string request)
    {
        var hash = 2166136261;
        foreach (var character in id.Value + request)
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)(hash % 100);
    }

    /// <summary>Many at a time, as many callers would.</summary>
    private static async Task EachAsync(AssessmentId[] ids, Func<AssessmentId, Task> doAsync)
    {
        using var places = new SemaphoreSlim(Window);
        await Task.WhenAll(ids.Select(async id =>
        {
            await places.WaitAsync();
            await doAsync(id);
            places.Release();
        }));
    }

    internal static Delivery Says(AssessmentId id, string messageId, AssessmentInput input, DateTimeOffset at, Actor? by) => new()
    {
        Assessment = id,
        MessageId = messageId,
        By = by ?? new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" },
        ReceivedAt = at,
        Input = input,
    };

    internal static readonly OpeningFacts Facts = new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = new DateOnly(2026, 1, 5),
        Child = new Child { GivenName = "Robin", FamilyName = "Example", DateOfBirth = new DateOnly(2012, 5, 1) },
        Family = new FamilyContact { Name = "Sam Example", Relationship = "mother", Email = "sam@example.org", ElectronicServiceAgreedOn = new DateOnly(2026, 1, 5) },
        SettingKind = SettingKind.School,
        Setting = Agency("urn:100001", "Example School"),
        Icb = Agency("ods:QHL", "Example ICB"),
        Advisers = [new NamedAdviser(AdviceKind.Medical, Agency("ods:RX1", "Example Community NHS Trust"))],
    };

    private static RuleBook Rules() => new(
        [
            new CouncilProfile
            {
                Code = Council,
                Name = "Example Council",
                SocialCare = Agency("la:330/social-care", "Children's Services"),
                EducationalPsychology = Agency("la:330/educational-psychology", "Educational Psychology Service"),
                MediationAdviser = "Example Mediation, 0300 000 0001",
                MediationContact = "SEND team, 0300 000 0002",
                DisagreementResolution = "Example Resolution, 0300 000 0003",
                InformationAndAdvice = "Example SENDIASS, 0300 000 0004",
            },
        ],
        RuleSet.England2014,
        CountingPractice.AfterTheDay,
        ChaseLadder.Default);

    internal static AdviceContent Advice(DateOnly writtenOn, string about) => new()
    {
        Author = "A. Author",
        AuthorRole = "Professional",
        WrittenOn = writtenOn,
        Views = [new AdviceView("v1", $"Likes drawing and {about}.")],
        Needs = [new AdviceNeed("n1", NeedArea.Education, $"Needs help with {about}.")],
        Outcomes = [new AdviceOutcome("o1", $"By July 2027 uses {about} to ask three questions in a lesson.", ["n1"])],
        Provision =
        [
            new AdviceProvision
            {
                Id = "p1",
                Kind = ProvisionKind.Education,
                Text = $"Direct teaching of {about} in a group of three.",
                Who = "Teaching assistant trained to level 3",
                HowOften = "4 times a week",
                HowLong = "30 minutes",
                Outcomes = ["o1"],
            },
        ],
    };

    internal static Agency Agency(string id, string name) => new() { Id = Parse<AgencyId>(id), Name = name };

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem);

    internal sealed class AtOnce : IEffectHandler
    {
        public bool Handles(Effect effect) => true;

        public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellation = default) => new(EffectResult.Done("kept"));
    }

    internal sealed class SetClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
