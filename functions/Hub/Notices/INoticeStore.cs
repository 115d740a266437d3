using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// Stores notices that wait to be sent and notices that were sent. A write is durable once the store reports that it is done. Safe for
/// concurrent use.
/// </summary>
public interface INoticeStore
{
    /// <summary>Adds an item, but only once for each effect.</summary>
    /// <returns>The notice in which the item was sent, if it was sent before; otherwise null.</returns>
    ValueTask<KeptNotice?> PutAsync(NoticeItem item, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>The items that wait for one person, each with the instant at which it was added, oldest first.</summary>
    IReadOnlyList<(NoticeItem Item, DateTimeOffset PutAt)> WaitingFor(string recipient);

    /// <summary>Removes an item that no longer needs to be sent.</summary>
    ValueTask DropAsync(string effectId, CancellationToken cancellationToken = default);

    /// <summary>Records a notice that was sent, so that its effects no longer wait.</summary>
    ValueTask KeepAsync(KeptNotice notice, CancellationToken cancellationToken = default);

    /// <summary>At most <paramref name="limit"/> notices about an assessment, newest first.</summary>
    IReadOnlyList<KeptNotice> Of(AssessmentId assessment, int limit = 100);

    /// <summary>Every notice that was sent, however old, newest first. The notices are read lazily.</summary>
    /// <param name="about">The assessment whose notices are returned, or null to return all notices.</param>
    /// <exception cref="IOException">A part of the notice store cannot be read.</exception>
    IEnumerable<KeptNotice> All(AssessmentId? about = null);

    /// <summary>The newest notices.</summary>
    IReadOnlyList<KeptNotice> Newest(int limit);
}
