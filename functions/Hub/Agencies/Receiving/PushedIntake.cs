using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Receives unsolicited assessments. If there is one certain match, the assessment is attached as existing advice, which is relied on only
/// if author, council and family agree (SEND Regs 2014 reg 6(4)). If several cases match, or the match is in doubt, the assessment waits
/// for an officer's decision. If no case matches, the assessment is stored for a time in case a request arrives, and is then deleted. The
/// sender is told that the message was accepted and, if the assessment is never attached to a case, that the hub no longer holds it.
/// </summary>
public sealed class PushedIntake(
    IAssessmentStore store, RuleBook rules, ChildSearch search, AgencyInbox inputs, HeldMessages held, ClaimCheck claims, PushedDocuments documents, HoldingOptions holding, Rejections rejections,
    TimeProvider time)
{
    // The sender gets the same text whether an officer dismissed the assessment or the holding time ended, so that the text does not
    // reveal whether the child has a case.
    private static readonly Fault NotAttached = new(
        "NotAttached", "This assessment was not attached to any case while the hub held it, and the hub no longer holds it. If you know that the child is being assessed, send the document to the council.");

    private static readonly Stage[] WhileTaking = [Stage.Considering, Stage.Assessing];

    internal async ValueTask<IntakeResult> TakeAsync(Incoming incoming, AssessmentPushed pushed, CancellationToken cancellationToken)
    {
        if (await held.RecordOfAsync(incoming.Key, cancellationToken) is not null)
        {
            return IntakeResult.Done;
        }

        // The message is checked before the cases are searched, so that a refusal does not reveal whether there is a case.
        if (!await held.HasRoomAsync(incoming.Sender, incoming.Key, cancellationToken))
        {
            return HeldMessages.TooMany;
        }

        return await claims.CheckPushedAsync(pushed.Advice.Attachments, incoming.Sender, cancellationToken)
            ?? (await PlaceAsync(HeldMessage.Of(incoming, time.GetUtcNow() + holding.HoldFor), pushed, cancellationToken) ? IntakeResult.Done : IntakeResult.Again);
    }

    /// <summary>
    /// Attaches the pushed assessment, or stores it until it can be attached. The call can safely be repeated; it returns false if the
    /// store cannot be reached.
    /// </summary>
    internal async ValueTask<bool> PlaceAsync(HeldMessage message, AssessmentPushed pushed, CancellationToken cancellationToken)
    {
        var matches = await MatchAsync(pushed, cancellationToken);
        if (matches.Certain is { } certain && !await WasDismissedAsync(message.Key, certain, cancellationToken))
        {
            var attached = await AttachAsync(message, pushed, certain, Actor.TheHub, null, cancellationToken);
            if (attached.Later || attached.Fault is null)
            {
                return !attached.Later;
            }
        }

        if (!await held.KeepAsync(HeldKind.Pushed, message, cancellationToken))
        {
            return false;
        }

        foreach (var candidate in matches.Assessments)
        {
            // The candidates are recorded before the cases are notified, so that the officer who decides finds every case in which the
            // assessment waits.
            if (!await held.NoteCandidateAsync(message.Key, candidate, cancellationToken))
            {
                return false;
            }

            await inputs.BringAsync(
                candidate, $"{message.MessageId} candidate", Actor.TheHub with { OnBehalfOf = message.Sender.Value }, message.CorrelationId,
                new NotePushedAssessment(message.Key, message.Sender, pushed.Kind), cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Attaches the pushed assessment to one case and records in all other cases that it no longer waits there. The result is a fault if
    /// the case no longer accepts existing advice, or if the advice is not valid.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="pushed">The content of the message.</param>
    /// <param name="assessment">The assessment.</param>
    /// <param name="by">Who decided that the pushed assessment belongs to the case: an officer, or the hub if the match is certain.</param>
    /// <param name="reason">The reason that the officer gave.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal async ValueTask<IntakeResult> AttachAsync(HeldMessage message, AssessmentPushed pushed, AssessmentId assessment, Actor by, string? reason, CancellationToken cancellationToken)
    {
        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        if (!IsAttached(state, message.Key))
        {
            // The advice is checked before it is put into the inbox, because an inbox gives a repeated message the first answer again, even
            // if the message was refused.
            if (!WhileTaking.Contains(state.Stage) && ReassessmentRound.Open(state) is null)
            {
                return IntakeResult.Refused("wrong-stage", $"Existing advice can be added only while an assessment is being considered or carried out, or the child is being re-assessed. This case is at the stage: {Words.Of(state.Stage)}.");
            }

            var (advice, missing) = await documents.CarryAsync(pushed.Advice, message.Sender, assessment, cancellationToken);
            if (advice is null)
            {
                return missing!;
            }

            var attached = await inputs.BringAsync(
                // The version of the case is part of the message's id, so the inbox treats this as a new message. An inbox gives a repeated
                // message the first answer again, so a refused message stays refused, but the case may have changed since then.
                assessment, FormattableString.Invariant($"{message.MessageId} at {state.Version}"),
                new Actor { Role = ActorRole.Agency, Id = $"bus {message.Sender.Value}", Agency = message.Sender, OnBehalfOf = by.Role == ActorRole.Hub ? null : by.Id }, message.CorrelationId,
                new ProposeExistingAdvice(PushedName(message.Key), pushed.Kind, Named(state, rules.For(assessment).Council, message.Sender), advice,
                    $"pushed by the agency under its reference {pushed.Reference}, completed on {Words.Day(pushed.CompletedOn, true)}"),
                cancellationToken);

            // If the message was delivered twice simultaneously (because a lock expired), the other delivery may already have attached the
            // assessment.
            if (attached.Fault is not null && !IsAttached((await store.LoadAsync(assessment, cancellationToken)).State, message.Key))
            {
                return attached;
            }
        }

        foreach (var candidate in (await held.CandidatesAsync(message.Key, cancellationToken)).Append(assessment).Distinct())
        {
            if (candidate != assessment || by.Role != ActorRole.Hub || await WaitsInAsync(message.Key, candidate, cancellationToken))
            {
                await SettleAsync(message, candidate, candidate == assessment ? UnsolicitedOutcome.Attached : UnsolicitedOutcome.Elsewhere, by, reason, cancellationToken);
            }
        }

        await WriteAsync(message, "attached", assessment, by, cancellationToken);
        return IntakeResult.Done;
    }

    /// <summary>
    /// Records a decision in the one case that it concerns. A case in which the pushed assessment no longer waits is left unchanged.
    /// </summary>
    internal ValueTask<IntakeResult> SettleAsync(HeldMessage message, AssessmentId assessment, UnsolicitedOutcome outcome, Actor by, string? reason, CancellationToken cancellationToken) => inputs.BringAsync(
        assessment, $"{message.MessageId} {outcome.ToString().ToLowerInvariant()}", Actor.TheHub with { OnBehalfOf = by.Role == ActorRole.Hub ? null : by.Id }, message.CorrelationId,
        new SettlePushedAssessment(message.Key, outcome, reason ?? "The hub found one certain match.", by), cancellationToken);

    /// <summary>
    /// Stops holding a pushed assessment that belongs to no case: notifies the sender, and then records that the
    /// hub no longer holds it. The call is safe to repeat.
    /// </summary>
    /// <returns>False if the sender cannot be notified now; the pushed assessment then stays held and is checked again.</returns>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask<bool> EndUnusedAsync(HeldMessage message, string end, string? fault, Actor by, CancellationToken cancellationToken)
    {
        if (!await rejections.TellAsync(message, BusEntities.AssessmentsPushed.Name, fault is null ? NotAttached : new Fault("NotUsable", fault), cancellationToken))
        {
            return false;
        }

        await WriteAsync(message, end, null, by, cancellationToken);
        return true;
    }

    /// <summary>Records what happened to the pushed assessment and deletes it.</summary>
    private ValueTask WriteAsync(HeldMessage message, string end, AssessmentId? assessment, Actor by, CancellationToken cancellationToken) => held.EndAsync(
        HeldKind.Pushed, new HeldRecord(message.Key, message.Sender, end, time.GetUtcNow(), assessment, by.Role == ActorRole.Hub ? null : by.Id), cancellationToken);

    /// <summary>
    /// Stops holding a pushed assessment that no longer waits in any case, because it was attached before the hub was stopped, or dismissed
    /// in every case in which it waited.
    /// </summary>
    internal async ValueTask<bool> EndIfDecidedAsync(HeldMessage message, AssessmentPushed pushed, Actor by, CancellationToken cancellationToken)
    {
        var candidates = await held.CandidatesAsync(message.Key, cancellationToken);
        var waits = 0;
        foreach (var candidate in candidates)
        {
            var state = (await store.LoadAsync(candidate, cancellationToken)).State;
            if (IsAttached(state, message.Key))
            {
                return (await AttachAsync(message, pushed, candidate, by, "The pushed assessment was already attached, but the hub was stopped before it could record this.", cancellationToken)).Fault is null;
            }

            waits += !state.Stage.HasEnded() && Waits(state, message.Key) ? 1 : 0;
        }

        if (candidates.Count == 0 || waits > 0)
        {
            return false;
        }

        return await EndUnusedAsync(message, "dismissed", null, by, cancellationToken);
    }

    /// <summary>Whether the pushed assessment waits for an officer's decision in this case.</summary>
    internal static bool Waits(AssessmentState state, string key) => state.Attention.Any(matter => matter.Id == PushedName(key));

    /// <summary>The open cases to which the pushed assessment may belong now.</summary>
    private ValueTask<ChildMatches> MatchAsync(AssessmentPushed pushed, CancellationToken cancellationToken)
    {
        LocalAuthorityCode? council = pushed.Agency.Scheme == AgencyScheme.La && LocalAuthorityCode.TryParse(pushed.Agency.Code[..3], out var own, out _) ? own : null;
        return search.FindAsync(pushed.Child, council, cancellationToken);
    }

    /// <summary>
    /// Whether the pushed assessment waited for a decision in this case and no longer waits, which means that an officer has decided that
    /// it does not belong to the case. The hub does not overrule the officer.
    /// </summary>
    private async ValueTask<bool> WasDismissedAsync(string key, AssessmentId assessment, CancellationToken cancellationToken)
    {
        if (!(await held.CandidatesAsync(key, cancellationToken)).Contains(assessment))
        {
            return false;
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        return !IsAttached(state, key) && !Waits(state, key);
    }

    private async ValueTask<bool> WaitsInAsync(string key, AssessmentId assessment, CancellationToken cancellationToken) => Waits((await store.LoadAsync(assessment, cancellationToken)).State, key);

    private static bool IsAttached(AssessmentState state, string key) => state.Existing.Any(existing => existing.Id == PushedName(key));

    private static string PushedName(string key) => $"pushed-{key}";

    /// <summary>The agency, with the name that it has in the case.</summary>
    private static Agency Named(AssessmentState state, CouncilProfile council, AgencyId sender) =>
        state.Requests.Select(request => request.Agency).OfType<Agency>()
            .Concat(state.Advisers.Select(adviser => adviser.Agency))
            .Append(council.SocialCare)
            .Concat(council.EducationalPsychology is { } psychology ? [psychology] : [])
            .Concat(state.Facts?.Setting is { } setting ? [setting] : [])
            .FirstOrDefault(agency => agency.Id == sender)
        ?? new Agency { Id = sender, Name = sender.Value };
}
