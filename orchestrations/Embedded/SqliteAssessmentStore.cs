using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Due;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>
/// Stores assessments in one SQLite file with a write-ahead log and <c>synchronous = FULL</c>, so that every change is on the disk before
/// the caller gets an answer. Commits of many callers share one flush. A request can be cancelled until it is passed to the writer; after
/// that the caller gets the result. Every member can throw <see cref="StoreUnavailableException"/>, in which case no part of the request
/// was done.
/// </summary>
public sealed partial class SqliteAssessmentStore : IAssessmentStore, IUncachedReader, IChangeSource, IMessageHistory, ICommitSignal, IAsyncDisposable
{
    /// <summary>The greatest number of attempts to read an assessment, one each millisecond. A commit becomes visible within microseconds,
    /// so data that are not there after a second are missing.</summary>
    private const int MaxTries = 1_000;

    private readonly StoreLock storeLock;
    private readonly Connection connection;
    private readonly HeldAssessments held;
    private readonly DueAssessments due;
    private readonly WaitingRows waiting = new();
    private readonly OpenEffects effects = new();
    private readonly Readers readers;
    private readonly LogMover mover;
    private readonly GroupWriter writer;
    private bool disposed;

    private SqliteAssessmentStore(SqliteStoreOptions options, StoreLock storeLock, Connection connection)
    {
        this.storeLock = storeLock;
        this.connection = connection;
        held = new HeldAssessments(options.MaxHeld, options.MaxHeldBytes, options.MaxPackedBytes);
        readers = new Readers(options.Path, options.MaxReaders);
        due = new DueAssessments(new KeptWakeUps(readers));
        var next = OpenWorkReader.Read(connection, due, waiting, effects);
        var statements = new WriteStatements(connection);
        var reader = new AssessmentReader(connection);
        mover = new LogMover(options.Path, connection, options.PagesPerCheckpoint);
        writer = new GroupWriter(
            connection,
            statements,
            (rows, requests) => new WriteGroup(statements, reader, held, due, waiting, effects, rows, requests),
            next,
            mover.Committed,
            () => Committed?.Invoke());
    }

    /// <inheritdoc/>
    public event Action? Committed;

    /// <summary>The number of flushes since the start, and the number of requests that shared them.</summary>
    public (long Flushes, long Requests) Written => writer.Written;

    /// <summary>The number of assessments held in memory, and their approximate size in bytes.</summary>
    public (int Count, long Bytes) Held => held.Size;

    /// <summary>The number of assessments packed in memory, and their size in bytes.</summary>
    public (int Count, long Bytes) Packed => held.PackedSize;

    /// <summary>The number of effects that have not ended.</summary>
    public int OpenEffectCount => effects.Count;

    /// <summary>Opens the file, creates it if it does not exist, and brings its tables up to date.</summary>
    /// <exception cref="StoreUnavailableException">The file is in use, damaged or from a newer hub, or the disk refuses writes.</exception>
    public static SqliteAssessmentStore Open(SqliteStoreOptions options)
    {
        var storeLock = StoreLock.Take(options.Path);
        Connection? connection = null;
        try
        {
            connection = Connection.Open(options.Path, writes: true);
            connection.Execute("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA journal_mode = WAL");
            connection.FlushEachCommit();
            if (options.MaxPages is { } most)
            {
                connection.Execute(FormattableString.Invariant($"PRAGMA max_page_count = {most}"));
            }

            if (options.CheckAtStart && connection.Scalar("PRAGMA quick_check(1)") is var found && found != "ok")
            {
                throw Encoding.Damaged("the check at the start found damage");
            }

            Schema.Upgrade(connection, Schema.Migrations);
            return new SqliteAssessmentStore(options, storeLock, connection);
        }
        catch (StoreUnavailableException)
        {
            connection?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var assessment = Find(delivery.Assessment);
        lock (assessment.Gate)
        {
            // An outcome that is already known is already on the disk, so a repeated delivery needs no flush.
            if (assessment.Outcomes.TryGetValue(delivery.MessageId, out var outcome))
            {
                return new(new InboxReceipt(false, outcome));
            }

            if (assessment.Inbox.Exists(w => w.Delivery.MessageId == delivery.MessageId))
            {
                return new(new InboxReceipt(false, null));
            }
        }

        return new(WriteAsync(new PutRequest(delivery, Encoding.Delivery(delivery))));
    }

    /// <inheritdoc/>
    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = Find(assessment);
        lock (found.Gate)
        {
            return new(new LoadedAssessment(found.State, found.Inbox.Count == 0 ? [] : [.. found.Inbox.Select(w => w.Delivery)], found.WakeAt));
        }
    }

    /// <inheritdoc/>
    public ValueTask<AssessmentState> ReadAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = held.Peek(assessment) ?? readers.Read(r => r.Assessments.Load(assessment));
        lock (found.Gate)
        {
            return new(found.State);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The turn is not consistent.</exception>
    public ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TurnChecks.Check(turn);
        return new(WriteAsync(new CommitRequest(turn)));
    }

    /// <inheritdoc/>
    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = Find(assessment);
        lock (found.Gate)
        {
            return new(found.Outcomes.GetValueOrDefault(messageId));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeptMessage>> MessagesAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = Find(assessment);
        lock (found.Gate)
        {
            return new([.. found.Outcomes.Select(o => new KeptMessage(o.Key, o.Value))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(readers.Read(r => r.Assessments.Events(assessment, after, limit)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => new(due.At(now, limit));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var open = effects.At(now, limit);
        if (open.All(o => o.Effect.Effect is not null))
        {
            return new([.. open.Select(o => new PendingEffect(o.Effect.Effect!, o.Attempts, o.DueAt))]);
        }

        return new(readers.Read<IReadOnlyList<PendingEffect>>(r =>
            [.. open.Select(o => new PendingEffect(o.Effect.Effect ?? r.Assessments.Effect(o.Effect.No), o.Attempts, o.DueAt))]));
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        var (wake, effect) = (due.NextWake(), effects.NextDue());
        return new(wake < effect || effect is null ? wake : effect);
    }

    /// <inheritdoc/>
    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(WriteAsync(new AttemptRequest(attempt, report)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(readers.Read(r => r.Assessments.Effects(assessment)));
    }

    /// <inheritdoc/>
    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TurnChecks.Check(query);
        return new(readers.Read(r => r.Summaries.List(query)));
    }

    /// <inheritdoc/>
    public ValueTask<StoreChanges> ChangesAsync(long after, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(readers.Read(r => r.Changes.After(after)));
    }

    /// <summary>Writes all earlier requests, moves the contents of the write-ahead log into the database file, and closes the file.</summary>
    public ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return default;
        }

        disposed = true;
        writer.Dispose();
        mover.Dispose();
        readers.Dispose();
        connection.Dispose();
        storeLock.Dispose();
        return default;
    }

    private HeldAssessment Find(AssessmentId id)
    {
        if (held.Find(id) is { } found)
        {
            return found;
        }

        for (var tries = 0; tries < MaxTries; tries++)
        {
            var commitsBefore = held.CommitsBefore(id);
            var rows = waiting.Of(id);
            if (readers.Read(r => r.Assessments.Load(id, rows)) is { } loaded)
            {
                held.Offer(id, loaded, commitsBefore);
                return loaded;
            }

            // A row that memory still lists is no longer in the file: the commit that removed it is about to become visible in memory too.
            Thread.Sleep(1);
        }

        throw Encoding.Damaged("a delivery is missing");
    }

    private Task<T> WriteAsync<T>(WriteRequest<T> request)
    {
        writer.Add(request);
        return request.Done;
    }
}
