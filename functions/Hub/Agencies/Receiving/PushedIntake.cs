using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>How long what agencies send unasked is held.</summary>
public sealed record HoldingRules
{
    /// <summary>How long a pushed assessment waits for a request to come, before it is deleted. Four weeks unless set.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromDays(28);
}

/// <summary>
/// Assessments that nobody asked for. One certain match attaches it as existing advice, which is relied on only when author, council and
/// family agree (SEND Regs 2014 reg 6(4)); several or doubtful ones wait for a person; none waits for a request, and is then deleted.
/// The sender learns in each case only that the message was taken.
/// </summary>
public sealed class PushedIntake(IAssessmentStore store, RuleBook rules, ChildSearch search, Inputs inputs, HeldMessages held, HoldingRules holding, TimeProvider time)
{
    private static readonly Stage[] WhileTaking = [Stage.Considering, Stage.Assessing];

    internal async ValueTask<Taken> TakeAsync(Incoming incoming, AssessmentPushed pushed, CancellationToken cancellation)
    {
        if (pushed.Advice.Attachments.Count > 0)
        {
            return Taken.Refused("AttachmentsNotTaken", "$.advice.attachments: documents are taken only for an assessment that is known. Send the structured lines; the council asks for the document.");
        }

        if (pushed.Kind == Contracts.Advice.AdviceKind.FamilyViews)
        {
            return Taken.Refused("KindNotTaken", "$.kind: the family's views are asked of the family.");
        }

        return await held.RecordOfAsync(incoming.Key, cancellation) is null
            && !await PlaceAsync(HeldMessage.Of(incoming, time.GetUtcNow() + holding.HoldFor), pushed, cancellation)
                ? Taken.Again
                : Taken.Done;
    }

    /// <summary>Attaches it, or keeps it until it can be. Safe to repeat; false when the store is away.</summary>
    internal async ValueTask<bool> PlaceAsync(HeldMessage message, AssessmentPushed pushed, CancellationToken cancellation)
    {
        var matches = await MatchAsync(pushed, cancellation);
        if (matches.Certain is { } certain && await AttachAsync(message, pushed, certain, null, cancellation))
        {
            return true;
        }

        var kept = await held.KeepAsync(HeldKind.Pushed, message, cancellation);
        foreach (var candidate in kept ? matches.Assessments : [])
        {
            await inputs.BringAsync(
                candidate, $"{message.MessageId} candidate", Actor.TheHub with { OnBehalfOf = message.Sender.Value }, message.CorrelationId,
                new NotePushedAssessment(message.Key, message.Sender, pushed.Kind), cancellation);
        }

        return kept;
    }

    /// <summary>Attaches it to one assessment; false when that takes no existing advice any more, or the advice is not of its form.</summary>
    internal async ValueTask<bool> AttachAsync(HeldMessage message, AssessmentPushed pushed, AssessmentId assessment, string? by, CancellationToken cancellation)
    {
        var state = (await store.LoadAsync(assessment, cancellation)).State;
        if (!WhileTaking.Contains(state.Stage))
        {
            return false;
        }

        var attached = await inputs.BringAsync(
            assessment, message.MessageId, new Actor { Role = ActorRole.Agency, Id = $"bus {message.Sender.Value}", Agency = message.Sender, OnBehalfOf = by }, message.CorrelationId,
            new ProposeExistingAdvice($"pushed-{message.Key}", pushed.Kind, Named(state, rules.For(assessment).Council, message.Sender), pushed.Advice, "pushed by the agency"),
            cancellation);
        if (attached.Fault is not null)
        {
            return false;
        }

        await held.EndAsync(HeldKind.Pushed, new HeldRecord(message.Key, message.Sender, "attached", time.GetUtcNow(), assessment, by), cancellation);
        return true;
    }

    /// <summary>The open assessments that it may belong to, as things stand now.</summary>
    internal ValueTask<ChildMatches> MatchAsync(AssessmentPushed pushed, CancellationToken cancellation)
    {
        LocalAuthorityCode? council = pushed.Agency.Scheme == AgencyScheme.La && LocalAuthorityCode.TryParse(pushed.Agency.Code[..3], out var own, out _) ? own : null;
        return search.FindAsync(pushed.Child, council, cancellation);
    }

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
