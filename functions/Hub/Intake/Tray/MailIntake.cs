using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Intake.Reading;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>A message in a mailbox.</summary>
/// <param name="Council">The council that owns the mailbox.</param>
/// <param name="Mailbox">The mailbox, or "files" for messages that are supplied as files.</param>
/// <param name="Id">The message's own id in the mailbox, which never changes and is not used for any other message.</param>
/// <param name="ReceivedAt">When the mailbox received the message, or null if the time is known only from the message itself.</param>
public sealed record IncomingMail(LocalAuthorityCode Council, string Mailbox, string Id, DateTimeOffset? ReceivedAt);

/// <summary>The result of receiving a message.</summary>
/// <param name="Item">The message in the council's incoming mail, or null if it could not be received.</param>
/// <param name="WasThere">Whether the message had already been received, in which case nothing was written.</param>
/// <param name="Problem">Why the message was not received, or empty if it was.</param>
/// <param name="MayRepeat">Whether the store could not be reached, in which case the caller can repeat the call.</param>
public sealed record ReceivedMail(TrayItem? Item, bool WasThere, string Problem, bool MayRepeat);

/// <summary>
/// Receives messages. Each message is stored unchanged under its checksum and read, its files are stored by the rules for uploads, and the
/// message is added to the council's incoming mail. A message that cannot be read is also added to the incoming mail, with the reason. A
/// message that is received twice appears only once in the incoming mail.
/// </summary>
public sealed class MailIntake(TrayStore tray, IDocumentStore documents, AttachmentStore attachments, IntakeOptions options, KeepingRules rules, TimeProvider time) : IDisposable
{
    private const long MemoryForArriving = 256L * 1024 * 1024;

    private readonly UploadLimiter room = new(MemoryForArriving, atOnce: 1);

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();

    /// <summary>The key of a message in the council's incoming mail.</summary>
    internal static string KeyOf(string mailbox, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{mailbox}\n{id}")))[..24];

    /// <summary>Receives a message.</summary>
    /// <param name="mail">The mailbox from which the message comes, and the message's id there.</param>
    /// <param name="content">The message as received. If the message is too large, reading stops shortly after the size limit.</param>
    /// <param name="cancellationToken">Cancels the receipt.</param>
    public async Task<ReceivedMail> TakeAsync(IncomingMail mail, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var key = KeyOf(mail.Mailbox, mail.Id);
        if (await tray.FindAsync(mail.Council, key, cancellationToken) is { } before)
        {
            return new ReceivedMail(before, WasThere: true, "", MayRepeat: false);
        }

        var made = await room.TakeAsync(content, options.MaxMessageBytes, raw => MakeAsync(mail, key, raw, cancellationToken), cancellationToken);
        if (made is { Outcome: KeepingOutcome.Refused } && mail.ReceivedAt is { } receivedAt)
        {
            made = StoreResult.Done(First(mail, key, receivedAt) with { Quarantine = $"The message is larger than {options.MaxMessageBytes / (1024 * 1024)} MB, the limit for messages in this hub, and is still in the mailbox." });
        }

        if (!made.Succeeded)
        {
            return new ReceivedMail(null, false, made.Reason, made.Outcome == KeepingOutcome.Transient);
        }

        var added = await tray.AddAsync(made.Value, cancellationToken);
        return added is KeepingOutcome.Done or KeepingOutcome.AlreadyThere
            ? new ReceivedMail(made.Value, added == KeepingOutcome.AlreadyThere, "", false)
            : new ReceivedMail(null, false, "The document store cannot be used at the moment.", true);
    }

    private TrayItem First(IncomingMail mail, string key, DateTimeOffset receivedAt)
    {
        var now = time.GetUtcNow();
        return new TrayItem { Key = key, Council = mail.Council, Mailbox = mail.Mailbox, ReceivedOn = LondonDate.Of(receivedAt < now ? receivedAt : now), TakenAt = now };
    }

    private async Task<StoreResult<TrayItem>> MakeAsync(IncomingMail mail, string key, byte[] raw, CancellationToken cancellationToken)
    {
        var read = MailReading.Read(raw);
        if ((mail.ReceivedAt ?? read.Mail?.ReceivedAt) is not { } receivedAt)
        {
            return StoreResult.Failed<TrayItem>(KeepingOutcome.Refused, "The message does not state when it was received. Enter the day on which the message was received.");
        }

        var folder = TrayStore.FolderOf(mail.Council, key);
        var hash = PlanJson.ContentHash(raw);
        var kept = await documents.PutHashedAsync(AttachmentStore.TokenOf($"{folder}/raw", hash), raw, "message/rfc822", cancellationToken);
        if (!kept.Succeeded)
        {
            return kept.As<TrayItem>();
        }

        // If the malware scanner answers immediately, it scans the complete message now, before anybody opens it.
        _ = await documents.ScanStateAsync(kept.Value, cancellationToken);
        var item = First(mail, key, receivedAt) with { RawSha256 = hash, RawSize = raw.Length };
        return read.Mail is { } message ? await FilledAsync(item, message, folder, cancellationToken) : StoreResult.Done(item with { Quarantine = read.Reason });
    }

    private async Task<StoreResult<TrayItem>> FilledAsync(TrayItem item, ReadMail mail, string folder, CancellationToken cancellationToken)
    {
        var parts = new List<StoredMailPart>();
        foreach (var part in mail.Parts)
        {
            var (bytes, reason) = PartBytes.Of(part, rules.MaxAttachmentBytes);
            if (bytes is null)
            {
                parts.Add(new StoredMailPart(part.Number, part.Kind, part.Name, part.SaidType, null, null, null, reason));
                continue;
            }

            using var content = new MemoryStream(bytes, writable: false);
            var kept = await attachments.KeepFromMailAsync($"{folder}/files", part.Name, part.SaidType, content, cancellationToken);
            if (kept.Outcome == KeepingOutcome.Transient)
            {
                return kept.As<TrayItem>();
            }

            parts.Add(kept.Succeeded
                ? new StoredMailPart(part.Number, part.Kind, part.Name, part.SaidType, kept.Value.ContentType, kept.Value.Size, kept.Value.Sha256, null)
                : new StoredMailPart(part.Number, part.Kind, part.Name, part.SaidType, null, bytes.Length, null, kept.Reason));
        }

        return StoreResult.Done(item with
        {
            SenderName = mail.SenderName,
            SenderAddress = mail.SenderAddress,
            Subject = mail.Subject,
            SentAt = mail.SentAt,
            Text = mail.Text,
            Origin = mail.Origin,
            Parts = parts,
            Notes = mail.Notes,
        });
    }
}
