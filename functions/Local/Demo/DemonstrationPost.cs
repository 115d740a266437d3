using System.Collections.Concurrent;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// A post that exists only in the demonstration: everybody in it is invented, so everything handed to it counts as sent and nothing leaves
/// the machine. No setting of a real hub can choose it.
/// </summary>
/// <param name="sent">Where the letters are put, for a test that watches; null where nobody does.</param>
internal sealed class DemonstrationPost(ConcurrentQueue<NoticeMessage>? sent = null) : INoticeChannel
{
    public string Name => "demonstration post (nothing leaves this machine)";

    public bool NeedsAddress => false;

    public bool Sends => true;

    public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default)
    {
        sent?.Enqueue(message);
        return new(EffectResult.Done("demonstration"));
    }
}
