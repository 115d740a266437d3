using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>One way of reaching people.</summary>
public interface INoticeChannel
{
    /// <summary>Its name, as the monitor shows it.</summary>
    string Name { get; }

    /// <summary>Whether a notice can be sent without an address.</summary>
    bool NeedsAddress { get; }

    /// <summary>
    /// Whether it delivers notices to anybody at all. A channel that does not has sent nothing: the duty stays open and a person is asked.
    /// </summary>
    bool Sends { get; }

    /// <summary>Whether it can send to this kind of address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="council">Code of the council in whose name the notice is sent; null where it is not known.</param>
    bool Takes(NoticeAddress address, string? council) => address.Postal is null;

    /// <summary>Sends one notice, at least once. Expected faults are results; their text holds no personal data.</summary>
    ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default);
}

/// <summary>
/// The default where no channel is set up: a notice is kept with the others, can be read in the monitor, and is not sent. So nothing
/// counts as sent or served by it; a person sends each notice and records the day and the way.
/// </summary>
public sealed class RecordOnlyChannel : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => Named;

    /// <summary>Its name on notices that were kept.</summary>
    public const string Named = "kept here";

    /// <summary>What a person is told about each notice.</summary>
    public const string NotSent = "Not sent: no channel is set up, the notice is only kept on the hub's machine. Send it yourself and record the day and the way, or set up a channel and try again.";

    /// <inheritdoc/>
    public bool NeedsAddress => false;

    /// <inheritdoc/>
    public bool Sends => false;

    /// <inheritdoc/>
    public bool Takes(NoticeAddress address, string? council) => true;

    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default) => new(EffectResult.NeedsHuman(NotSent));
}
