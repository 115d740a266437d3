using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>Combines several channels. Each notice is sent by the first channel that accepts its address.</summary>
/// <param name="channels">The channels, in order of preference.</param>
public sealed class CombinedChannel(IReadOnlyList<INoticeChannel> channels) : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => string.Join(", ", channels.Select(c => c.Name));

    /// <inheritdoc/>
    public bool NeedsAddress => true;

    /// <inheritdoc/>
    public bool Sends => true;

    /// <inheritdoc/>
    public bool Takes(NoticeAddress address, string? council) => channels.Any(c => c.Takes(address, council));

    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default) =>
        message.Address is { } address && channels.FirstOrDefault(c => c.Takes(address, message.Council)) is { } channel
            ? channel.SendAsync(message, cancellationToken)
            : new(EffectResult.NeedsHuman("No channel sends notices to this kind of address."));
}
