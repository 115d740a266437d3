using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>A way of sending notices to people.</summary>
public interface INoticeChannel
{
    /// <summary>Name of the channel, as the monitor shows it.</summary>
    string Name { get; }

    /// <summary>Whether a notice can be sent without an address.</summary>
    bool NeedsAddress { get; }

    /// <summary>
    /// Whether the channel delivers notices to anybody; if not, nothing has been sent, so the duty is not met yet and an officer is asked
    /// to send the notice.
    /// </summary>
    bool Sends { get; }

    /// <summary>Whether the channel can send to this kind of address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="council">Code of the council in whose name the notice is sent, or null if it is not known.</param>
    bool Takes(NoticeAddress address, string? council) => address.Postal is null;

    /// <summary>Sends a notice at least once. Expected faults are returned as results, whose text contains no personal data.</summary>
    ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default);
}

/// <summary>
/// The default if no channel is set up. Each notice is stored and can be read in the monitor, but no notice is sent, and none is treated as
/// sent or served. An officer sends each notice and records when and how it was sent.
/// </summary>
public sealed class RecordOnlyChannel : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => Named;

    /// <summary>The name of this channel in stored notices.</summary>
    public const string Named = "kept here";

    /// <summary>The message that tells the officer, for each notice, that it was not sent.</summary>
    public const string NotSent = "Not sent: no channel is set up, so the notice is only stored on the hub's machine. Send the notice yourself and record when and how you sent it, or set up a channel and try again.";

    /// <inheritdoc/>
    public bool NeedsAddress => false;

    /// <inheritdoc/>
    public bool Sends => false;

    /// <inheritdoc/>
    public bool Takes(NoticeAddress address, string? council) => true;

    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default) => new(EffectResult.NeedsHuman(NotSent));
}
