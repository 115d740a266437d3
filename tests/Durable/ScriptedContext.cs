using IntegrationHub.Orchestrations.Durable;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Durable.Tests;

/// <summary>
/// A context that runs activities at once, keeps events that nobody waits for, and jumps from timer to timer. Like the real one it lives
/// on one thread and completes only what was asked of it.
/// </summary>
internal sealed class ScriptedContext(string instanceId, DateTime now) : TaskOrchestrationContext
{
    private readonly Queue<string> kept = [];
    private readonly List<(string Name, TaskCompletionSource<object?> Wait)> waits = [];
    private readonly List<(DateTime At, TaskCompletionSource Timer)> timers = [];

    internal Dictionary<string, Func<object?, object?>> Activities { get; } = [];

    internal List<(string Name, object? Input)> Calls { get; } = [];

    internal List<object?> Statuses { get; } = [];

    internal bool BegunAnew { get; private set; }

    internal int OpenTimers => timers.Count;

    /// <summary>Timers created so far. Each is a message in the storage until it fires, cancelled or not.</summary>
    internal int TimersMade { get; private set; }

    internal int OpenWaits => waits.Count;

    public override TaskName Name => AssessmentOrchestrator.Name;

    public override string InstanceId { get; } = instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>An event arrives.</summary>
    internal void Raise(string name)
    {
        var at = waits.FindIndex(w => w.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            kept.Enqueue(name);
            return;
        }

        var wait = waits[at].Wait;
        waits.RemoveAt(at);
        wait.SetResult(null);
    }

    /// <summary>The earliest timer fires.</summary>
    internal DateTime FireNext()
    {
        var next = timers.MinBy(t => t.At);
        timers.Remove(next);
        now = next.At;
        next.Timer.SetResult();
        return next.At;
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Calls.Add((name.Name, input));
        Assert.NotNull(options?.Retry);
        return Task.FromResult((TResult)Activities[name.Name](input)!);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Assert.Equal(DateTimeKind.Utc, fireAt.Kind);
        var timer = new TaskCompletionSource();
        timers.Add((fireAt, timer));
        TimersMade++;
        cancellationToken.Register(() =>
        {
            timers.RemoveAll(t => t.Timer == timer);
            timer.TrySetCanceled(cancellationToken);
        });
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        if (kept.TryDequeue(out _))
        {
            return Task.FromResult<T>(default!);
        }

        var wait = new TaskCompletionSource<object?>();
        waits.Add((eventName, wait));
        cancellationToken.Register(() =>
        {
            waits.RemoveAll(w => w.Wait == wait);
            wait.TrySetCanceled(cancellationToken);
        });
        return As(wait.Task);

        static async Task<T> As(Task<object?> task) => (T)(await task)!;
    }

    public override void SetCustomStatus(object? customStatus) => Statuses.Add(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        Assert.True(preserveUnprocessedEvents);
        BegunAnew = true;
    }

    public override T GetInput<T>() => throw new NotSupportedException("The orchestrator has no input.");

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException("It tells nobody anything.");

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException("It has no children.");

    public override Guid NewGuid() => throw new NotSupportedException("It makes no ids.");
}
