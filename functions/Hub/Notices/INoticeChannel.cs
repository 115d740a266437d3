using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>One way of reaching people.</summary>
public interface INoticeChannel
{
    /// <summary>Its name, as the monitor shows it.</summary>
    string Name { get; }

    /// <summary>Whether a notice can go without an address.</summary>
    bool NeedsAddress { get; }

    /// <summary>Sends one notice, at least once. Expected faults are results; their text holds no personal data.</summary>
    ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellation = default);
}

/// <summary>The default on one machine: a notice is kept with the others, readable in the monitor, and goes nowhere else.</summary>
public sealed class KeptHere : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => "kept here";

    /// <inheritdoc/>
    public bool NeedsAddress => false;

    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellation = default) => new(EffectResult.Done("kept"));
}
