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
    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => current().LoadAsync(assessment, cancellationToken);

    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default) => current().OutcomeAsync(assessment, messageId, cancellationToken);

    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        current().EventsAsync(assessment, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => current().EffectsAsync(assessment, cancellationToken);

    public async ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default)
    {
        if (query.Council is not null || query.Agency is not null)
        {
            return await current().ListAsync(query, cancellationToken);
        }

        var items = new List<AssessmentSummary>();
        foreach (var council in councils.Where(c => query.After is not { } after || string.CompareOrdinal(c.Value, after.Council.Value) >= 0))
        {
            var page = await current().ListAsync(query with { Council = council, Limit = query.Limit - items.Count }, cancellationToken);
            items.AddRange(page.Items);
            if (items.Count == query.Limit)
            {
                return new SummaryPage(items, items[^1].Id);
            }
        }

        return new SummaryPage(items, null);
    }

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => new([]);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => new([]);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => new((DateTimeOffset?)null);

    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Who only looks changes nothing.");

    public ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Who only looks changes nothing.");

    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Who only looks changes nothing.");
}
