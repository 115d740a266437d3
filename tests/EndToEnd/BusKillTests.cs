using System.Diagnostics;
using System.Globalization;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>
/// Agencies send while the hub is killed under them: with duplicates up to 30 days late, out of order, with locks that run out, with bad
/// messages in between. Every good one took effect once, every bad one is a dead letter with its reason, none is lost. 400 messages and
/// 3 kills; BUS_MESSAGES=10000 BUS_KILLS=30 for the full size.
/// </summary>
public sealed class BusKillTests : IDisposable
{
    private const int Seed = 20260112;

    // A round costs a message that is held at its end up to two deliveries, by the kill and by the lock: fewer than the queues' ten.
    private const int MaxHeld = 4;
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly int Messages = Number("BUS_MESSAGES", 400);
    private static readonly int Kills = Number("BUS_KILLS", 3);

    private readonly string data = Directory.CreateTempSubdirectory("hub-bus-killed-").FullName;
    private readonly VirtualClock clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Every_message_takes_effect_once_or_is_a_dead_letter_with_its_reason_however_the_hub_dies()
    {
        var stop = TestContext.Current.CancellationToken;
        var ids = await BusLoad.OpenAsync(data, Messages, stop);
        var keys = BusKeyFile.Open(data, BusLoad.Agencies);
        await using var bus = new BusServer(
            new BusOptions
            {
                DataFolder = Path.Combine(data, "bus"),
                RootSecret = keys.RootSecret,
                Port = 0,
                Agencies = [.. BusLoad.Agencies.Select(agency => new BusAgency(agency, keys.Of(agency).Secret))],
            },
            clock, NullLogger<BusServer>.Instance, TimeProvider.System);
        await bus.StartAsync(stop);
        using var hub = HubProcess.At(data, new Dictionary<string, string>
        {
            ["Bus__Address"] = FormattableString.Invariant($"amqp://localhost:{bus.Port}"),
            ["Bus__Login"] = "SharedAccess",
            ["Bus__KeyName"] = BusKey.RootName,
            ["Bus__Key"] = keys.RootSecret,
        });
        await hub.StartAsync();

        await using var load = await BusLoad.ConnectAsync(bus.Port, keys, ids, Messages, new Random(Seed));
        for (var kill = 0; kill < Kills; kill++)
        {
            await load.SendAsync(load.Planned / Kills * kill, load.Planned / Kills * (kill + 1), async () =>
            {
                hub.Kill();
                await hub.StartAsync();
            });

            // Every lock runs out, and what the bus remembers of ids with them: duplicates reach the hub from now on.
            clock.MoveTo(clock.GetUtcNow().AddMinutes(11));

            if (kill % MaxHeld == MaxHeld - 1)
            {
                // A message that was delivered ten times in vain is a dead letter by the broker's own rule, whatever the hub does.
                await DrainAsync(bus, stop);
            }
        }

        await load.SendAsync(load.Planned / Kills * Kills, load.Planned, null);
        await DrainAsync(bus, stop);
        clock.MoveTo(clock.GetUtcNow().AddDays(30));
        var late = await load.SendLateAsync();
        await DrainAsync(bus, stop);
        hub.Kill();

        var dead = new HashSet<(string, string)>();
        foreach (var queue in BusLoad.Queues)
        {
            dead.UnionWith((await bus.DeadLettersAsync(queue, int.MaxValue))!.Select(letter => (letter.MessageId!, letter.DeadLetterReason!)));
        }

        Assert.Equal(load.Bad.Order(), dead.Order());
        await HeldOnceAsync(load, ids, stop);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{load.Sent} messages, of them {load.Good.Count} good ({load.Pushed.Count + load.Unmatched.Count} pushed assessments, {load.Closures.Count} closures), {load.Bad.Count} bad, {load.Sent - load.Good.Count - load.Bad.Count} duplicates ({late} of them 30 days late), {Kills} kills."));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    /// <summary>What the store says after the last kill: each message has its outcome, each request one advice.</summary>
    private async Task HeldOnceAsync(BusLoad load, IReadOnlyList<AssessmentId> ids, CancellationToken cancellationToken)
    {
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(data, LocalHub.StoreFile) });
        foreach (var (assessment, messageId) in load.Taken)
        {
            Assert.True(await HasOutcomeAsync(store, assessment, messageId, cancellationToken), $"{messageId} has no outcome in {assessment}");
        }

        foreach (var id in ids)
        {
            var state = (await store.LoadAsync(id, cancellationToken)).State;
            var events = await store.EventsAsync(id, cancellationToken: cancellationToken);
            Assert.All(state.Requests.Where(request => BusLoad.Agencies.Contains(request.Agency?.Id ?? default)), request =>
            {
                Assert.Equal(RequestStatus.Received, request.Status);
                Assert.Single(events, happened => happened.What is AdviceReceived { Advice.RequestId: var of } && of == request.Id);
                Assert.Single(events, happened => happened.What is AdviceRequestMoved { To: RequestStatus.Received, RequestId: var of } && of == request.Id);
            });
            Assert.Equal(load.Pushed.Contains(id) ? 1 : 0, state.Existing.Count);
            Assert.Equal(load.Closures.Count, state.Attention.Count(matter => matter.Id.StartsWith("closure-", StringComparison.Ordinal)));
            var twice = events.Where(happened => happened.MessageId?.StartsWith("bus ", StringComparison.Ordinal) == true)
                .GroupBy(happened => (happened.MessageId, happened.What.GetType())).Where(same => same.Count() > 1);
            Assert.Empty(twice);
        }

        var held = Path.Combine(data, "documents", "held");
        Assert.Equal(load.Unmatched.Count, Kept(held, "pushed"));
        Assert.Equal(load.Closures.Count, Kept(held, "closures"));
        Assert.Equal(load.Pushed.Count, Kept(held, "ended"));
    }

    // What a killed hub was writing lies beside its place under a name with a dot, which the store never lists.
    private static int Kept(string held, string folder) => Directory.GetFiles(Path.Combine(held, folder)).Count(file => !Path.GetFileName(file).StartsWith('.'));

    /// <summary>An assessment that was pushed is brought in under its id and the version that it met: an inbox refuses for ever what it once refused.</summary>
    private static async Task<bool> HasOutcomeAsync(SqliteAssessmentStore store, AssessmentId assessment, string messageId, CancellationToken cancellationToken)
    {
        if (!messageId.Contains(" push-", StringComparison.Ordinal))
        {
            return await store.OutcomeAsync(assessment, messageId, cancellationToken) is not null;
        }

        var found = 0;
        for (var version = 0L; version <= (await store.LoadAsync(assessment, cancellationToken)).State.Version; version++)
        {
            found += await store.OutcomeAsync(assessment, FormattableString.Invariant($"{messageId} at {version}"), cancellationToken) is null ? 0 : 1;
        }

        return found == 1;
    }

    /// <summary>
    /// Waits until the hub has taken everything. The bus stands under a clock that only this test moves, so what a broken line left locked
    /// would stay so: a lock's minute passes when nothing has been taken for half a minute.
    /// </summary>
    private async Task DrainAsync(BusServer bus, CancellationToken cancellationToken)
    {
        var (began, moved, left) = (Stopwatch.StartNew(), Stopwatch.StartNew(), long.MaxValue);
        while (await ActiveAsync(bus) is > 0 and var active)
        {
            if (active < left)
            {
                (left, moved) = (active, Stopwatch.StartNew());
            }

            if (moved.Elapsed > Still)
            {
                clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromMinutes(1));
                moved.Restart();
            }

            if (began.Elapsed > Patience)
            {
                Assert.Fail(await StillThereAsync(bus));
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    private static async Task<long> ActiveAsync(BusServer bus) => (await bus.CountAsync()).Where(count => BusLoad.Queues.Contains(count.Path)).Sum(count => count.Active);

    private static async Task<string> StillThereAsync(BusServer bus)
    {
        var text = new StringBuilder("The hub has not taken everything:");
        foreach (var queue in BusLoad.Queues)
        {
            foreach (var message in await bus.PeekAsync(queue, 20) ?? [])
            {
                var held = message.Holder is { } holder ? $"held until {holder.Until:O} by a receiver that {(holder.IsGone ? "has gone" : "is there")}" : "free";
                text.Append(CultureInfo.InvariantCulture, $"\n{queue}: {message.MessageId}, session {message.SessionId ?? "none"}, {message.DeliveryCount} failed deliveries, {held}");
            }
        }

        return text.ToString();
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
