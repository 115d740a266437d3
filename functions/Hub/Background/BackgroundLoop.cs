using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;

namespace IntegrationHub.Functions.Background;

/// <summary>
/// A loop that runs for as long as the host does. A round that fails is logged, counted, shown at /health/background and tried again after
/// a growing pause: no fault in a round ends the loop or the process. Work that consists of separate items goes through
/// <see cref="Items"/>, so that one bad item does not fail the whole round.
/// </summary>
public abstract class BackgroundLoop : BackgroundService
{
    private static readonly TimeSpan FirstPauseAfterFault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPauseAfterFault = TimeSpan.FromMinutes(5);

    private readonly BackgroundWork work;
    private readonly LoopRecord record;
    private readonly SemaphoreSlim woken = new(0, 1);

    /// <param name="name">A name that says what the loop does.</param>
    /// <param name="work">The record of background work, which includes the state of the loop.</param>
    /// <param name="time">The clock for the pauses of the loop.</param>
    protected BackgroundLoop(string name, BackgroundWork work, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(work);
        (this.work, Time) = (work, time);
        record = work.Loop(name);
        Items = new LoopItems(record, work, time);
    }

    /// <summary>The clock for the pauses of the loop.</summary>
    protected TimeProvider Time { get; }

    /// <summary>The separate items that this loop processes.</summary>
    protected LoopItems Items { get; }

    /// <summary>The pause before the first round.</summary>
    protected virtual TimeSpan FirstPause => TimeSpan.Zero;

    /// <summary>The pause that <see cref="RoundAsync"/> returns when nothing is left to do until the loop is woken.</summary>
    protected static TimeSpan UntilWoken => Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does the work that is due.</summary>
    /// <returns>The longest pause before the next round.</returns>
    protected abstract Task<TimeSpan> RoundAsync(CancellationToken cancellationToken);

    /// <summary>After the last round, waits for any work that the rounds have started.</summary>
    protected virtual Task DrainAsync() => Task.CompletedTask;

    /// <summary>Ends the pause of the loop. The call passes no data; if the call is lost, the loop merely waits for the rest of the
    /// pause.</summary>
    protected void Wake()
    {
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // The loop was already woken and has not started its round yet.
        }
        catch (ObjectDisposedException)
        {
            // The host has stopped.
        }
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "The outer boundary of a background loop: any exception in a round is logged and counted, and the round is tried again.")]
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PauseAsync(FirstPause, stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                TimeSpan pause;
                try
                {
                    pause = await RoundAsync(stoppingToken);
                    work.RoundDone(record);
                }
                catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
                {
                    break;
                }
                catch (Exception fault)
                {
                    work.RoundFailed(record, fault);
                    pause = PauseAfter(record.FailedInARow);
                }

                await PauseAsync(pause, stoppingToken);
            }
        }
        finally
        {
            await DrainAsync();
        }
    }

    /// <summary>The pause after a given number of consecutive failed rounds.</summary>
    internal static TimeSpan PauseAfter(int failedInARow)
    {
        var pause = FirstPauseAfterFault * Math.Pow(2, Math.Min(failedInARow - 1, 10));
        return pause < LongestPauseAfterFault ? pause : LongestPauseAfterFault;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        if (pause == TimeSpan.Zero || cancellationToken.IsCancellationRequested)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(woken.WaitAsync(either.Token), Task.Delay(pause, Time, either.Token));
        await either.CancelAsync();
    }
}
