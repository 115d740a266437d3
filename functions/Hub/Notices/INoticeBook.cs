using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Notices;

/// <summary>Notices that wait to be sent and notices that were sent. Anything that it reports as done is durable. Safe for concurrent use.</summary>
public interface INoticeBook
{
    /// <summary>Adds an item, once for each effect.</summary>
    /// <returns>The notice in which it was sent, if it was sent before; otherwise null.</returns>
    ValueTask<KeptNotice?> PutAsync(NoticeItem item, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Items that wait for one person, with the instant at which each was added, oldest first.</summary>
    IReadOnlyList<(NoticeItem Item, DateTimeOffset PutAt)> WaitingFor(string recipient);

    /// <summary>Removes an item that no longer needs to be sent.</summary>
    ValueTask DropAsync(string effectId, CancellationToken cancellationToken = default);

    /// <summary>Records a notice that was sent; its effects no longer wait.</summary>
    ValueTask KeepAsync(KeptNotice notice, CancellationToken cancellationToken = default);

    /// <summary>Notices about an assessment, newest first, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<KeptNotice> Of(AssessmentId assessment, int limit = 100);

    /// <summary>Every notice that was sent, newest first, however old; read lazily.</summary>
    /// <param name="about">Only those about this assessment; null for all.</param>
    /// <exception cref="IOException">A part of the book cannot be read.</exception>
    IEnumerable<KeptNotice> All(AssessmentId? about = null);

    /// <summary>The newest notices.</summary>
    IReadOnlyList<KeptNotice> Newest(int limit);
}
