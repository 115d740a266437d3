using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>
/// Adds committed facts of cases to the feeds. No marker is written at the commit; a case is found because it has facts that its feed does
/// not have, however often the process was killed in between. If the store numbers its commits, cases are read in the order of commits;
/// otherwise all cases of a council are checked.
/// </summary>
internal sealed class FeedWork : BackgroundLoop
{
    /// <summary>The pause between two rounds if the store reports which cases have changed.</summary>
    internal static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>The pause between two rounds if every case of a council must be checked.</summary>
    internal static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan TrimEvery = TimeSpan.FromHours(6);

    private readonly IAssessmentStore store;
    private readonly FeedStore feedStore;
    private readonly RuleBook rules;
    private readonly EventsFeedOptions options;
    private readonly IFleetRole? fleet;
    private readonly IClockTrust? clock;
    private readonly Dictionary<LocalAuthorityCode, FeedOfCouncil> feeds;
    private readonly SemaphoreSlim one = new(1);
    private long last;

    public FeedWork(IAssessmentStore store, FeedStore feedStore, RuleBook rules, EventsFeedOptions options, BackgroundWork work, TimeProvider time, IFleetRole? fleet = null, IClockTrust? clock = null)
        : base("events feed", work, time)
    {
        (this.store, this.feedStore, this.rules, this.options, this.fleet, this.clock) = (store, feedStore, rules, options, fleet, clock);
        feeds = rules.Councils.Where(council => options.HasFeed(council.Code)).ToDictionary(council => council.Code, council => new FeedOfCouncil(council.Code));
    }

    /// <summary>Adds to the feeds all facts that were committed before the call, unless a council's store fails.</summary>
    internal async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await EachAsync(cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        if (fleet is { IsLeader: false })
        {
            // Only the leading process adds to the feeds.
            foreach (var feed in feeds.Values)
            {
                feed.Close();
            }

            return Seldom;
        }

        await CatchUpAsync(cancellationToken);
        return store is IChangeSource ? Soon : Seldom;
    }

    private async Task EachAsync(CancellationToken cancellationToken)
    {
        if (clock is { IsTrusted: false })
        {
            // The clock determines which events are too old. If the clock were months ahead for a moment, every event would be removed, and
            // the record of the removal would keep new events out of the feed until the date that the clock had shown.
            return;
        }

        if (store is IChangeSource changes)
        {
            var found = await changes.ChangesAsync(last, cancellationToken);
            foreach (var (id, version) in found.Changed)
            {
                feeds.GetValueOrDefault(id.Council)?.Waiting[id] = version;
            }

            last = found.Last;
        }

        foreach (var feed in feeds.Values.Where(feed => !Items.IsPaused(feed.Council.Value)))
        {
            await Items.RunAsync(feed.Council.Value, cancellationToken => feed.AttemptAsync(() => AddAsync(feed, cancellationToken)), cancellationToken);
        }
    }

    private async Task AddAsync(FeedOfCouncil feed, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var keepFrom = now - TimeSpan.FromDays(options.KeepDays);
        if (now - feed.TrimmedAt >= TrimEvery)
        {
            if (await FeedTrim.RunAsync(feedStore, feed.Council, keepFrom, cancellationToken))
            {
                feed.Close();
            }

            feed.TrimmedAt = now;
        }

        var writer = feed.Writer ??= await FeedWriter.OpenAsync(feedStore, feed.Council, cancellationToken);
        var from = keepFrom > writer.Removed.Before ? keepFrom : writer.Removed.Before;
        var lines = new List<FeedLine>();
        var read = new List<(AssessmentId Id, long Through, long Version)>();
        await foreach (var (id, version) in ChangedAsync(feed, cancellationToken))
        {
            if (writer.LastSequenceOf(id) >= version)
            {
                feed.Waiting.Remove(id);
                continue;
            }

            var facts = await store.EventsAsync(id, cancellationToken: cancellationToken);
            lines.AddRange(FeedFacts.Lines(id, facts, writer.LastSequenceOf(id), from, now, rules.For(id)));
            read.Add((id, facts.Count == 0 ? 0 : facts[^1].Sequence, version));
            if (lines.Count >= FeedFile.Size)
            {
                await WriteAsync();
            }
        }

        await WriteAsync();

        async Task WriteAsync()
        {
            await writer.AddAsync(lines, cancellationToken);
            foreach (var (id, through, version) in read)
            {
                writer.SkipThrough(id, through);

                // If a very recent commit is not visible yet, the case stays on the list and is read again.
                if (through >= version)
                {
                    feed.Waiting.Remove(id);
                }
            }

            lines.Clear();
            read.Clear();
        }
    }

    private async IAsyncEnumerable<(AssessmentId Id, long Version)> ChangedAsync(FeedOfCouncil feed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (store is IChangeSource)
        {
            foreach (var (id, version) in feed.Waiting.ToList())
            {
                yield return (id, version);
            }

            yield break;
        }

        for (var query = new SummaryQuery { Council = feed.Council, Limit = 500 }; ;)
        {
            var page = await store.ListAsync(query, cancellationToken);
            foreach (var summary in page.Items)
            {
                yield return (summary.Id, summary.Version);
            }

            if (page.Next is not { } next)
            {
                yield break;
            }

            query = query with { After = next };
        }
    }

    /// <summary>The state of one council's feed between two rounds.</summary>
    private sealed class FeedOfCouncil(LocalAuthorityCode council)
    {
        internal LocalAuthorityCode Council => council;

        /// <summary>Cases that have changed, each with the lowest version of the case that must be read; not used if the store does not
        /// number its commits.</summary>
        internal Dictionary<AssessmentId, long> Waiting { get; } = [];

        internal FeedWriter? Writer { get; set; }

        internal DateTimeOffset TrimmedAt { get; set; } = DateTimeOffset.MinValue;

        internal void Close() => Writer = null;

        /// <summary>Runs the work. After a fault the feed is read again, because it is unknown what was written.</summary>
        internal async Task AttemptAsync(Func<Task> add)
        {
            var done = false;
            try
            {
                await add();
                done = true;
            }
            finally
            {
                if (!done)
                {
                    Close();
                }
            }
        }
    }
}
