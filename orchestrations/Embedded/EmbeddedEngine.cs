using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>
/// Drives assessments in one process: a turn is taken when something has arrived or fallen due, and effects are carried out after the
/// commit. The engine has no state that is not in the store, so it can be stopped or killed at any time.
/// </summary>
/// <remarks>
/// A live engine is started with <see cref="StartAsync"/>; commits wake the engine, and its timer is set to the earliest due time. A
/// stepwise engine, for simulations and tests, is never started: <see cref="RunDueAsync"/> does everything that is due at the clock's time,
/// always in the same order, and <see cref="AdvanceToAsync"/> jumps from one due time to the next. An engine is either live or stepwise,
/// never both.
/// </remarks>
public sealed class EmbeddedEngine : IAsyncDisposable
{
    private readonly IAssessmentStore store;
    private readonly TimeProvider time;
    private readonly TurnTaker taker;
    private readonly AssessmentGates gates = new();
    private readonly WakeSignal arrived;
    private readonly WakeSignal effectsDue;
    private readonly StepwiseDrive stepwise;
    private readonly TurnLoop turnLoop;
    private readonly EffectLoop effectLoop;
    private readonly EngineOptions options;
    private CancellationTokenSource? stop;
    private CancellationTokenSource? abandon;
    private Task running = Task.CompletedTask;

    /// <summary>Creates an engine, which does nothing until it is started or stepped.</summary>
    /// <param name="store">The store of assessments.</param>
    /// <param name="rules">The rules of the councils that the hub serves.</param>
    /// <param name="handlers">The handlers that carry out effects. An exception thrown by a handler is reported to
    /// <paramref name="onFault"/>, and the effect is tried again.</param>
    /// <param name="time">The clock, real or virtual.</param>
    /// <param name="options">The limits of the engine, or null for the defaults.</param>
    /// <param name="onFault">Called for every fault that is not reported elsewhere. The callback must not throw.</param>
    /// <param name="clock">Tells whether the clock is trusted; null if it always is, for instance because the caller sets the
    /// clock.</param>
    public EmbeddedEngine(
        IAssessmentStore store,
        RuleBook rules,
        IEnumerable<IEffectHandler> handlers,
        TimeProvider time,
        EngineOptions? options = null,
        Action<EngineFault>? onFault = null,
        IClockTrust? clock = null)
    {
        this.store = store;
        this.time = time;
        this.options = options ?? new EngineOptions();
        var tell = onFault ?? (_ => { });
        taker = new TurnTaker(store, rules, time, clock);
        var runner = new EffectRunner(store, handlers.Select(h => new GuardedHandler(h, tell)), time);
        arrived = new WakeSignal(time);
        effectsDue = new WakeSignal(time);
        stepwise = new StepwiseDrive(store, TakeTurnAsync, runner, time, this.options);
        turnLoop = new TurnLoop(store, TakeTurnAsync, time, this.options, arrived, tell, clock);
        effectLoop = new EffectLoop(store, runner, time, this.options, effectsDue, arrived.Set, tell);
    }

    /// <summary>A task that completes when the first of the engine's loops ends, either because the engine was stopped or with the fault
    /// that ended the loop. The engine's owner must observe this fault.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>The turns and effects that failed at least this many times in a row, for an operator to check. The engine still retries
    /// these turns and effects.</summary>
    public IReadOnlyList<EngineBackoff> BackoffAfter(int faults) => [.. turnLoop.BackoffAfter(faults), .. effectLoop.BackoffAfter(faults)];

    /// <summary>Accepts a delivery, processes it immediately and returns the outcome. The effects are carried out afterwards, and no further
    /// call is needed for that.</summary>
    public async ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellationToken = default) =>
        (await SubmitAsync(delivery, null, cancellationToken)).Outcome!;

    /// <summary>Accepts and processes a delivery, but only while the assessment is at one of the given versions.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="onlyAt">The versions of the assessment at which the delivery can be processed, or null for any version.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async ValueTask<Submission> SubmitAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken = default)
    {
        using var pass = await gates.EnterAsync(delivery.Assessment, cancellationToken);
        var submission = await taker.SubmitAsync(delivery, onlyAt, cancellationToken);
        Wake();
        return submission;
    }

    /// <summary>Asks the engine to check one assessment soon. The request is only a signal: if it is lost, the check is made
    /// later.</summary>
    public void Wake(AssessmentId assessment) => turnLoop.Wake(assessment);

    /// <summary>Starts the engine.</summary>
    /// <exception cref="InvalidOperationException">The engine is already running.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (stop is not null)
        {
            throw new InvalidOperationException("The engine is already running.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        stop = new CancellationTokenSource();
        abandon = new CancellationTokenSource();
        if (store is ICommitSignal signals)
        {
            signals.Committed += Wake;
        }

        var (stopping, abandoning) = (stop.Token, abandon.Token);
        Task[] loops = [Task.Run(() => turnLoop.RunAsync(stopping), CancellationToken.None), Task.Run(() => effectLoop.RunAsync(stopping, abandoning), CancellationToken.None)];
        running = Task.WhenAll(loops);
        Ended = Task.WhenAny(loops).Unwrap();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops the engine: begins no new work, waits for running work, and cancels effects that take longer than
    /// <see cref="EngineOptions.StopTimeout"/> or <paramref name="cancellationToken"/> allows. Cancelled effects stay due.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (stop is null || abandon is null)
        {
            return;
        }

        if (store is ICommitSignal signals)
        {
            signals.Committed -= Wake;
        }

        await stop.CancelAsync();
        using (cancellationToken.Register(abandon.Cancel))
        await using (time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), abandon, options.StopTimeout, Timeout.InfiniteTimeSpan))
        {
            await running;
        }

        stop.Dispose();
        abandon.Dispose();
        (stop, abandon) = (null, null);
    }

    /// <summary>
    /// For a stepwise engine: takes every turn and carries out every effect that is due at the clock's time, including those that follow
    /// from them, until nothing more is due. Turns come first, longest overdue first, and then effects. Turns and effects begin in that
    /// order, so that handlers which answer without waiting are always called in the same order.
    /// </summary>
    /// <returns>The number of turns taken and of effects attempted.</returns>
    /// <exception cref="InvalidOperationException">An assessment is due repeatedly at the same instant and never finishes.</exception>
    public Task<int> RunDueAsync(CancellationToken cancellationToken = default) => stepwise.RunDueAsync(cancellationToken);

    /// <summary>For a stepwise engine: moves the clock from one due time to the next, up to the given time, and does the work that is due
    /// at each.</summary>
    /// <param name="to">The time at which to stop, UTC.</param>
    /// <param name="setClock">Sets the virtual clock that this engine was given.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The number of turns taken and of effects attempted.</returns>
    public Task<int> AdvanceToAsync(DateTimeOffset to, Action<DateTimeOffset> setClock, CancellationToken cancellationToken = default) =>
        stepwise.AdvanceToAsync(to, setClock, cancellationToken);

    /// <summary>Stops the engine if it is running.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async ValueTask<Turn?> TakeTurnAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        using var pass = await gates.EnterAsync(assessment, cancellationToken);
        var turn = await taker.TakeAsync(assessment, cancellationToken);
        if (turn?.Effects.Count > 0)
        {
            effectsDue.Set();
        }

        return turn;
    }

    private void Wake()
    {
        arrived.Set();
        effectsDue.Set();
    }
}
