using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>
/// Drives assessments in one process: a turn is taken when something has arrived or fallen due, and effects are carried out after the
/// commit. It keeps nothing that the store does not keep, so it may be stopped or killed at any instant.
/// </summary>
/// <remarks>
/// Live: <see cref="StartAsync"/>, then commits wake it and the earliest due instant is its timer. Stepwise, for simulations and tests:
/// never started; <see cref="RunDueAsync"/> does everything that is due at the clock's instant, in the same order every time, and
/// <see cref="AdvanceToAsync"/> jumps from one due instant to the next. The two are not mixed.
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

    /// <summary>Creates an engine; it does nothing until it is started or stepped.</summary>
    /// <param name="store">Where assessments are kept.</param>
    /// <param name="rules">The rules of the councils served.</param>
    /// <param name="handlers">What carries out effects. What one throws is reported to <paramref name="onFault"/> and tried again.</param>
    /// <param name="time">The clock, real or virtual.</param>
    /// <param name="options">Limits; null for the usual ones.</param>
    /// <param name="onFault">Called with every fault that is not reported elsewhere; must not throw.</param>
    /// <param name="clock">Whether the clock is trusted; null for always, for instance where it is moved by hand.</param>
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

    /// <summary>Ends when the first of its loops does: because of a stop, or with the fault that ended it, which the owner must not overlook.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Turns and effects that failed at least this many times in a row, for somebody to look at; each is still retried.</summary>
    public IReadOnlyList<EngineBackoff> BackoffAfter(int faults) => [.. turnLoop.BackoffAfter(faults), .. effectLoop.BackoffAfter(faults)];

    /// <summary>Accepts a delivery, decides it at once and returns its outcome. Its effects follow automatically.</summary>
    public async ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellationToken = default) =>
        (await SubmitAsync(delivery, null, cancellationToken)).Outcome!;

    /// <summary>Accepts and decides a delivery in the same way, but only while the assessment is at one of these versions.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="onlyAt">Versions at which it may be decided; null for any.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async ValueTask<Submission> SubmitAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken = default)
    {
        using var pass = await gates.EnterAsync(delivery.Assessment, cancellationToken);
        var submission = await taker.SubmitAsync(delivery, onlyAt, cancellationToken);
        Wake();
        return submission;
    }

    /// <summary>Asks the engine to look at one assessment soon. It carries no information; losing it costs only time.</summary>
    public void Poke(AssessmentId assessment) => turnLoop.Poke(assessment);

    /// <summary>Starts the engine.</summary>
    /// <exception cref="InvalidOperationException">It is already running.</exception>
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
    /// Takes on nothing new, waits for what is being done, and cancels effects that take longer than
    /// <see cref="EngineOptions.StopWithin"/> or than <paramref name="cancellationToken"/> allows. What was cancelled stays due.
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
        await using (time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), abandon, options.StopWithin, Timeout.InfiniteTimeSpan))
        {
            await running;
        }

        stop.Dispose();
        abandon.Dispose();
        (stop, abandon) = (null, null);
    }

    /// <summary>
    /// Stepwise: takes every turn and carries out every effect that is due at the clock's instant, and what follows from them, until
    /// nothing is. Turns come first, longest due first, then effects; each is begun in that order, so that handlers which answer without
    /// waiting are called in the same order every time.
    /// </summary>
    /// <returns>Turns and attempts made.</returns>
    /// <exception cref="InvalidOperationException">Something is due again and again at the same instant.</exception>
    public Task<int> RunDueAsync(CancellationToken cancellationToken = default) => stepwise.RunDueAsync(cancellationToken);

    /// <summary>Stepwise: moves the clock from one due instant to the next up to <paramref name="to"/>, doing what is due at each.</summary>
    /// <param name="to">The instant at which it ends, UTC.</param>
    /// <param name="setClock">Sets the virtual clock that this engine was given.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Turns and attempts made.</returns>
    public Task<int> AdvanceToAsync(DateTimeOffset to, Action<DateTimeOffset> setClock, CancellationToken cancellationToken = default) =>
        stepwise.AdvanceToAsync(to, setClock, cancellationToken);

    /// <summary>Stops, if it is running.</summary>
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
