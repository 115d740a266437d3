using IntegrationHub.Functions.Background;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>
/// Asks Notify for the results of notices, because callbacks can be lost and there are no callbacks for letters. A result that is already
/// recorded is recognised by its id, so asking again changes nothing.
/// </summary>
internal sealed class NotifyPolling(NotifyClient client, NotifyOptions options, NotifyOutcomes outcomes, BackgroundWork work, TimeProvider time)
    : BackgroundLoop("GOV.UK Notify: results of notices", work, time)
{
    /// <summary>Notify keeps results for a week unless the service has another setting.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(8);

    // For each council's service, the reports that Notify's list still shows. Notify deletes reports after a few days, and the hub then
    // forgets these reports too.
    private readonly Dictionary<string, HashSet<string>> known = new(StringComparer.Ordinal);

    /// <summary>The number of reports that the hub remembers.</summary>
    internal int Known => known.Values.Sum(reports => reports.Count);

    /// <summary>Asks for the results of every council's service once.</summary>
    internal async Task AskAsync(CancellationToken cancellationToken)
    {
        foreach (var (council, service) in options.Councils)
        {
            if (NotifyKey.Read(service.ApiKey) is { } key)
            {
                await AskAsync(council, key, cancellationToken);
            }
        }
    }

    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        return options.Ask;
    }

    private async Task AskAsync(string council, NotifyKey key, CancellationToken cancellationToken)
    {
        var since = Time.GetUtcNow() - Kept;
        var before = known.GetValueOrDefault(council, []);
        var now = new HashSet<string>(StringComparer.Ordinal);
        for (string? olderThan = null; ;)
        {
            if ((await client.ListAsync(key, olderThan, cancellationToken)).Value?.Notifications is not { } page)
            {
                // The list was not read to the end, so reports that seem to be missing may be in the part that was not
                // read.
                now.UnionWith(before);
                break;
            }

            foreach (var said in page)
            {
                var report = $"{said.Id}/{said.Status}";
                if (before.Contains(report)
                    || (await outcomes.TakeAsync(council, said, cancellationToken) == ReportTaken.Yes && said.Standing is NotifyStanding.Delivered or NotifyStanding.Failed))
                {
                    now.Add(report);
                }
            }

            if (page.Count == 0 || page[^1].CreatedAt is not { } oldest || oldest < since || page[^1].Id == olderThan)
            {
                break;
            }

            olderThan = page[^1].Id;
        }

        known[council] = now;
    }
}
