using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Assessments that nobody asked for. One certain match attaches it as existing advice, which is relied on only when author, council and
/// family agree (SEND Regs 2014 reg 6(4)). Where several cases match, or one in doubt, it waits for a person. Where none matches, it is kept for a
/// request that may come, then deleted.
/// The sender learns that the message was taken; and when nothing came of it, that it is held no longer.
/// </summary>
public sealed class PushedIntake(
    IAssessmentStore store, RuleBook rules, ChildSearch search, Inputs inputs, HeldMessages held, ClaimCheck claims, PushedDocuments documents, HoldingOptions holding, Rejections rejections,
    TimeProvider time)
{
    // The same words for a dismissal and for the end of the time: a sender does not learn by them whether the child has a case.
    private static readonly Fault NotAttached = new(
        "NotAttached", "This assessment was attached to no case in the time for which the hub holds it, and is held no longer. Where the child's assessment is known to you, send it to the council.");

    private static readonly Stage[] WhileTaking = [Stage.Considering, Stage.Assessing];

    internal async ValueTask<Taken> TakeAsync(Incoming incoming, AssessmentPushed pushed, CancellationToken cancellation)
    {
        if (await held.RecordOfAsync(incoming.Key, cancellation) is not null)
        {
            return Taken.Done;
        }

        // Before the cases are looked at: a refusal must not tell whether one was found.
        if (!await held.HasRoomAsync(incoming.Sender, incoming.Key, cancellation))
        {
            return HeldMessages.TooMany;
        }

        return await claims.CheckPushedAsync(pushed.Advice.Attachments, incoming.Sender, cancellation)
            ?? (await PlaceAsync(HeldMessage.Of(incoming, time.GetUtcNow() + holding.HoldFor), pushed, cancellation) ? Taken.Done : Taken.Again);
    }

    /// <summary>Attaches it, or keeps it until it can be. Safe to repeat; false when the store is away.</summary>
    internal async ValueTask<bool> PlaceAsync(HeldMessage message, AssessmentPushed pushed, CancellationToken cancellation)
    {
        var matches = await MatchAsync(pushed, cancellation);
        if (matches.Certain is { } certain && !await WasDismissedAsync(message.Key, certain, cancellation))
        {
            var attached = await AttachAsync(message, pushed, certain, Actor.TheHub, null, cancellation);
            if (attached.Later || attached.Fault is null)
            {
                return !attached.Later;
            }
        }

        if (!await held.KeepAsync(HeldKind.Pushed, message, cancellation))
        {
            return false;
        }

        foreach (var candidate in matches.Assessments)
        {
            // Noted before it is told, so that whoever decides finds every assessment in which it waits.
            if (!await held.NoteCandidateAsync(message.Key, candidate, cancellation))
            {
                return false;
            }

            await inputs.BringAsync(
                candidate, $"{message.MessageId} candidate", Actor.TheHub with { OnBehalfOf = message.Sender.Value }, message.CorrelationId,
                new NotePushedAssessment(message.Key, message.Sender, pushed.Kind), cancellation);
        }

        return true;
    }

    /// <summary>Attaches it to one assessment, and lets it wait nowhere else; a fault when that takes no existing advice any more, or the advice is not of its form.</summary>
    /// <param name="message">The message.</param>
    /// <param name="pushed">What it says.</param>
    /// <param name="assessment">The assessment.</param>
    /// <param name="by">Who says that it belongs there: a person, or the hub where the match is certain.</param>
    /// <param name="reason">The person's reason.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async ValueTask<Taken> AttachAsync(HeldMessage message, AssessmentPushed pushed, AssessmentId assessment, Actor by, string? reason, CancellationToken cancellation)
    {
        var state = (await store.LoadAsync(assessment, cancellation)).State;
        if (!IsAttached(state, message.Key))
        {
            // Asked before it is brought in: an inbox gives the same answer to the same message for ever, also when the answer was no.
            if (!WhileTaking.Contains(state.Stage))
            {
                return Taken.Refused("wrong-stage", $"Existing advice is taken while an assessment is considered or carried out; this one stands at: {Words.Of(state.Stage)}.");
            }

            var (advice, missing) = await documents.CarryAsync(pushed.Advice, message.Sender, assessment, cancellation);
            if (advice is null)
            {
                return missing!;
            }

            var attached = await inputs.BringAsync(
                // At another version it is another attempt: an inbox refuses for ever what it once refused, and the case may have moved on since.
                assessment, FormattableString.Invariant($"{message.MessageId} at {state.Version}"),
                new Actor { Role = ActorRole.Agency, Id = $"bus {message.Sender.Value}", Agency = message.Sender, OnBehalfOf = by.Role == ActorRole.Hub ? null : by.Id }, message.CorrelationId,
                new ProposeExistingAdvice(PushedName(message.Key), pushed.Kind, Named(state, rules.For(assessment).Council, message.Sender), advice,
                    $"pushed by the agency under its reference {pushed.Reference}, completed on {Words.Day(pushed.CompletedOn, true)}"),
                cancellation);

            // Delivered twice at once (a lock that ran out), the other one may have brought it in since.
            if (attached.Fault is not null && !IsAttached((await store.LoadAsync(assessment, cancellation)).State, message.Key))
            {
                return attached;
            }
        }

        foreach (var candidate in (await held.CandidatesAsync(message.Key, cancellation)).Append(assessment).Distinct())
        {
            if (candidate != assessment || by.Role != ActorRole.Hub || await WaitsInAsync(message.Key, candidate, cancellation))
            {
                await SettleAsync(message, candidate, candidate == assessment ? PushedOutcome.Attached : PushedOutcome.Elsewhere, by, reason, cancellation);
            }
        }

        await WriteAsync(message, "attached", assessment, by, cancellation);
        return Taken.Done;
    }

    /// <summary>Writes into one assessment what became of it there. An assessment in which it does not wait any more stays as it is.</summary>
    internal ValueTask<Taken> SettleAsync(HeldMessage message, AssessmentId assessment, PushedOutcome outcome, Actor by, string? reason, CancellationToken cancellation) => inputs.BringAsync(
        assessment, $"{message.MessageId} {outcome.ToString().ToLowerInvariant()}", Actor.TheHub with { OnBehalfOf = by.Role == ActorRole.Hub ? null : by.Id }, message.CorrelationId,
        new SettlePushedAssessment(message.Key, outcome, reason ?? "One certain match was found.", by), cancellation);

    /// <summary>Lets one go that belongs to no case: its sender hears, and then it is written down. Safe to repeat.</summary>
    /// <returns>False when its sender cannot be told now: it stays, and is looked at again.</returns>
    /// <exception cref="IOException">The store is away.</exception>
    internal async ValueTask<bool> EndUnusedAsync(HeldMessage message, string end, string? fault, Actor by, CancellationToken cancellation)
    {
        if (!await rejections.TellAsync(message, BusEntities.AssessmentsPushed.Name, fault is null ? NotAttached : new Fault("NotUsable", fault), cancellation))
        {
            return false;
        }

        await WriteAsync(message, end, null, by, cancellation);
        return true;
    }

    /// <summary>Writes down what became of it, and lets it go.</summary>
    private ValueTask WriteAsync(HeldMessage message, string end, AssessmentId? assessment, Actor by, CancellationToken cancellation) => held.EndAsync(
        HeldKind.Pushed, new HeldRecord(message.Key, message.Sender, end, time.GetUtcNow(), assessment, by.Role == ActorRole.Hub ? null : by.Id), cancellation);

    /// <summary>Ends one that waits nowhere any more: attached before the hub was stopped, or dismissed in every assessment in which it waited.</summary>
    internal async ValueTask<bool> EndIfDecidedAsync(HeldMessage message, AssessmentPushed pushed, Actor by, CancellationToken cancellation)
    {
        var candidates = await held.CandidatesAsync(message.Key, cancellation);
        var waits = 0;
        foreach (var candidate in candidates)
        {
            var state = (await store.LoadAsync(candidate, cancellation)).State;
            if (IsAttached(state, message.Key))
            {
                return (await AttachAsync(message, pushed, candidate, by, "It was attached before; the hub was stopped before it could say so.", cancellation)).Fault is null;
            }

            waits += !state.Stage.HasEnded() && Waits(state, message.Key) ? 1 : 0;
        }

        if (candidates.Count == 0 || waits > 0)
        {
            return false;
        }

        return await EndUnusedAsync(message, "dismissed", null, by, cancellation);
    }

    /// <summary>Whether it waits for a person in this assessment.</summary>
    internal static bool Waits(AssessmentState state, string key) => state.Attention.Any(matter => matter.Id == PushedName(key));

    /// <summary>The open assessments that it may belong to, as things stand now.</summary>
    private ValueTask<ChildMatches> MatchAsync(AssessmentPushed pushed, CancellationToken cancellation)
    {
        LocalAuthorityCode? council = pushed.Agency.Scheme == AgencyScheme.La && LocalAuthorityCode.TryParse(pushed.Agency.Code[..3], out var own, out _) ? own : null;
        return search.FindAsync(pushed.Child, council, cancellation);
    }

    /// <summary>It waited in this assessment and does not any more: a person said that it does not belong there, and the hub does not know better.</summary>
    private async ValueTask<bool> WasDismissedAsync(string key, AssessmentId assessment, CancellationToken cancellation)
    {
        if (!(await held.CandidatesAsync(key, cancellation)).Contains(assessment))
        {
            return false;
        }

        var state = (await store.LoadAsync(assessment, cancellation)).State;
        return !IsAttached(state, key) && !Waits(state, key);
    }

    private async ValueTask<bool> WaitsInAsync(string key, AssessmentId assessment, CancellationToken cancellation) => Waits((await store.LoadAsync(assessment, cancellation)).State, key);

    private static bool IsAttached(AssessmentState state, string key) => state.Existing.Any(existing => existing.Id == PushedName(key));

    private static string PushedName(string key) => $"pushed-{key}";

    /// <summary>The agency under the name that the assessment knows it by.</summary>
    private static Agency Named(AssessmentState state, CouncilProfile council, AgencyId sender) =>
        state.Requests.Select(request => request.Agency).OfType<Agency>()
            .Concat(state.Advisers.Select(adviser => adviser.Agency))
            .Append(council.SocialCare)
            .Concat(council.EducationalPsychology is { } psychology ? [psychology] : [])
            .Concat(state.Facts?.Setting is { } setting ? [setting] : [])
            .FirstOrDefault(agency => agency.Id == sender)
        ?? new Agency { Id = sender, Name = sender.Value };
}
