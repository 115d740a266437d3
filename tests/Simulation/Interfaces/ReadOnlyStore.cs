using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Simulation.Interfaces;

/// <summary>
/// The store of the year as those see it who only read: whichever the hub has open now, without the faults that are planned for writing,
/// and in lists of every council only those councils whose lists are compared.
/// </summary>
/// <param name="current">The store that is open now.</param>
/// <param name="councils">The councils, in order of their codes.</param>
internal sealed class ReadOnlyStore(Func<IAssessmentStore> current, IReadOnlyList<LocalAuthorityCode> councils) : IAssessmentStore
{
    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellation = default) => current().LoadAsync(assessment, cancellation);

    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellation = default) => current().OutcomeAsync(assessment, messageId, cancellation);

    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellation = default) =>
        current().EventsAsync(assessment, after, limit, cancellation);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellation = default) => current().EffectsAsync(assessment, cancellation);

    public async ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellation = default)
    {
        if (query.Council is not null || query.Agency is not null)
        {
            return await current().ListAsync(query, cancellation);
        }

        var items = new List<AssessmentSummary>();
        foreach (var council in councils.Where(c => query.After is not { } after || string.CompareOrdinal(c.Value, after.Council.Value) >= 0))
        {
            var page = await current().ListAsync(query with { Council = council, Limit = query.Limit - items.Count }, cancellation);
            items.AddRange(page.Items);
            if (items.Count == query.Limit)
            {
                return new SummaryPage(items, items[^1].Id);
            }
        }

        return new SummaryPage(items, null);
    }

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => new([]);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => new([]);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) => new((DateTimeOffset?)null);

    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellation = default) => throw new InvalidOperationException("Who only looks changes nothing.");

    public ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellation = default) => throw new InvalidOperationException("Who only looks changes nothing.");

    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellation = default) =>
        throw new InvalidOperationException("Who only looks changes nothing.");
}
