using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Messages.Tests.Bus;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>The hub's receiver with everything behind it in memory; what it would tell agencies is kept.</summary>
internal sealed class Receiver : IBusSender, IExpiredMessages
{
    internal static readonly AgencyId School = SampleMessages.School;
    internal static readonly AgencyId SocialCare = SampleMessages.Parse<AgencyId>("la:330/social-care");
    internal static readonly LocalAuthorityCode Council = SampleMessages.Parse<LocalAuthorityCode>("330");

    private static readonly Actor Officer = new() { Role = ActorRole.CouncilOfficer, Id = "officer" };

    private readonly RuleBook rules = new(CouncilsFile.Development, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
    private readonly TurnTaker turns;

    internal Receiver()
        : this(new HoldingOptions())
    {
    }

    internal Receiver(HoldingOptions holding)
    {
        turns = new TurnTaker(Store, rules, Time);
        var inputs = new AgencyInbox(SubmitAsync, Time);
        var held = new HeldMessages(Documents, holding);
        var directory = new AgencyDirectory([new AgencyEntry { Id = School, Reach = Reach.Bus }, new AgencyEntry { Id = SocialCare, Reach = Reach.Bus }]);
        var attachments = new AttachmentStore(Documents, new KeepingRules());
        var claims = new ClaimCheck(new DocumentCheck(attachments));
        Pushed = new PushedDocuments(Documents, attachments, held, holding, Time);
        var pushed = new PushedIntake(Store, rules, new ChildSearch(new KnownChildren(Store)), inputs, held, claims, Pushed, holding, new Rejections(this, Time), Time);
        var closures = new ClosureIntake(Store, inputs, held);
        Bus = new BusReceiver(directory, new AnswersIntake(Store, rules, inputs, claims), pushed, closures, new Rejections(this, Time), Time);
        Sweep = new HeldSweep(held, pushed, Pushed, closures, new ExpiryNotifier([this], directory, new Rejections(this, Time), Documents, Time), Time, Clock);
        Decisions = new PushedDecisions(Store, rules, held, pushed);
    }

    internal BusReceiver Bus { get; }

    internal HeldSweep Sweep { get; }

    internal PushedDecisions Decisions { get; }

    internal PushedDocuments Pushed { get; }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 10, 11, 0, 0, TimeSpan.Zero));

    internal ConfirmedClock Clock { get; } = new();

    internal MemoryAssessmentStore Store { get; } = new();

    internal MemoryDocuments Documents { get; } = new();

    internal ConcurrentQueue<(string Entity, CloudEvent Event)> Told { get; } = new();

    /// <summary>Who was told about a message that could not be used, by the correlation id that the message had.</summary>
    internal ConcurrentDictionary<string, AgencyId> Heard { get; } = new();

    /// <summary>What lapsed on the bus.</summary>
    internal List<ExpiredMessage> Lapsed { get; } = [];

    internal EffectResult Sending { get; set; } = EffectResult.Done();

    /// <summary>An assessment in which school and social care were asked on 8 June 2026.</summary>
    internal async Task<AssessmentId> AskedAsync(string key, Func<Child, Child>? of = null, LocalAuthorityCode? council = null)
    {
        var id = AssessmentId.For(council ?? Council, key);
        await DoAsync(id, new OpenAssessment(Opening((of ?? (child => child))(SampleMessages.Child))));
        await DoAsync(id, new RecordConsultation(new DateOnly(2026, 6, 9), "They wish for it."));
        await DoAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        return id;
    }

    /// <summary>A plan that was taken over, and a re-assessment of it that asks school and social care.</summary>
    internal async Task<AssessmentId> AskedAgainAsync(string key)
    {
        var id = AssessmentId.For(Council, key);
        await DoAsync(id, new OpenAssessment(Opening(SampleMessages.Child) with
        {
            ReceivedOn = new DateOnly(2023, 1, 9),
            TakenOver = new TakenPlan { IssuedOn = new DateOnly(2023, 5, 3), LastReviewedOn = new DateOnly(2026, 5, 5), Source = "return.xml" },
        }));
        await DoAsync(id, new AgreeReassessment("There are new needs."));
        return id;
    }

    private static OpeningFacts Opening(Child child) => new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = new DateOnly(2026, 6, 8),
        Child = child,
        Family = new FamilyContact { Name = "A. Parent", Relationship = "father" },
        SettingKind = SettingKind.School,
        Setting = new Agency { Id = School, Name = "Example School" },
        Icb = new Agency { Id = SampleMessages.Parse<AgencyId>("ods:QHL"), Name = "Example ICB" },
    };

    /// <summary>What happens between the hub's look at a case and its turn there; once.</summary>
    internal Func<Task>? Meanwhile { get; set; }

    private async ValueTask<Submission> SubmitAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken)
    {
        var (meanwhile, _) = (Meanwhile, Meanwhile = null);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        return await turns.SubmitAsync(delivery, onlyAt, cancellationToken);
    }

    internal async Task DoAsync(AssessmentId id, AssessmentInput input)
    {
        var outcome = await turns.SubmitAsync(new Delivery { Assessment = id, MessageId = Guid.NewGuid().ToString(), By = Officer, ReceivedAt = Time.GetUtcNow(), Input = input }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
    }

    /// <summary>Puts other bytes in the place of the one message that is held, as a hub that asked for less would have held them.</summary>
    internal async Task RewriteHeldAsync(Func<string, string> rewrite)
    {
        var name = Assert.Single(Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        var held = JsonNode.Parse((await Documents.ReadAsync(name, TestContext.Current.CancellationToken)).Value!.Bytes)!;
        var before = Encoding.UTF8.GetString(Convert.FromBase64String((string)held["data"]!));
        held["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(rewrite(before)));
        Assert.NotEqual(before, rewrite(before));
        await Documents.RemoveAsync(name, TestContext.Current.CancellationToken);
        await Documents.PutOnceAsync(name, Encoding.UTF8.GetBytes(held.ToJsonString()), "application/json", TestContext.Current.CancellationToken);
    }

    internal async Task<AssessmentState> StateAsync(AssessmentId id) => (await Store.LoadAsync(id, TestContext.Current.CancellationToken)).State;

    internal async Task<BusDecision> ReceiveAsync(ReceivedBusMessage arrival) => await Bus.ReceiveAsync(arrival, TestContext.Current.CancellationToken);

    /// <summary>A message as an agency's system sends it.</summary>
    internal static ReceivedBusMessage Arrival(object body, string id, int delivery = 1)
    {
        var message = BusMessages.For(body);
        var parts = CloudEventBinding.Write(new CloudEvent { Id = id, Source = "urn:agency", Type = message.Type, Data = BusJson.Write(body) });
        return new ReceivedBusMessage(message.Entity.Name, id, (body as IAdviceMessage)?.Assessment.Value, null, parts, delivery);
    }

    ValueTask<IReadOnlyList<ExpiredMessage>> IExpiredMessages.ListAsync(CancellationToken cancellationToken) => new(Lapsed);

    ValueTask<EffectResult> IBusSender.SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken)
    {
        Told.Enqueue((entity, cloudEvent));
        if (correlationId is not null && MessageReader.Read(cloudEvent).Value is MessageRejected rejected)
        {
            Heard[correlationId] = rejected.Agency;
        }

        return new(Sending);
    }
}

/// <summary>A clock that is trusted until a test says otherwise.</summary>
internal sealed class ConfirmedClock : IClockTrust
{
    public bool IsTrusted { get; set; } = true;
}

/// <summary>Documents in memory: what the receiver asks of the store, without a disk.</summary>
internal sealed class MemoryDocuments : IDocumentStore
{
    private readonly ConcurrentDictionary<string, byte[]> all = new(StringComparer.Ordinal);

    internal bool IsAway { get; set; }

    internal IEnumerable<string> Names => all.Keys.Order(StringComparer.Ordinal);

    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) => Answer(
        () => new StoreResult<string>(all.TryAdd(name, bytes.ToArray()) ? KeepingOutcome.Done : KeepingOutcome.AlreadyThere, name, ""));

    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => Answer(
        () => all.TryGetValue(name, out var bytes) ? new StoreResult<StoredDocument>(KeepingOutcome.Done, new StoredDocument(bytes, "1"), "") : new StoreResult<StoredDocument>(KeepingOutcome.Missing, null, "not there"));

    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => Answer(
        () => new StoreResult<IReadOnlyList<string>>(KeepingOutcome.Done, [.. Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))], ""));

    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => Answer(
        () => new StoreResult<string>(all.TryRemove(name, out _) ? KeepingOutcome.Done : KeepingOutcome.Missing, name, ""));

    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => Answer(
        () => new StoreResult<ScanState>(all.ContainsKey(name) ? KeepingOutcome.Done : KeepingOutcome.Missing, ScanState.Clean, "not there"));

    private Task<StoreResult<T>> Answer<T>(Func<StoreResult<T>> answer) => Task.FromResult(IsAway ? new StoreResult<T>(KeepingOutcome.Transient, default, "away") : answer());
}
