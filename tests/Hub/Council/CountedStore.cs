using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Embedded.Tests.Engine;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>The store on SQLite in a folder of its own. It counts the rows that it lists and the cases that it reads.</summary>
internal class CountedStore : PassingStore, IChangeSource, IUncachedReader, IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly SqliteAssessmentStore inner;
    private readonly TurnTaker turns;
    private readonly TimeProvider time;
    private (int Listed, int Read) count;

    /// <param name="rules">The rules.</param>
    /// <param name="time">The clock.</param>
    internal CountedStore(RuleBook rules, TimeProvider time)
        : this(rules, time, Directory.CreateTempSubdirectory("hub-test-"))
    {
    }

    private CountedStore(RuleBook rules, TimeProvider time, DirectoryInfo folder)
        : this(rules, time, folder, SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "hub.db") }))
    {
    }

    private CountedStore(RuleBook rules, TimeProvider time, DirectoryInfo folder, SqliteAssessmentStore inner)
        : base(inner)
    {
        (this.time, this.folder, this.inner) = (time, folder, inner);
        turns = new TurnTaker(inner, rules, time);
    }

    /// <summary>The store itself, past the count.</summary>
    internal SqliteAssessmentStore Inner => inner;

    /// <summary>How many rows were listed, and how many cases read, since this was last asked.</summary>
    internal (int Listed, int Read) Taken()
    {
        var taken = count;
        count = default;
        return taken;
    }

    /// <summary>Decides an input, past the count.</summary>
    internal async Task SayAsync(AssessmentId id, string message, AssessmentInput input)
    {
        var outcome = await turns.SubmitAsync(new Delivery { Assessment = id, MessageId = message, By = Cases.Officer, ReceivedAt = time.GetUtcNow(), Input = input });
        Assert.True(outcome.Accepted, $"{outcome.Refusal}");
    }

    public override async ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default)
    {
        var page = await inner.ListAsync(query, cancellationToken);
        count.Listed += page.Items.Count;
        return page;
    }

    public ValueTask<StoreChanges> ChangesAsync(long after, CancellationToken cancellationToken = default) => inner.ChangesAsync(after, cancellationToken);

    public ValueTask<AssessmentState> ReadAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        count.Read++;
        return inner.ReadAsync(assessment, cancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>The same with the extracts that it keeps.</summary>
internal sealed class CountedKeeper(RuleBook rules, TimeProvider time) : CountedStore(rules, time), IExtractStore
{
    /// <summary>Extracts that were written since this was last set.</summary>
    internal int Written { get; set; }

    /// <summary>How many more writes succeed; null for all.</summary>
    internal int? WritesLeft { get; set; }

    public ValueTask<long?> KeptThroughAsync(ExtractKind kind, CancellationToken cancellationToken = default) => Inner.KeptThroughAsync(kind, cancellationToken);

    public ValueTask<StoreChanges> WithoutExtractAsync(ExtractKind kind, CancellationToken cancellationToken = default) => Inner.WithoutExtractAsync(kind, cancellationToken);

    public ValueTask KeepAsync(ExtractKind kind, IReadOnlyList<Extract> extracts, long? through, CancellationToken cancellationToken = default)
    {
        if (WritesLeft-- <= 0)
        {
            throw new IOException("The disk is full.");
        }

        Written += extracts.Count;
        return Inner.KeepAsync(kind, extracts, through, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Extract>> FindAsync(ExtractKind kind, IReadOnlyCollection<ulong> keys, CancellationToken cancellationToken = default) => Inner.FindAsync(kind, keys, cancellationToken);

    public ValueTask<ExtractPage> ExtractsAsync(ExtractKind kind, long after, int limit, CancellationToken cancellationToken = default) => Inner.ExtractsAsync(kind, after, limit, cancellationToken);
}
