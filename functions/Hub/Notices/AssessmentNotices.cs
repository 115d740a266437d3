using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// Sends notices under the regulations, one for each recipient. The letter is first written and stored. Then the letter is posted, or a
/// message tells the recipient where to read it, because a child's details must not be sent by e-mail. These notices never wait for a
/// digest, because a statutory time limit is met only when they are sent.
/// </summary>
public sealed class AssessmentNotices(
    NoticeDispatcher dispatcher, LetterStore letters, IAssessmentStore store, ReaderLinks links, TimeProvider time) : IEffectHandler
{
    /// <summary>The role under which the directory lists who receives an agency's notices.</summary>
    public const string ForNotices = "notices";

    private const char Again = '~';

    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is SendNotice;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        if (effect.Effect is not SendNotice send)
        {
            throw new ArgumentException($"{effect.Effect.GetType().Name} is not a notice.", nameof(effect));
        }

        var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
        if (state.EndedNotices.Any(n => n.Id == send.NoticeId))
        {
            // Another recipient took this recipient's place before the notice was sent.
            return EffectResult.Done("no longer due");
        }

        var notice = state.Notices.First(n => n.Id == send.NoticeId);
        if (notice.SentOn is not null)
        {
            return EffectResult.Done("already sent by other means");
        }

        if (notice.PlanVersion is { } version && state.Plans.First(p => p.Version == version).KeptAt is null)
        {
            // A plan that nobody can open is not treated as sent.
            return EffectResult.Transient(FormattableString.Invariant($"Version {version} of the plan has not been stored yet."));
        }

        var recipient = NoticeDirectory.Key(notice.Agency?.Id.Value ?? effect.Assessment.Value, notice.To != RecipientRole.Family ? ForNotices : notice.Person is null ? "family" : $"family/{notice.Person}");
        var (address, by, problem) = ChooseChannel(FamilyPeople.ContactOf(state, notice.Person), notice, recipient, effect);
        if (problem is not null)
        {
            return EffectResult.NeedsHuman(problem);
        }

        var sending = new LetterSending(LondonDate.Of(time.GetUtcNow()), by);
        var (written, lacks) = letters.Write(new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id), state, sending);
        if (written is null)
        {
            return EffectResult.NeedsHuman(lacks ?? "Nothing in the case requires this letter.");
        }

        var kept = await letters.KeepAsync(written, sending, cancellationToken);
        if (!kept.Succeeded)
        {
            return kept.Outcome == KeepingOutcome.Transient ? EffectResult.Transient(kept.Reason) : EffectResult.NeedsHuman(kept.Reason);
        }

        // A notice that was returned is sent as a new message, because otherwise it would be treated as a repeat of the first message.
        var reference = notice.Setbacks is { Count: > 0 } setbacks ? FormattableString.Invariant($"{effect.Id}{Again}{setbacks.Count}") : effect.Id;
        var told = await dispatcher.NotifyAsync(
            new NoticeItem
            {
                EffectId = reference,
                Assessment = effect.Assessment,
                Recipient = recipient,
                Role = Words.Of(notice.To),
                Wording = Wording(notice),
                What = Words.Of(notice.Kind),
                Link = NoticeItem.OwnLink,
            },
            address,
            new LetterToDeliver(written.Layout, links.OfLetter(effect.Assessment, notice), await DecidedAtAsync(effect, send, cancellationToken)),
            cancellationToken);
        if (told.Fault != EffectFault.None)
        {
            return told;
        }

        var went = told.Detail switch
        {
            { } posted when posted.StartsWith(NoticeMessage.PostedPrefix, StringComparison.Ordinal) => NoticeChannel.Post,
            { } mailed when mailed.StartsWith(NoticeMessage.MailedPrefix, StringComparison.Ordinal) => NoticeChannel.Electronic,
            _ => by,
        };
        return EffectResult.Done(new NoticeSending(went, reference, told.Detail ?? reference, await SentLetterAsync(kept.Value, went, told.Detail, effect, cancellationToken)).ToDetail());
    }

    /// <summary>When it was decided to send this notice. If an officer decided to try again, that later decision counts.</summary>
    private async Task<DateTimeOffset?> DecidedAtAsync(OutboxEffect effect, SendNotice send, CancellationToken cancellationToken) =>
        (await store.EffectsAsync(effect.Assessment, cancellationToken)).Where(e => e.End is null && e.Effect.Effect == send).Max(e => (DateTimeOffset?)e.CreatedAt);

    /// <summary>
    /// Hash of the letter that was sent. A channel may have accepted the letter at an earlier attempt, and the letter then has the date of
    /// that day and the way of sending of that attempt.
    /// </summary>
    private async Task<string> SentLetterAsync(KeptLetter now, NoticeChannel went, string? detail, OutboxEffect effect, CancellationToken cancellationToken)
    {
        if (detail?.Split(NoticeMessage.EarlierAcceptancePrefix) is not [_, var day] || !DateOnly.TryParseExact(day, "yyyy-MM-dd", out var on) || (on, went) == (now.On, now.By))
        {
            return now.Sha256;
        }

        var all = await letters.ListAsync(effect.Assessment, cancellationToken);
        return all.Value?.LastOrDefault(k => k.Letter == now.Letter && k.On == on && k.By == went && k.Format == now.Format)?.Sha256 ?? now.Sha256;
    }

    /// <summary>The reference of the effect's first message, derived from the reference of any of its messages.</summary>
    internal static string EffectOf(string reference) => reference.Split(Again)[0];

    /// <summary>
    /// Chooses how the recipient is reached. A family is reached by e-mail only if it agreed to this (Education Act 1996 s572); otherwise
    /// by post, if a channel posts letters.
    /// </summary>
    private (NoticeAddress? Address, NoticeChannel By, string? Problem) ChooseChannel(FamilyContact? family, Notice notice, string recipient, OutboxEffect effect)
    {
        if (notice.To != RecipientRole.Family)
        {
            // If the channel needs an address, the dispatcher reports that it is missing.
            return (dispatcher.AddressOf(recipient), NoticeChannel.Electronic, null);
        }

        if (family is null)
        {
            return (null, NoticeChannel.Post, "The person to whom this notice is addressed is no longer part of the case. Decide whether this person must still receive the notice.");
        }

        if (family.AccessibleFormat is not null)
        {
            return (null, NoticeChannel.Post, "The reader needs a format of letter that the hub cannot produce. Send the letter in that format, and record the day.");
        }

        var post = family.PostalAddress is { Count: > 0 } lines ? new NoticeAddress { Postal = [family.Name, .. lines], Mobile = family.Mobile } : null;
        if (family.ElectronicServiceAgreedOn is not null)
        {
            if (family.Email is { } mail && new NoticeAddress { Mail = mail, Mobile = family.Mobile } is var electronic && dispatcher.Takes(electronic, effect.Assessment))
            {
                return (electronic, NoticeChannel.Electronic, null);
            }

            return post is not null && dispatcher.Takes(post, effect.Assessment)
                ? (post, NoticeChannel.Post, null)
                : (null, NoticeChannel.Electronic, "The family has no e-mail address that a channel can send to, and no channel posts letters. Send the notice another way and record it.");
        }

        return post is null ? (null, NoticeChannel.Post, "The family has not agreed to be served electronically, and no postal address is on record. Find the address, or deliver the letter in person.")
            : dispatcher.Takes(post, effect.Assessment) ? (post, NoticeChannel.Post, null)
            : (null, NoticeChannel.Post, "The family has not agreed to be served electronically. Send the notice by post.");
    }

    private static string Wording(Notice notice) =>
        (notice.To == RecipientRole.Family ? $"family{notice.Kind}" : $"notice{notice.Kind}") is var own && NoticeWording.Default.Has(own) ? own : "notice";
}
