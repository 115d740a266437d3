using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Looks again at what is held: a request may have come, a school may have been asked, or the time is over.</summary>
public sealed class HeldSweep(HeldMessages held, PushedIntake pushed, PushedDocuments documents, ClosureIntake closures, TimeProvider time)
{
    /// <summary>Looks at everything once. Safe to repeat, and to be stopped at any point.</summary>
    /// <exception cref="IOException">The store is away; what is held stays.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var message in await held.ListAsync(HeldKind.Pushed, cancellation))
        {
            if (await held.RecordOfAsync(message.Key, cancellation) is { } ended)
            {
                // The hub was stopped between the record and the taking away, or a legal hold did not allow it.
                await held.EndAsync(HeldKind.Pushed, ended, cancellation);
                continue;
            }

            if (Body<AssessmentPushed>(message) is { } body
                && (!await pushed.PlaceAsync(message, body, cancellation) || await pushed.EndIfDecidedAsync(message, body, Actor.TheHub, cancellation)))
            {
                continue;
            }

            if (message.Until <= time.GetUtcNow() && await held.RecordOfAsync(message.Key, cancellation) is null)
            {
                foreach (var candidate in await held.CandidatesAsync(message.Key, cancellation))
                {
                    await pushed.SettleAsync(message, candidate, PushedOutcome.Elsewhere, Actor.TheHub, "Nobody attached it in the time for which it is held.", cancellation);
                }

                await pushed.EndAsync(message, "deleted", null, Actor.TheHub, cancellation);
            }
        }

        await documents.SweepAsync(cancellation);

        foreach (var message in await held.ListAsync(HeldKind.Closure, cancellation))
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
    }

    internal static T? Body<T>(HeldMessage message)
        where T : class => BusMessages.Find(message.Type) is { } type ? MessageReader.Read(type, message.Data).Value as T : null;
}

/// <summary>Sweeps once an hour on a host that runs by itself.</summary>
public sealed partial class HeldSweeping(HeldSweep sweep, TimeProvider time, ILogger<HeldSweeping> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The edge of the process: nothing was lost, and the next hour looks again.
                NotSwept(log, fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What agencies sent unasked could not be looked at; it is held and looked at again.")]
    private static partial void NotSwept(ILogger log, Exception fault);
}
