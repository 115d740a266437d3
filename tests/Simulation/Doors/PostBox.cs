using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Simulation.Doors;

/// <summary>The mail of those who are asked: what of it they need is the link in each message, and the code that was sent last for each page.</summary>
internal sealed partial class PostBox : INoticeChannel
{
    private const string OfCode = "/code/";
    private readonly ConcurrentDictionary<string, string> codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> links = new(StringComparer.Ordinal);

    public string Name => "simulated mail";

    public bool NeedsAddress => true;

    public bool Sends => true;

    /// <summary>Opens the newest code for the page of a request; null where none came.</summary>
    internal string? TakeCode(AssessmentId assessment, string request) => codes.TryRemove($"{assessment}/{request}", out var code) ? code : null;

    /// <summary>Opens the message of an effect: the path of the link in it; null where it has none or was opened before.</summary>
    internal string? TakeLink(string messageId) => links.TryRemove(messageId, out var path) ? path : null;

    public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default)
    {
        if (message.Id.IndexOf(OfCode, StringComparison.Ordinal) is > 0 and var end && Code().Match(message.Text) is { Success: true } code)
        {
            codes[message.Id[..end]] = code.Groups[1].Value;
        }

        if (Link().Match(message.Text) is { Success: true } link)
        {
            links[message.Id] = link.Value;
        }

        return new(EffectResult.Done(message.Id));
    }

    [GeneratedRegex("code is ([0-9]{6})")]
    private static partial Regex Code();

    [GeneratedRegex(@"/contribute/[^/\s]+/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}

/// <summary>The bus's topics as far as senders are told there that a message was not used.</summary>
internal sealed class Topics : IBusSender
{
    private readonly ConcurrentDictionary<string, byte> rejected = new(StringComparer.Ordinal);

    /// <summary>Whether the sender of a message was told that it was not used.</summary>
    internal bool WasTold(string messageId) => rejected.TryRemove(messageId, out _);

    public ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
    {
        if (MessageReader.Read(cloudEvent).Value is MessageRejected { MessageId: { } id })
        {
            rejected[id] = 0;
        }

        return new(EffectResult.Done(cloudEvent.Id));
    }
}

/// <summary>The hub's access log: who read which case, newest first.</summary>
internal sealed class Readings : IAccessLog
{
    private readonly ConcurrentDictionary<AssessmentId, IReadOnlyList<CaseReading>> of = new();

    public ValueTask WriteAsync(IReadOnlyList<CaseReading> readings, CancellationToken cancellationToken)
    {
        foreach (var reading in readings)
        {
            of.AddOrUpdate(reading.Case, [reading], (_, before) => [reading, .. before]);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<CaseReading>> EntriesAsync(AssessmentId @case, int skip, int most, CancellationToken cancellationToken) =>
        new([.. of.GetValueOrDefault(@case, []).Skip(skip).Take(most)]);
}
