using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Links;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Notices;

/// <summary>Settings for combining notices and for the links in them.</summary>
public sealed record NoticeOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Notices";

    /// <summary>
    /// How long the first of several items for one person waits for further items. All steps of the reminder schedule fall due at the same
    /// time in the morning.
    /// </summary>
    [System.ComponentModel.DataAnnotations.Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Gather { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The hub's address for people, or null for the host's own address.</summary>
    [Startup.WebAddress]
    public string? BaseAddress { get; init; }

    /// <summary>
    /// Number of days after sending during which a letter's link opens the letter. The default covers the last day for an appeal.
    /// </summary>
    [System.ComponentModel.DataAnnotations.Range(62, 3660)]
    public int LetterLinkDays { get; init; } = 366;

    /// <summary>Number of days after a request for advice was last sent during which the link opens the page of the request.</summary>
    [System.ComponentModel.DataAnnotations.Range(60, 366)]
    public int AnswerLinkDays { get; init; } = 180;
}

/// <summary>A letter that a notice delivers.</summary>
/// <param name="Layout">The content of the letter.</param>
/// <param name="Link">The link with which the recipient opens the letter; a secret.</param>
/// <param name="DecidedAt">When the hub or an officer decided to send the letter, or null if that is not known.</param>
public sealed record LetterToDeliver(LetterLayout Layout, string Link, DateTimeOffset? DecidedAt = null)
{
    /// <summary>Gives only the title, so that the text and the link stay out of logs and messages.</summary>
    public override string ToString() => Layout.Title;
}

/// <summary>
/// Sends notices to people. An item waits in the notice store until its waiting time has ended. The first effect that then runs sends
/// everything that waits for the same person as one notice, and the other effects find that their items were sent. As a result, a person
/// gets only one notice in a morning, and nothing is lost if the process is killed. A person gets a notice twice only if the process is
/// killed between sending the notice and recording that it was sent.
/// </summary>
public sealed class NoticeDispatcher(
    INoticeStore book, INoticeChannel channel, NoticeDirectory directory, IAssessmentStore store, ReaderLinks links, NoticeOptions options, TimeProvider time, ILogger<NoticeDispatcher> log)
{
    /// <summary>
    /// The number of locks that recipients share. With a lock for each recipient, the number of locks would grow for decades, because locks
    /// are never removed.
    /// </summary>
    private const int LockCount = 64;

    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, LockCount).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Notifies one person about one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="address">The person's address if it is not in the directory, such as a family's address.</param>
    /// <param name="letter">The letter that the notice delivers, with the link that opens the letter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Transient while the item waits so that others can be sent with it; otherwise the result of sending.</returns>
    public async ValueTask<EffectResult> NotifyAsync(
        NoticeItem item, NoticeAddress? address = null, LetterToDeliver? letter = null, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var before = await book.PutAsync(item, now, cancellationToken);
        if (Told(before) is { } told)
        {
            return told;
        }

        if (before is null && item.Gathers && Wait(item, now) is { } wait)
        {
            return EffectResult.Transient("Waiting, to be sent together with other items for this person this morning.", wait);
        }

        var gate = gates[(uint)item.Recipient.GetHashCode(StringComparison.Ordinal) % LockCount];
        await gate.WaitAsync(cancellationToken);
        try
        {
            // Another effect may have sent the item while this effect waited for the lock.
            return Told(await book.PutAsync(item, now, cancellationToken)) ?? await SendAsync(item, address, letter, now, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The address of a role in the directory, or null if none is listed.</summary>
    public NoticeAddress? AddressOf(string recipient) => directory.Find(recipient);

    /// <summary>Whether a channel sends to this kind of address.</summary>
    public bool Takes(NoticeAddress address, AssessmentId assessment) => channel.Takes(address, assessment.Council.Value);

    /// <summary>Whether a channel delivers notices to people.</summary>
    public bool Sends => channel.Sends;

    /// <summary>Removes from the notice store an item that no longer needs to be sent.</summary>
    public ValueTask ForgetAsync(string effectId, CancellationToken cancellationToken = default) => book.DropAsync(effectId, cancellationToken);

    /// <summary>
    /// The result for an item that the notice store lists as sent. An item that was only stored can be sent once a channel is set up.
    /// </summary>
    private EffectResult? Told(KeptNotice? before) => before switch
    {
        null => null,
        { WasSent: true } => EffectResult.Done(before.Id),
        _ => channel.Sends ? null : EffectResult.NeedsHuman(RecordOnlyChannel.NotSent),
    };

    private TimeSpan? Wait(NoticeItem item, DateTimeOffset now)
    {
        var first = book.WaitingFor(item.Recipient).Where(w => w.Item.Gathers).Select(w => (DateTimeOffset?)w.PutAt).FirstOrDefault() ?? now;
        return first + options.Gather is var until && now < until ? until - now : null;
    }

    private async ValueTask<EffectResult> SendAsync(NoticeItem item, NoticeAddress? address, LetterToDeliver? letter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        address ??= directory.Find(item.Recipient);
        if (address is null && channel.NeedsAddress)
        {
            return EffectResult.NeedsHuman($"The notice directory does not say how to reach {item.Recipient.Replace("|", ", ", StringComparison.Ordinal)}.");
        }

        var items = item.Gathers ? await StandingAsync(item, cancellationToken) : [item];
        var linked = new List<NoticeItem>();
        foreach (var one in items)
        {
            linked.Add(one with { Link = await LinkOfAsync(one, letter, cancellationToken) });
        }

        var (subject, text) = NoticeWording.Default.Write(linked);
        var message = new NoticeMessage(item.EffectId, item.Role, address, subject, text)
        {
            Council = item.Assessment.Council.Value,
            Letter = letter?.Layout,
            Link = letter?.Link,
            DecidedAt = letter?.DecidedAt,
        };
        var result = await channel.SendAsync(message, cancellationToken);
        NoticeLog.Tried(log, message.Id, channel.Name, items.Count, result.Fault);
        if (result.Fault == EffectFault.None || !channel.Sends)
        {
            await book.KeepAsync(
                new KeptNotice
                {
                    Id = message.Id,
                    To = item.Recipient.Replace("|", ", ", StringComparison.Ordinal),
                    Subject = subject,
                    Text = NoticeWording.Default.Write([.. linked.Select((i, n) => i with { Link = Kept(items[n], i.Link) })]).Text,
                    SentAt = now,
                    Channel = channel.Name,
                    Wordings = [.. items.Select(i => i.Wording).Distinct()],
                    Effects = [.. items.Select(i => i.EffectId)],
                    Assessments = [.. items.Select(i => i.Assessment).Distinct()],
                },
                cancellationToken);
        }

        return result;
    }

    /// <summary>
    /// The address at which the recipient can read the item. The recipient's own link is generated each time the notice is sent, and is
    /// never stored.
    /// </summary>
    private async ValueTask<string> LinkOfAsync(NoticeItem item, LetterToDeliver? letter, CancellationToken cancellationToken) => item.Link switch
    {
        NoticeItem.OwnLink when letter is not null => letter.Link,
        NoticeItem.OwnLink => links.OfRequest(item.Assessment, item.RequestId!, item.Recipient.Split('|')[0]),
        NoticeItem.AnswerLink => links.OfContributor(
            item.Assessment, (await store.LoadAsync(item.Assessment, cancellationToken)).State.Requests.First(r => r.Id == item.RequestId), item.Colleague),
        var open => open,
    };

    private static string Kept(NoticeItem item, string link) =>
        item.Link is NoticeItem.OwnLink or NoticeItem.AnswerLink ? $"[the reader's own link, which is not stored; SHA-256 of the link's code: {ReaderLinks.HashOf(link)}]" : item.Link;

    /// <summary>
    /// The waiting items for the same person that still apply. A digest must not chase anybody for advice that has already arrived.
    /// </summary>
    private async ValueTask<IReadOnlyList<NoticeItem>> StandingAsync(NoticeItem asked, CancellationToken cancellationToken)
    {
        var standing = new List<NoticeItem> { asked };
        foreach (var (item, _) in book.WaitingFor(asked.Recipient))
        {
            if (item.EffectId == asked.EffectId || !item.Gathers)
            {
                continue;
            }

            var request = (await store.LoadAsync(item.Assessment, cancellationToken)).State.Requests.FirstOrDefault(r => r.Id == item.RequestId);
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
