using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// A request to write to the store. Requests of many callers are written in one transaction. Each request makes its checks before it
/// writes, so a refused request leaves nothing behind and the other requests continue. The caller gets an answer only after the commit.
/// </summary>
internal abstract class WriteRequest
{
    /// <summary>Makes the request's checks and then writes, on the writer's thread.</summary>
    internal abstract void Write(WriteGroup group);

    /// <summary>Called once the group that contains this request is committed to the disk.</summary>
    internal abstract void Committed();

    /// <summary>Called if the group that contains this request was rolled back.</summary>
    internal abstract void Failed(Exception why);
}

/// <summary>A request that gives its caller an answer of type <typeparamref name="T"/>.</summary>
internal abstract class WriteRequest<T> : WriteRequest
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<T> Done => done.Task;

    /// <summary>The answer that the caller gets once the group is committed to the disk.</summary>
    protected T? Answer { get; set; }

    internal override void Committed() => done.SetResult(Answer!);

    internal override void Failed(Exception why) => done.SetException(why);
}

/// <summary>A request to add a delivery to an assessment's inbox.</summary>
internal sealed class PutRequest(Delivery delivery, byte[] body) : WriteRequest<InboxReceipt>
{
    internal override void Write(WriteGroup group) => Answer = group.For(delivery.Assessment).Put(group, delivery, body);
}

/// <summary>A request to commit a turn of an assessment.</summary>
internal sealed class CommitRequest(Turn turn) : WriteRequest<CommitResult>
{
    private const long Step = 128;

    internal Turn Turn => turn;

    // The caller encodes the data on its own thread, because all callers share the writer's thread.
    internal byte[]? Events { get; } = Encoding.Events(turn.Events);

    internal byte[]? Decided { get; } = Encoding.Decided(turn.Decided);

    internal byte[][] Effects { get; } = [.. turn.Effects.Select(Encoding.Effect)];

    internal byte[]? Snapshot { get; } = SnapshotIsDue(turn) ? Encoding.State(turn.State) : null;

    internal override void Write(WriteGroup group) => Answer = group.For(turn.Assessment).Commit(group, this) ? CommitResult.Committed : CommitResult.Conflict;

    /// <summary>
    /// Whether to write a snapshot of the assessment's state: after every 128 events up to 2,048, and then after every 512. So loading
    /// an assessment never applies more events than there are between two snapshots, and the state of an assessment with very many events
    /// is not written too often. Most assessments end before the first snapshot would be written; for such an assessment, a single write of
    /// the state would be a tenth of everything that is written.
    /// </summary>
    private static bool SnapshotIsDue(Turn turn)
    {
        var step = turn.ExpectedVersion < 2048 ? Step : 4 * Step;
        return turn.ExpectedVersion / step != turn.State.Version / step;
    }
}

/// <summary>A request to record an attempt at an effect.</summary>
internal sealed class AttemptRequest(EffectAttempt attempt, Delivery? report) : WriteRequest<bool>
{
    private readonly byte[]? body = report is null ? null : Encoding.Delivery(report);

    internal override void Write(WriteGroup group)
    {
        // An effect that has ended is not changed again. Two processes may have carried out the effect, but its end is reported only once.
        Answer = group.Attempt(attempt);
        if (Answer && report is not null)
        {
            group.For(report.Assessment).Put(group, report, body!);
        }
    }
}
