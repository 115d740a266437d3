using System.Net;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>
/// Sends notices through the council's own service on GOV.UK Notify, as an e-mail with a link or as a letter, and with a text message if
/// one is set up. Notify does not recognise a repeat, so the hub first asks whether Notify has anything under the notice's reference.
/// </summary>
internal sealed class NotifyChannel(NotifyClient client, NotifyOptions options) : INoticeChannel
{
    private const int FewestAddressLines = 3;

    // Letters are printed at half past five and posted on the next working day, so the hub asks only once an hour.
    private static readonly TimeSpan UntilPosted = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // The clocks of Notify and of the hub are assumed to differ by less than this, unless the hub knows the difference.
    private static readonly TimeSpan Difference = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "GOV.UK Notify";

    /// <inheritdoc/>
    public bool NeedsAddress => true;

    /// <inheritdoc/>
    public bool Sends => true;

    /// <inheritdoc/>
    public bool Takes(NoticeAddress address, string? council) =>
        ServiceOf(council) is { } service
        && ((address.Mail is not null && service.EmailTemplate is not null) || (address.Postal is not null && service.LetterTemplate is not null));

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default)
    {
        if (ServiceOf(message.Council) is not { } service || NotifyKey.Read(service.ApiKey) is not { } key)
        {
            return EffectResult.NeedsHuman("No service on GOV.UK Notify is set up for this council.");
        }

        var (kind, send) = Make(message, service);
        if (send is null)
        {
            return EffectResult.NeedsHuman(kind);
        }

        var found = await client.FindAsync(key, message.Id, cancellationToken);
        if (found.Value is null)
        {
            return Refused(found);
        }

        var earlier = found.Value.Notifications ?? [];
        var repeated = earlier.FirstOrDefault(n => n.Standing != NotifyStanding.Failed);
        if (repeated is not null && !repeated.IsToAnotherAddressThan(send))
        {
            return Standing(repeated);
        }

        // The address was corrected after Notify had accepted the notice, which therefore reaches somebody at the former address. It is
        // sent to the address on record once an officer has chosen to try again.
        if (repeated is not null && message.DecidedAt is { } before && repeated.CreatedAt >= before + client.Ahead - Difference)
        {
            return EffectResult.NeedsHuman(
                "GOV.UK Notify accepted the notice before the address was corrected, so the notice goes to the former address and does not count as given. If it is a letter that is still waiting to be printed, cancel it in GOV.UK Notify. Then try again: the notice will be sent to the address on record.");
        }

        // A failed message reached nobody, but a letter that fails or is cancelled while it waits to be printed is not sent again until an
        // officer has chosen to try again.
        if (kind == "letter" && message.DecidedAt is { } decided && earlier.FirstOrDefault(n => n.Standing == NotifyStanding.Failed && n.CreatedAt >= decided + client.Ahead - Difference) is { } failed)
        {
            return EffectResult.NeedsHuman($"GOV.UK Notify did not post the letter ({failed.Status}). Check the address and the letter, then try again or post the letter yourself.");
        }

        var answer = await client.SendAsync(key, kind, send, cancellationToken);
        if (answer.Value is not { } taken)
        {
            return answer.IsUnknown ? EffectResult.Transient("GOV.UK Notify did not answer and may have accepted the notice. The hub will check before it sends the notice again.") : Refused(answer);
        }

        await TextAsync(message, service, key, cancellationToken);
        return Standing(taken with { Status = taken.Status.Length > 0 ? taken.Status : "created", Type = kind });
    }

    private NotifyService? ServiceOf(string? council) => council is null ? null : options.Councils.GetValueOrDefault(council);

    private static EffectResult Standing(NotifyNotification there) => there.Standing == NotifyStanding.Waiting
        ? EffectResult.Transient("GOV.UK Notify has the letter, which is treated as sent once it has been printed and posted.", UntilPosted)
        : EffectResult.Done($"{(there.Kind == "letter" ? NoticeMessage.PostedPrefix : NoticeMessage.MailedPrefix)}{there.Id}{(there.CreatedAt is { } handedOver ? $"{NoticeMessage.EarlierAcceptancePrefix}{LondonDate.Of(handedOver):yyyy-MM-dd}" : "")}");

    /// <summary>
    /// How a refusal is treated depends on the status and on Notify's error code, never on Notify's message, which may contain an address.
    /// </summary>
    private static EffectResult Refused<T>(NotifyAnswer<T> answer)
        where T : class
    {
        var said = $"GOV.UK Notify answered {(answer.Status is { } status ? (int)status : "nothing")} ({answer.Error ?? "no word"})";
        return answer.Status switch
        {
            null or >= HttpStatusCode.InternalServerError => EffectResult.Transient($"{said}.", answer.RetryAfter),
            HttpStatusCode.TooManyRequests => EffectResult.Transient($"{said}: too many calls.", answer.RetryAfter ?? Minute),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => EffectResult.NeedsHuman($"{said}: the council's key is not valid for this. Check the key, its kind and the machine's clock."),
            HttpStatusCode.BadRequest => EffectResult.NeedsHuman($"{said}: it will not send to this address or with this template. Check both."),
            _ => EffectResult.NeedsHuman($"{said}."),
        };
    }

    private static (string Kind, NotifySend? Send) Make(NoticeMessage message, NotifyService service)
    {
        if (message.Address?.Mail is { } mail && service.EmailTemplate is { } template)
        {
            return ("email", new NotifySend
            {
                TemplateId = template,
                Reference = message.Id,
                EmailAddress = mail,
                ReplyTo = service.ReplyTo,
                Personalisation = new Dictionary<string, string> { ["subject"] = message.Subject, ["body"] = message.Text },
            });
        }

        if (message is not { Address.Postal: { } lines, Letter: { } letter } || service.LetterTemplate is not { } letters)
        {
            return ("GOV.UK Notify is not set up for this way of sending.", null);
        }

        if (lines.Count is < FewestAddressLines or > NotifySend.MaxAddressLines)
        {
            return ($"A postal address for GOV.UK Notify must have {FewestAddressLines} to {NotifySend.MaxAddressLines} lines, including the name, and must end with a postcode.", null);
        }

        var places = lines.Select((line, at) => ($"address_line_{at + 1}", line)).ToDictionary(p => p.Item1, p => p.line);
        places["heading"] = letter.Title;
        var online = message.Link is { } link ? LetterOnline.Blocks(link) : [];
        places["body"] = string.Join("\n\n", letter.Blocks.Concat(online).Select(Words));
        return ("letter", new NotifySend { TemplateId = letters, Reference = message.Id, Personalisation = places });
    }

    // Notify treats some characters at the start of a line as markup, even in a text whose writer did not mean them as markup.
    private static string Words(LetterBlock block)
    {
        var words = string.Join('\n', block.Words.Split('\n').Select(line => line.TrimStart() is ['#' or '*' or '^' or '-' or '>', ..] ? $"\u200B{line}" : line));
        return block.Part switch { LetterPart.Heading => $"# {words}", LetterPart.Item => $"* {words}", _ => words };
    }

    /// <summary>
    /// Sends a text message to say that there is a letter. A text message does not count as serving the notice, so its result changes
    /// nothing.
    /// </summary>
    private async Task TextAsync(NoticeMessage message, NotifyService service, NotifyKey key, CancellationToken cancellationToken)
    {
        if (message.Address?.Mobile is { } mobile && service.SmsTemplate is { } template)
        {
            await client.SendAsync(
                key, "sms",
                new NotifySend { TemplateId = template, Reference = $"{message.Id}/sms", PhoneNumber = mobile, Personalisation = new Dictionary<string, string> { ["body"] = message.Link is { } link ? $"{message.Subject}\n{link}" : message.Subject } },
                cancellationToken);
        }
    }
}
