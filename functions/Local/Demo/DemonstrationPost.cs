using System.Collections.Concurrent;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// A postal service that exists only in the demonstration. Everybody in the demonstration is invented, so everything given to this service is
/// recorded as sent and nothing leaves the machine. No setting of a real hub can choose this service.
/// </summary>
/// <param name="sent">Receives the letters if a test is watching; otherwise null.</param>
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
