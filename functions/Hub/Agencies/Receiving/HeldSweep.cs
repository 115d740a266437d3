using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Checks held messages again, because a request may have arrived, a school may have been asked for advice, or the holding time may have
/// ended. The sweep also checks messages that expired on the bus.
/// </summary>
public sealed class HeldSweep(
    HeldMessages held, PushedIntake pushed, PushedDocuments documents, ClosureIntake closures, ExpiryNotifier lapsed, TimeProvider time, IClockTrust? clock = null)
{
    /// <summary>Checks every held message once. The check can safely be repeated, or stopped at any point.</summary>
    /// <exception cref="AggregateException">Some messages could not be checked; all other messages were checked.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var faults = new List<Exception>();
        await RunAsync(
            async (_, look, cancellationToken) =>
            {
                try
                {
                    await look(cancellationToken);
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    // This is the outermost handler for one message: the other messages are still checked, and then the fault is thrown to
                    // the caller.
                    faults.Add(fault);
                }
            },
            cancellationToken);
        if (faults.Count > 0)
        {
            throw new AggregateException("Some held messages could not be checked.", faults);
        }
    }

    /// <summary>Calls the given function for every held message, so that a fault in one message does not stop the check of the
    /// others.</summary>
    internal async Task RunAsync(Func<string, Func<CancellationToken, Task>, CancellationToken, Task> each, CancellationToken cancellationToken)
    {
        if (clock is { IsTrusted: false })
        {
            // A message is checked against today's date and deleted when its time has come, so with a wrong clock it would be lost.
            return;
        }

        foreach (var key in await held.KeysAsync(HeldKind.Pushed, cancellationToken))
        {
            await each($"pushed/{key}", cancellationToken => LookAsync(HeldKind.Pushed, key, LookAtPushedAsync, cancellationToken), cancellationToken);
        }

        await each("lapsed messages", cancellationToken => lapsed.RunAsync(cancellationToken).AsTask(), cancellationToken);
        await each("documents", cancellationToken => documents.SweepAsync(cancellationToken).AsTask(), cancellationToken);
        foreach (var key in await held.KeysAsync(HeldKind.Closure, cancellationToken))
        {
            await each($"closure/{key}", cancellationToken => LookAsync(HeldKind.Closure, key, LookAtClosureAsync, cancellationToken), cancellationToken);
        }
    }

    // Each message is read on its own, because a message that cannot be read must not stop the check of the others.
    private async Task LookAsync(HeldKind kind, string key, Func<HeldMessage, CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        if (await held.FindAsync(kind, key, cancellationToken) is { } message)
        {
            await look(message, cancellationToken);
        }
    }

    private async Task LookAtPushedAsync(HeldMessage message, CancellationToken cancellationToken)
    {
        if (await held.RecordOfAsync(message.Key, cancellationToken) is { } ended)
        {
            // The hub was stopped between recording and deleting the message, or a legal hold did not allow the deletion.
            await held.EndAsync(HeldKind.Pushed, ended, cancellationToken);
            return;
        }

        if (Body<AssessmentPushed>(message) is not { } body || MessageRules.FirstViolation(body, LondonDate.Of(time.GetUtcNow())) is not null)
        {
            // The message was held by an earlier version of the hub, whose checks were less strict. No case can use the message, so no
            // officer is asked to decide about it.
            await EndAsync(message, "refused", "The message does not match the current schema, so no case can use it.", cancellationToken);
            return;
        }

        if (!await pushed.PlaceAsync(message, body, cancellationToken) || await pushed.EndIfDecidedAsync(message, body, Actor.TheHub, cancellationToken))
        {
            return;
        }

        if (message.Until <= time.GetUtcNow() && await held.RecordOfAsync(message.Key, cancellationToken) is null)
        {
            await EndAsync(message, "deleted", null, cancellationToken);
        }
    }

    private async Task EndAsync(HeldMessage message, string end, string? fault, CancellationToken cancellationToken)
    {
        foreach (var candidate in await held.CandidatesAsync(message.Key, cancellationToken))
        {
            await pushed.SettleAsync(message, candidate, UnsolicitedOutcome.Elsewhere, Actor.TheHub, fault ?? "Nobody attached the pushed assessment while it was held.", cancellationToken);
        }

        await pushed.EndUnusedAsync(message, end, fault, Actor.TheHub, cancellationToken);
    }

    private async Task LookAtClosureAsync(HeldMessage message, CancellationToken cancellationToken)
    {
        if (Body<SchoolClosurePublished>(message) is { } body)
        {
            await closures.TellAsync(message.Key, message.MessageId, body, cancellationToken);
        }

        if (message.Until <= time.GetUtcNow())
        {
            await held.EndAsync(HeldKind.Closure, new HeldRecord(message.Key, message.Sender, "deleted", time.GetUtcNow()), cancellationToken);
        }
    }

    internal static T? Body<T>(HeldMessage message)
        where T : class => BusMessages.Find(message.Type) is { } type ? MessageReader.Read(type, message.Data).Value as T : null;
}

/// <summary>Runs the sweep once an hour on a host that does not have its own timer.</summary>
public sealed class HeldSweepLoop(HeldSweep sweep, BackgroundWork work, TimeProvider time) : BackgroundLoop("sweep of held messages", work, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override TimeSpan FirstPause => Interval;

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await sweep.RunAsync((item, look, cancellationToken) => Items.RunAsync(item, look, cancellationToken), cancellationToken);
        return Interval;
    }
}
