using System.Collections.Concurrent;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Notices;

/// <summary>How notices are gathered.</summary>
public sealed record NoticeSettings
{
    /// <summary>How long the first of several items for one person waits for the others. The ladder's steps all fall due at one instant of the morning.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Address of the hub as people reach it, without a slash at the end.</summary>
    public string BaseAddress { get; init; } = "http://localhost:7071";
}

/// <summary>
/// Tells people. An item waits in the book until its gathering time is over; then whichever effect comes first sends all that wait for
/// the same person as one notice, and the others find themselves told. So one person has one notice of a morning, nothing is lost when
/// the process is killed, and a person is told twice only when it is killed between the sending and the book.
/// </summary>
public sealed class NoticeDispatcher(
    INoticeBook book, INoticeChannel channel, NoticeDirectory directory, IAssessmentStore store, NoticeSettings settings, TimeProvider time, ILogger<NoticeDispatcher> log)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    /// <summary>Tells one person one thing.</summary>
    /// <param name="item">What.</param>
    /// <param name="address">Where, when the directory is not to be asked: the family's own address.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Transient while it is gathered; otherwise how the sending ended.</returns>
    public async ValueTask<EffectResult> TellAsync(NoticeItem item, NoticeAddress? address = null, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        if (await book.PutAsync(item, now, cancellation) is { } before)
        {
            return EffectResult.Done(before.Id);
        }

        if (item.Gathers && Wait(item, now) is { } wait)
        {
            return EffectResult.Transient("Gathered with what else this person is told this morning.", wait);
        }

        var gate = gates.GetOrAdd(item.Recipient, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellation);
        try
        {
            // Another effect may have sent it while this one waited at the gate.
            return await book.PutAsync(item, now, cancellation) is { } meanwhile
                ? EffectResult.Done(meanwhile.Id)
                : await SendAsync(item, address, now, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What was to be told is settled: it leaves the book.</summary>
    public ValueTask ForgetAsync(string effectId, CancellationToken cancellation = default) => book.DropAsync(effectId, cancellation);

    private TimeSpan? Wait(NoticeItem item, DateTimeOffset now)
    {
        var first = book.WaitingFor(item.Recipient).Where(w => w.Item.Gathers).Select(w => (DateTimeOffset?)w.PutAt).FirstOrDefault() ?? now;
        return first + settings.Gather is var until && now < until ? until - now : null;
    }

    private async ValueTask<EffectResult> SendAsync(NoticeItem item, NoticeAddress? address, DateTimeOffset now, CancellationToken cancellation)
    {
        address ??= directory.Find(item.Recipient);
        if (address is null && channel.NeedsAddress)
        {
            return EffectResult.NeedsHuman($"The notice directory says nowhere how to reach {item.Recipient.Replace("|", ", ", StringComparison.Ordinal)}.");
        }

        var items = item.Gathers ? await StandingAsync(item, cancellation) : [item];
        var (subject, text) = NoticeWording.Default.Write(items);
        var message = new NoticeMessage(item.EffectId, item.Role, address, subject, text);
        var result = await channel.SendAsync(message, cancellation);
        NoticeLog.Tried(log, message.Id, channel.Name, items.Count, result.Fault);
        if (result.Fault == EffectFault.None)
        {
            await book.KeepAsync(
                new KeptNotice
                {
                    Id = message.Id,
                    To = item.Recipient.Replace("|", ", ", StringComparison.Ordinal),
                    Subject = subject,
                    Text = text,
                    SentAt = now,
                    Channel = channel.Name,
                    Effects = [.. items.Select(i => i.EffectId)],
                    Assessments = [.. items.Select(i => i.Assessment).Distinct()],
                },
                cancellation);
            return EffectResult.Done(message.Id);
        }

        return result;
    }

    /// <summary>What waits for the same person and still stands: nobody is chased in a digest for what has come meanwhile.</summary>
    private async ValueTask<IReadOnlyList<NoticeItem>> StandingAsync(NoticeItem asked, CancellationToken cancellation)
    {
        var standing = new List<NoticeItem> { asked };
        foreach (var (item, _) in book.WaitingFor(asked.Recipient))
        {
            if (item.EffectId == asked.EffectId || !item.Gathers)
            {
                continue;
            }

            var request = (await store.LoadAsync(item.Assessment, cancellation)).State.Requests.FirstOrDefault(r => r.Id == item.RequestId);
            if (request is { IsOpen: true } or { Status: RequestStatus.Declined })
            {
                standing.Add(item);
            }
        }

        return standing;
    }
}

internal static partial class NoticeLog
{
    [LoggerMessage(1, LogLevel.Information, "Notice {Notice} by {Channel} with {Items} items: {Fault}")]
    internal static partial void Tried(ILogger log, string notice, string channel, int items, EffectFault fault);
}
