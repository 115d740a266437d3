using System.Collections.Concurrent;
using System.Threading.Channels;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Ports.Tests;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Durable.Tests;

/// <summary>
/// Durable Task's own host, in this process, with the orchestrator and the activities that the Functions app registers. Its timers go by
/// the machine's clock, so each due instant is put as far from now as it is on the test's clock.
/// </summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private static readonly TimeSpan WaitForTheOneBefore = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time;
    private readonly TurnActivity turn;
    private readonly EffectActivity effect;
    private readonly double speed;
    private readonly ConcurrentDictionary<string, (Task Before, TaskCompletionSource Done)> order = new(StringComparer.Ordinal);
    private readonly Channel<TurnReport> rests = Channel.CreateUnbounded<TurnReport>();
    private readonly Func<TaskOrchestrationContext, Task> orchestrator;
    private IRunningTasks? host;

    /// <summary>The test host's server logs every call to the console and has no option against it but the configuration that it reads.</summary>
    static DurableHost() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");

    private DurableHost(IAssessmentStore store, IEffectHandler outside, TimeProvider time, double speed, Func<TaskOrchestrationContext, Task> orchestrator)
    {
        (this.time, this.speed, this.orchestrator) = (time, speed, orchestrator);
        var taker = new TurnTaker(store, Council.Rules, time);
        turn = new TurnActivity(store, taker, Council.Rules, time);
        effect = new EffectActivity(store, [outside], time, NullLogger<EffectActivity>.Instance);
        InstancePoker = new InstanceWaker(Hand);
        Engine = new DurableEngine(store, taker, InstancePoker, NullLogger<DurableEngine>.Instance);
        Sweeper = new Sweeper(store, Hand, InstancePoker, new MemoryRecord(), time, NullLogger<Sweeper>.Instance);
    }

    internal CurrentDurableClient Hand { get; } = new();

    internal InstanceWaker InstancePoker { get; }

    internal DurableEngine Engine { get; }

    internal Sweeper Sweeper { get; }

    internal DurableTaskClient Client => Hand.Client;

    /// <summary>Turns that were taken.</summary>
    internal int Turns { get; private set; }

    /// <summary>Turns; after each, all that is left to do is to wait.</summary>
    internal ChannelReader<TurnReport> Rests => rests.Reader;

    /// <param name="store">The store, which outlives the host.</param>
    /// <param name="outside">The other side of every effect.</param>
    /// <param name="time">The hub's clock.</param>
    /// <param name="speed">How many times faster than the machine's clock it goes: 1 for one that a test moves by hand.</param>
    /// <param name="run">Runs what is registered; null: in Durable Task's own test host, in memory.</param>
    /// <param name="orchestrator">The driver; null: the app's.</param>
    internal static async Task<DurableHost> StartAsync(
        IAssessmentStore store,
        IEffectHandler outside,
        TimeProvider time,
        double speed = 1,
        Func<Action<DurableTaskRegistry>, Task<IRunningTasks>>? run = null,
        Func<TaskOrchestrationContext, Task>? orchestrator = null)
    {
        var durable = new DurableHost(store, outside, time, speed, orchestrator ?? AssessmentOrchestrator.RunAsync);
        durable.host = await (run ?? InMemory.StartAsync)(durable.Register);
        durable.Hand.Use(durable.host.Client);
        return durable;
    }

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc(AssessmentOrchestrator.Name, orchestrator);
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
        // One that another process was told of has no place in this one's order. A turn that is repeated makes the order anew, and one that
        // was done by then is not done again: waiting for it for ever would hold up the instance for good.
        var place = order.GetValueOrDefault(due.EffectId);
        await Task.WhenAny(place.Before ?? Task.CompletedTask, Task.Delay(WaitForTheOneBefore));
        try
        {
            await effect.RunAsync(due);
        }
        finally
        {
            place.Done?.TrySetResult();
        }
    }

    private sealed class InMemory(DurableTaskTestHost host) : IRunningTasks
    {
        public DurableTaskClient Client => host.Client;

        internal static async Task<IRunningTasks> StartAsync(Action<DurableTaskRegistry> register) => new InMemory(await DurableTaskTestHost.StartAsync(
            register, new DurableTaskTestHostOptions { Port = FreePort.Take(), LoggerFactory = NullLoggerFactory.Instance }, TestContext.Current.CancellationToken));

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}
