using System.Diagnostics;
using System.Globalization;
using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Benchmarks;

/// <summary>Results of the bus benchmark. Rates are messages or rows per second.</summary>
/// <param name="Single">Bare SQLite, one append a commit.</param>
/// <param name="Group">Bare SQLite, 500 appends a commit.</param>
/// <param name="Direct">The hub's part alone.</param>
/// <param name="Sent">Sent to the bus.</param>
/// <param name="Whole">Through bus and hub.</param>
/// <param name="Processor">Microseconds of processor for each message of the whole path.</param>
/// <param name="Dead">Dead letters.</param>
internal sealed record BusResult(double Single, double Group, double Direct, double Sent, double Whole, double Processor, long Dead);

/// <summary>
/// Messages a second through the whole path: sent to the embedded bus over AMQP, received in process, read and checked, in the inbox with its turn
/// taken, acknowledged; each step durable. Bus and hub share this process and its processors. Beside it the bare SQLite rate of the run.
/// </summary>
internal static class BusBenchmark
{
    private const int StepsEach = 6;
    private const string Secret = "benchmark";
    private static readonly AgencyId[] Agencies = [SmallTurns.Agency("urn:100001"), SmallTurns.Agency("la:330/educational-psychology"), SmallTurns.Agency("la:330/social-care")];
    private static readonly string[] Requests = ["educational-1", "psychological-1", "socialCare-1"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs again and again; 0 when every run ended in time without a dead letter.</summary>
    internal static async Task<int> LoopAsync(int times, int messages, int sessions)
    {
        for (var n = 1; n <= times; n++)
        {
            Console.WriteLine(FormattableString.Invariant($"run {n} of {times}"));
            try
            {
                var dead = await RunAsync(messages, sessions).WaitAsync(Patience);
                if (dead > 0)
                {
                    return 1;
                }
            }
            catch (TimeoutException)
            {
                Console.WriteLine(FormattableString.Invariant($"run {n} hangs: not over after {Patience.TotalSeconds:F0} s"));
                return 1;
            }
        }

        return 0;
    }

    /// <summary>One run; how many messages ended as dead letters.</summary>
    internal static async Task<long> RunAsync(int messages, int sessions)
    {
        var r = await MeasureAsync(messages, sessions);
        Console.WriteLine("durability of every line: write-ahead log, synchronous FULL, flushed before it is answered");
        Tell("bare SQLite, one append a commit", r.Single, "");
        Tell("bare SQLite, 500 appends a commit", r.Group, "");
        Tell("the hub's part: read, inbox, turn", r.Direct, Share(r.Direct, r.Group));
        Tell("sent to the bus over AMQP", r.Sent, Share(r.Sent, r.Group));
        Tell("whole path: received, inbox, turn, acknowledged", r.Whole, Share(r.Whole, r.Group) + FormattableString.Invariant($"; {sessions} sessions at once, {StepsEach} messages each; {r.Processor:F0} us of processor each"));
        Console.WriteLine(FormattableString.Invariant($"{r.Dead} dead letters"));
        return r.Dead;
    }

    internal static async Task<BusResult> MeasureAsync(int messages, int sessions)
    {
        using var doing = Doing.Now($"bus: {messages:N0} messages through bus and hub");
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            var single = BareSqlite.Append(Path.Combine(folder.FullName, "single.db"), 5_000, 1);
            var group = BareSqlite.Append(Path.Combine(folder.FullName, "group.db"), 200_000, 500);

            await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "hub.db") });
            var rules = new RuleBook(CouncilsFile.Development, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
            await using var engine = new EmbeddedEngine(store, rules, [], TimeProvider.System);
            var first = await OpenAsync(engine, messages / StepsEach, "direct");
            var second = await OpenAsync(engine, messages / StepsEach, "bus");
            var receiver = Receiver(store, rules, engine, folder.FullName);

            var arrivals = Messages(first).Select(said => new ReceivedBusMessage(BusEntities.AdviceResponses.Name, said.Event.Id, said.Session, null, CloudEventBinding.Write(said.Event), 1)).ToList();
            var clock = Stopwatch.StartNew();
            await Parallel.ForEachAsync(arrivals, new ParallelOptions { MaxDegreeOfParallelism = 1024 }, async (arrival, cancellationToken) => Expect(await receiver.ReceiveAsync(arrival, cancellationToken)));
            var direct = arrivals.Count / clock.Elapsed.TotalSeconds;

            await using var bus = new BusServer(new BusOptions { DataFolder = Path.Combine(folder.FullName, "bus"), RootSecret = Secret, Port = 0 }, TimeProvider.System, NullLogger<BusServer>.Instance);
            await bus.StartAsync();
            var sending = await SendAsync(bus.Port, Messages(second));

            var counted = new Counted(receiver, second.Count * StepsEach);
            using var receiving = new BusReceiving(bus.Source(128, sessions), counted, new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance), TimeProvider.System, NullLogger<BusReceiving>.Instance);
            var processor = Environment.CpuUsage.TotalTime;
            clock.Restart();
            await receiving.StartAsync(CancellationToken.None);
            await counted.All;
            while ((await CountAsync(bus)).Active > 0)
            {
                // The last acknowledgements are on their way.
                await Task.Delay(1);
            }

            var rate = second.Count * StepsEach / clock.Elapsed.TotalSeconds;
            var each = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / (second.Count * StepsEach);
            var dead = (await CountAsync(bus)).DeadLetters;
            await receiving.StopAsync(CancellationToken.None);
            return new BusResult(single, group, direct, sending, rate, each, dead);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Counted(IBusReceiver inner, int expected) : IBusReceiver
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = expected;

        internal Task All => all.Task;

        public async ValueTask<BusDecision> ReceiveAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default)
        {
            var verdict = await inner.ReceiveAsync(arrival, cancellationToken);
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.SetResult();
            }

            return verdict;
        }
    }

    private static BusReceiver Receiver(IAssessmentStore store, RuleBook rules, EmbeddedEngine engine, string folder)
    {
        var keeping = new KeepingRules();
        var documents = new FolderDocuments(Directory.CreateDirectory(Path.Combine(folder, "documents")).FullName, keeping, TimeProvider.System);
        var attachments = new AttachmentStore(documents, keeping);
        var inputs = new AgencyInbox(engine.SubmitAsync, TimeProvider.System);
        var held = new HeldMessages(documents);
        return new BusReceiver(
            new AgencyDirectory(Agencies.Select(agency => new AgencyEntry { Id = agency, Reach = Reach.Bus })),
            new AnswersIntake(store, rules, inputs, new ClaimCheck(new DocumentCheck(attachments))),
            new PushedIntake(
                store, rules, new ChildSearch(new KnownChildren(store)), inputs, held, new ClaimCheck(new DocumentCheck(attachments)),
                new PushedDocuments(documents, attachments, held, new HoldingOptions(), TimeProvider.System), new HoldingOptions(),
                new Rejections(new NoBroker(), TimeProvider.System), TimeProvider.System),
            new ClosureIntake(store, inputs, held),
            new Rejections(new NoBroker(), TimeProvider.System),
            TimeProvider.System);
    }

    private static async Task<IReadOnlyList<AssessmentId>> OpenAsync(EmbeddedEngine engine, int count, string key)
    {
        var council = LocalAuthorityCode.TryParse("330", out var code, out var problem) ? code : throw new InvalidOperationException(problem);
        var today = LondonDate.Of(TimeProvider.System.GetUtcNow());
        var officer = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" };
        var facts = new OpeningFacts
        {
            Route = RequestRoute.Parent,
            ReceivedOn = today.AddDays(-2),
            Child = new Child { GivenName = "A", FamilyName = "Child", DateOfBirth = today.AddYears(-8) },
            Family = new FamilyContact { Name = "A. Parent", Relationship = "father" },
            SettingKind = SettingKind.School,
            Setting = new Agency { Id = Agencies[0], Name = "Example School" },
            Icb = new Agency { Id = SmallTurns.Agency("ods:QHL"), Name = "Example ICB" },
        };
        var ids = Enumerable.Range(0, count).Select(n => AssessmentId.For(council, FormattableString.Invariant($"{key}-{n}"))).ToList();
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (id, cancellationToken) =>
        {
            AssessmentInput[] inputs = [new OpenAssessment(facts), new RecordConsultation(today, "They wish for it."), new DecideWhetherToAssess(true, "It may be necessary.")];
            for (var n = 0; n < inputs.Length; n++)
            {
                await engine.SubmitAsync(new Delivery { Assessment = id, MessageId = FormattableString.Invariant($"{n}"), By = officer, ReceivedAt = TimeProvider.System.GetUtcNow(), Input = inputs[n] }, cancellationToken);
            }
        });
        return ids;
    }

    /// <summary>Two small steps of each of three agencies in every assessment, in an order in which each takes effect.</summary>
    private static IEnumerable<(string Session, CloudEvent Event)> Messages(IReadOnlyList<AssessmentId> ids)
    {
        for (var step = 0; step < 2; step++)
        {
            for (var n = 0; n < Agencies.Length; n++)
            {
                foreach (var id in ids)
                {
                    object body = step == 0
                        ? new AdviceAcknowledged { Assessment = id, Request = Requests[n], Agency = Agencies[n], ReceivedAt = TimeProvider.System.GetUtcNow() }
                        : new AdviceAccepted { Assessment = id, Request = Requests[n], Agency = Agencies[n] };
                    yield return (id.Value, new CloudEvent { Id = $"{id}-{n}-{step}", Source = "urn:agency", Type = BusMessages.For(body).Type, Data = BusJson.Write(body) });
                }
            }
        }
    }

    private static async Task<double> SendAsync(int port, IEnumerable<(string Session, CloudEvent Event)> messages)
    {
        var connection = await new ConnectionFactory().CreateAsync(new Address("localhost", port, BusKey.RootName, Secret, "/", "amqp"));
        var link = new SenderLink(new Session(connection), "agencies", BusEntities.AdviceResponses.Name);
        var all = messages.ToList();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(all.Select(said =>
        {
            var parts = CloudEventBinding.Write(said.Event);
            var message = new Message
            {
                Properties = new Amqp.Framing.Properties { MessageId = said.Event.Id, GroupId = said.Session, ContentType = parts.ContentType },
                ApplicationProperties = new Amqp.Framing.ApplicationProperties(),
                BodySection = new Amqp.Framing.Data { Binary = parts.Body.ToArray() },
            };
            foreach (var (name, value) in parts.ApplicationProperties)
            {
                message.ApplicationProperties[name] = value;
            }

            return link.SendAsync(message);
        }));
        var rate = all.Count / clock.Elapsed.TotalSeconds;
        await connection.CloseAsync();
        return rate;
    }

    private static async Task<EmbeddedBus.Store.MessageQueueCount> CountAsync(BusServer bus) => (await bus.CountAsync()).Single(count => count.Path == BusEntities.AdviceResponses.Name);

    private static void Expect(BusDecision verdict)
    {
        if (verdict.Settlement != Settlement.Complete)
        {
            throw new InvalidOperationException(verdict.Reason ?? verdict.Settlement.ToString());
        }
    }

    private static string Share(double rate, double group) => FormattableString.Invariant($"{rate / group:P0} of bare group");

    private static void Tell(string what, double rate, string more) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-48} {rate,10:N0} /s   {more}"));
}
