using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Checks held messages again: a request may have come, a school may have been asked, or the holding time may have ended. Also checks messages that
/// expired on the bus.
/// </summary>
public sealed class HeldSweep(HeldMessages held, PushedIntake pushed, PushedDocuments documents, ClosureIntake closures, LapsedTelling lapsed, TimeProvider time)
{
    /// <summary>Checks everything once. Safe to repeat and to stop at any point.</summary>
    /// <exception cref="AggregateException">Some messages could not be checked; all others were.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var faults = new List<Exception>();
        await RunAsync(
            async (_, look, stop) =>
            {
                try
                {
                    await look(stop);
                }
                catch (Exception fault) when (!stop.IsCancellationRequested)
                {
                    // The outermost handler for one message: the others are still checked, and the caller is told.
                    faults.Add(fault);
                }
            },
            cancellation);
        if (faults.Count > 0)
        {
            throw new AggregateException("Some held messages could not be checked.", faults);
        }
    }

    /// <summary>As above; each message is checked through <paramref name="each"/>, so that a fault of one does not stop the others.</summary>
    internal async Task RunAsync(Func<string, Func<CancellationToken, Task>, CancellationToken, Task> each, CancellationToken cancellation)
    {
        foreach (var message in await held.ListAsync(HeldKind.Pushed, cancellation))
        {
            await each($"pushed/{message.Key}", stop => LookAtPushedAsync(message, stop), cancellation);
        }

        await each("lapsed messages", stop => lapsed.RunAsync(stop).AsTask(), cancellation);
        await each("documents", stop => documents.SweepAsync(stop).AsTask(), cancellation);
        foreach (var message in await held.ListAsync(HeldKind.Closure, cancellation))
        {
            await each($"closure/{message.Key}", stop => LookAtClosureAsync(message, stop), cancellation);
        }
    }

    private async Task LookAtPushedAsync(HeldMessage message, CancellationToken cancellation)
    {
        if (await held.RecordOfAsync(message.Key, cancellation) is { } ended)
        {
            // The hub was stopped between recording and deleting it, or a legal hold did not allow the deletion.
            await held.EndAsync(HeldKind.Pushed, ended, cancellation);
            return;
        }

        if (Body<AssessmentPushed>(message) is not { } body || MessageRules.FirstBroken(body, LondonDate.Of(time.GetUtcNow())) is not null)
        {
            // Held by an earlier version of the hub, whose checks were less strict. No case can take it, so no person is asked about it.
            await EndAsync(message, "refused", "It is not in a form that a case can take; see the current schema.", cancellation);
            return;
        }

        if (!await pushed.PlaceAsync(message, body, cancellation) || await pushed.EndIfDecidedAsync(message, body, Actor.TheHub, cancellation))
        {
            return;
        }

        if (message.Until <= time.GetUtcNow() && await held.RecordOfAsync(message.Key, cancellation) is null)
        {
            await EndAsync(message, "deleted", null, cancellation);
        }
    }

    private async Task EndAsync(HeldMessage message, string end, string? fault, CancellationToken cancellation)
    {
        foreach (var candidate in await held.CandidatesAsync(message.Key, cancellation))
        {
            await pushed.SettleAsync(message, candidate, PushedOutcome.Elsewhere, Actor.TheHub, fault ?? "Nobody attached it in the time for which it was held.", cancellation);
        }

        await pushed.EndUnusedAsync(message, end, fault, Actor.TheHub, cancellation);
    }

    private async Task LookAtClosureAsync(HeldMessage message, CancellationToken cancellation)
    {
        if (Body<SchoolClosurePublished>(message) is { } body)
        {
            await closures.TellAsync(message.Key, message.MessageId, body, cancellation);
        }

        if (message.Until <= time.GetUtcNow())
        {
            await held.EndAsync(HeldKind.Closure, new HeldRecord(message.Key, message.Sender, "deleted", time.GetUtcNow()), cancellation);
        }
    }

    internal static T? Body<T>(HeldMessage message)
        where T : class => BusMessages.Find(message.Type) is { } type ? MessageReader.Read(type, message.Data).Value as T : null;
}

/// <summary>Checks once an hour on a host that is not called by a timer.</summary>
public sealed class HeldSweeping(HeldSweep sweep, BackgroundWork work, TimeProvider time) : BackgroundLoop("sweep of held messages", work, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override TimeSpan FirstPause => Interval;

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await sweep.RunAsync((item, look, stop) => Items.RunAsync(item, look, stop), cancellationToken);
        return Interval;
    }
}
