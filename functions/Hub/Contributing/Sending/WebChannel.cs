using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Contributing.Sending;

/// <summary>
/// The channel to agencies without a system of their own. The agency's contact is sent a message with a link to the page on which to answer
/// the request. The letter is stored in the hub; the message itself does not name the child. A request is treated as sent only if a channel
/// accepted the message.
/// </summary>
public sealed class WebChannel(NoticeDispatcher dispatcher, LetterStore letters, IAssessmentStore store, ReaderLinks links, TimeProvider time) : IAgencyChannel
{
    /// <inheritdoc/>
    public Reach Reach => Reach.Web;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Kind is AgencyMessageKind.Reminder or AgencyMessageKind.Escalation)
        {
            // The agency has no system to notify, so the hub sends a separate notice to the person whose role the reminder schedule names.
            return EffectResult.Done("nothing to send on this channel, because the person gets a separate notice");
        }

        var colleague = message.Kind == AgencyMessageKind.Request
            ? message.Request.PassedOnTo?.FirstOrDefault(c => c.Id == message.Colleague)
            : message.Request.PassedOnTo?[^1];
        var recipient = NoticeDirectory.Key(message.Agency.Id.Value, colleague is null ? NoticeDirectory.Contributor : NoticeDirectory.RoleOf(message.Request.Id, colleague.Id));
        var address = (colleague?.Mail ?? message.Request.Person?.Mail) is { } mail ? new NoticeAddress { Mail = mail } : dispatcher.AddressOf(recipient);
        if (!dispatcher.Sends || address is null || !dispatcher.Takes(address, message.Assessment))
        {
            return EffectResult.NoChannel(address is null
                ? $"notice-directory.json must name a {NoticeDirectory.Contributor} for {message.Agency.Id}."
                : "No channel sends messages to this kind of address.");
        }

        LetterToDeliver? letter = null;
        if (message.Kind == AgencyMessageKind.Request)
        {
            var (kept, fault) = await KeepAsync(message, colleague, cancellationToken);
            if (fault is not null)
            {
                return fault;
            }

            letter = kept;
        }

        return await dispatcher.NotifyAsync(
            new NoticeItem
            {
                EffectId = message.EffectId,
                Assessment = message.Assessment,
                Recipient = recipient,
                Role = NoticeDirectory.Contributor,
                Wording = WordingOf(message.Kind),
                What = Words.Of(message.Request),
                RequestId = message.Request.Id,
                Due = message.Due,
                Law = AnswerDuties.SentenceFor(message.Request),
                Link = NoticeItem.AnswerLink,
                Colleague = colleague?.Id,
            },
            address, letter, cancellationToken);
    }

    private static string WordingOf(AgencyMessageKind kind) => kind switch
    {
        AgencyMessageKind.Request => "adviceRequest",
        AgencyMessageKind.Return => "adviceAgain",
        AgencyMessageKind.Withdrawal => "adviceWithdrawn",
        _ => "adviceCorrected",
    };

    private async Task<(LetterToDeliver? Letter, EffectResult? Fault)> KeepAsync(AgencyMessage message, Colleague? colleague, CancellationToken cancellationToken)
    {
        var state = (await store.LoadAsync(message.Assessment, cancellationToken)).State;
        var sending = new LetterSending(LondonDate.Of(time.GetUtcNow()), NoticeChannel.Electronic);
        var (written, lacks) = letters.Write(new LetterSubject(LetterKind.AdviceRequest, message.Request.Id), state, sending);
        if (written is null)
        {
            return (null, EffectResult.NeedsHuman(lacks ?? "Nothing in the case requires this letter."));
        }

        var kept = await letters.KeepAsync(written, sending, cancellationToken);
        return kept.Succeeded ? (new LetterToDeliver(written.Layout, links.OfContributor(message.Assessment, message.Request, colleague?.Id)), null)
            : (null, kept.Outcome == Plans.Keeping.KeepingOutcome.Transient ? EffectResult.Transient(kept.Reason) : EffectResult.NeedsHuman(kept.Reason));
    }
}
