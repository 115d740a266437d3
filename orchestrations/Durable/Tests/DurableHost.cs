using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Orchestrations.Durable.Tests;

/// <summary>
/// Durable Task's own host, in this process, with the orchestrator and the activities that the Functions app registers. Its timers go by
/// the machine's clock, so each due instant is put as far from now as it is on the test's clock.
/// </summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly TurnActivity turn;
    private readonly EffectActivity effect;
    private readonly double speed;
    private readonly ConcurrentDictionary<string, (Task Before, TaskCompletionSource Done)> order = new(StringComparer.Ordinal);
    private readonly Channel<TurnReport> rests = Channel.CreateUnbounded<TurnReport>();
    private DurableTaskTestHost? host;

    /// <summary>The test host's server logs every call to the console and has no option against it but the configuration that it reads.</summary>
    static DurableHost() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");

    private DurableHost(IAssessmentStore store, IEffectHandler outside, TimeProvider time, double speed)
    {
        (this.time, this.speed) = (time, speed);
        var taker = new TurnTaker(store, Council.Rules, time);
        turn = new TurnActivity(store, taker, Council.Rules, time);
        effect = new EffectActivity(store, [outside], time, NullLogger<EffectActivity>.Instance);
        Poker = new Poker(Hand);
        Engine = new DurableEngine(store, taker, Poker, NullLogger<DurableEngine>.Instance);
        Sweeper = new Sweeper(store, Hand, Poker, time, NullLogger<Sweeper>.Instance);
    }

    internal ClientAtHand Hand { get; } = new();

    internal Poker Poker { get; }

    internal DurableEngine Engine { get; }

    internal Sweeper Sweeper { get; }

    internal DurableTaskClient Client => Hand.Client;

    /// <summary>Turns that were taken.</summary>
    internal int Turns { get; private set; }

    /// <summary>A turn after each of which nothing is left to do but to wait.</summary>
    internal ChannelReader<TurnReport> Rests => rests.Reader;

    /// <param name="store">The store, which outlives the host.</param>
    /// <param name="outside">The other side of every effect.</param>
    /// <param name="time">The hub's clock.</param>
    /// <param name="speed">How many times faster than the machine's clock it goes: 1 for one that a test moves by hand.</param>
    internal static async Task<DurableHost> StartAsync(IAssessmentStore store, IEffectHandler outside, TimeProvider time, double speed = 1)
    {
        var durable = new DurableHost(store, outside, time, speed);
        durable.host = await DurableTaskTestHost.StartAsync(durable.Register, new DurableTaskTestHostOptions { Port = FreePort(), LoggerFactory = NullLoggerFactory.Instance }, TestContext.Current.CancellationToken);
        durable.Hand.Use(durable.host.Client);
        return durable;
    }

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc(AssessmentOrchestrator.Name, AssessmentOrchestrator.RunAsync);
        tasks.AddActivityFunc<string, TurnReport>(TurnActivity.Name, (_, id) => TakeTurnAsync(id));
        foreach (var activity in EffectActivities.All)
        {
            tasks.AddActivityFunc<DueEffect>(activity, (_, due) => CarryOutAsync(due));
        }
    }

    private async Task<TurnReport> TakeTurnAsync(string id)
    {
        var report = await turn.RunAsync(id);
        Turns++;
        var before = Task.CompletedTask;
        foreach (var due in report.Due)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            order[due.EffectId] = (before, done);
            before = done.Task;
        }

        if (report.Due.Count == 0)
        {
            rests.Writer.TryWrite(report);
        }

        return report with { NextAt = report.NextAt is { } at ? TimeProvider.System.GetUtcNow() + ((at - time.GetUtcNow()) / speed) : null };
    }

    /// <summary>The orchestrator sets effects off side by side; here they are answered in order, so that what they leave behind can be compared to the letter.</summary>
    private async Task CarryOutAsync(DueEffect due)
    {
        var (before, done) = order[due.EffectId];
        await before;
        try
        {
            await effect.RunAsync(due);
        }
        finally
        {
            done.TrySetResult();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
