using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Notices;

/// <summary>What waits to be told and what was told. What it answers as done is durable. Safe for concurrent use.</summary>
public interface INoticeBook
{
    /// <summary>Puts an item in, once per effect.</summary>
    /// <returns>The notice that carried it, when it went out before; else null.</returns>
    ValueTask<KeptNotice?> PutAsync(NoticeItem item, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>What waits for a person, with the instant at which each was put in, oldest first.</summary>
    IReadOnlyList<(NoticeItem Item, DateTimeOffset PutAt)> WaitingFor(string recipient);

    /// <summary>Takes an item out that is not to be told any more.</summary>
    ValueTask DropAsync(string effectId, CancellationToken cancellation = default);

    /// <summary>Keeps a notice that went out; its effects wait no longer.</summary>
    ValueTask KeepAsync(KeptNotice notice, CancellationToken cancellation = default);

    /// <summary>Notices that speak of an assessment, newest first, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<KeptNotice> Of(AssessmentId assessment, int limit = 100);

    /// <summary>Every notice that went out, newest first, however old; read as far as it is enumerated.</summary>
    /// <param name="about">Only those that speak of this assessment; null for all.</param>
    /// <exception cref="IOException">A part of the book cannot be read.</exception>
    IEnumerable<KeptNotice> All(AssessmentId? about = null);

    /// <summary>The newest notices.</summary>
    IReadOnlyList<KeptNotice> Newest(int limit);
}
