using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>The person who reviews pushed assessments and decides on them.</summary>
/// <param name="By">The person, in the form in which an assessment records who acted.</param>
/// <param name="Council">The only council whose assessments the person is allowed to see, or null for all councils.</param>
/// <param name="SeesChild">Whether the person is allowed to see the child's details.</param>
public sealed record PushedViewer(Actor By, LocalAuthorityCode? Council, bool SeesChild)
{
    internal bool Sees(AssessmentId assessment) => Council is not { } only || assessment.Council == only;

    /// <summary>
    /// Whether this person is allowed to open the case, because it is not restricted to other people or because this person never sees a
    /// child's details.
    /// </summary>
    internal bool Sees(AssessmentState state) => !SeesChild || state.IsOpenTo(By.Id);
}

/// <summary>The result of a decision.</summary>
/// <param name="Answer">The decision, or null if no decision was made.</param>
/// <param name="Refusal">The reason why no decision was made. The refusal and the answer are both null if there is no pushed assessment
/// with this key that the person is allowed to see.</param>
public sealed record PushedDecision(PushedAnswer? Answer, Refusal? Refusal = null);

/// <summary>
/// Handles pushed assessments that wait for an officer's decision, because several cases match or the match is not certain. A person is
/// shown a pushed assessment only if at least one candidate is a case that the person is allowed to see, and sees only such candidates. The
/// officer attaches the pushed assessment to a case, as the hub does if the match is certain, or states that it belongs to none of these
/// cases. Each decision is recorded in every case that it concerns, with who decided and why.
/// </summary>
public sealed class PushedDecisions(IAssessmentStore store, RuleBook rules, HeldMessages held, PushedIntake intake)
{
    private const int KeyLength = 24;

    /// <summary>The pushed assessments that wait for a decision, each with the data that this person is allowed to see.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<IReadOnlyList<PushedView>> ListAsync(PushedViewer viewer, CancellationToken cancellationToken)
    {
        var views = new List<PushedView>();
        foreach (var message in await held.ListAsync(HeldKind.Pushed, cancellationToken))
        {
            if (await ViewAsync(message, viewer, cancellationToken) is { } view)
            {
                views.Add(view);
            }
        }

        return views;
    }

    /// <summary>A pushed assessment that is waiting, or null if there is none with this key that the person is allowed to see.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<PushedView?> FindAsync(string key, PushedViewer viewer, CancellationToken cancellationToken) =>
        await HeldAsync(key, cancellationToken) is { } message ? await ViewAsync(message, viewer, cancellationToken) : null;

    /// <summary>Attaches a pushed assessment to a case. A repeated call gives the first answer again.</summary>
    /// <exception cref="IOException">The store cannot be reached; the caller can try again.</exception>
    public async ValueTask<PushedDecision> AttachAsync(string key, AssessmentId assessment, string reason, PushedViewer viewer, CancellationToken cancellationToken)
    {
        if (await HeldAsync(key, cancellationToken) is not { } message || await ViewAsync(message, viewer, cancellationToken) is not { } view)
        {
            return await BeforeAsync(key, viewer, cancellationToken) is { Answer: { Outcome: UnsolicitedOutcome.Attached } answer } before && answer.Assessments.Contains(assessment)
                ? before
                : new PushedDecision(null);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new PushedDecision(null, new Refusal("text-missing", "The decision must have a reason. Enter the reason."));
        }

        if (view.Candidates.All(candidate => candidate.Assessment != assessment) || HeldSweep.Body<AssessmentPushed>(message) is not { } body)
        {
            return new PushedDecision(null, new Refusal("not-a-candidate", "A pushed assessment can be attached only to one of the cases listed as its candidates."));
        }

        var attached = await intake.AttachAsync(message, body, assessment, viewer.By, reason, cancellationToken);
        return attached switch
        {
            { Later: true } => throw new IOException("A document of the pushed assessment cannot be read now."),
            { Fault: { } fault } => new PushedDecision(null, new Refusal(fault.Reason, fault.Description)),
            _ => new PushedDecision(new PushedAnswer(key, UnsolicitedOutcome.Attached, [assessment])),
        };
    }

    /// <summary>
    /// Records that a pushed assessment belongs to none of the cases that this person is allowed to see. In all other matching cases, the
    /// pushed assessment still waits for a decision. A repeated call gives the first answer again.
    /// </summary>
    /// <exception cref="IOException">The store cannot be reached; the caller can try again.</exception>
    public async ValueTask<PushedDecision> DismissAsync(string key, string reason, PushedViewer viewer, CancellationToken cancellationToken)
    {
        if (await HeldAsync(key, cancellationToken) is not { } message || await ViewAsync(message, viewer, cancellationToken) is not { } view)
        {
            return await BeforeAsync(key, viewer, cancellationToken) is { Answer.Outcome: UnsolicitedOutcome.Dismissed } before ? before : new PushedDecision(null);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new PushedDecision(null, new Refusal("text-missing", "The decision must have a reason. Enter the reason."));
        }

        foreach (var candidate in view.Candidates)
        {
            await intake.SettleAsync(message, candidate.Assessment, UnsolicitedOutcome.Dismissed, viewer.By, reason, cancellationToken);
        }

        if (HeldSweep.Body<AssessmentPushed>(message) is { } body)
        {
            await intake.EndIfDecidedAsync(message, body, viewer.By, cancellationToken);
        }

        return new PushedDecision(new PushedAnswer(key, UnsolicitedOutcome.Dismissed, [.. view.Candidates.Select(candidate => candidate.Assessment)]));
    }

    /// <summary>What this person has already decided about the pushed assessment, so that a repeated call gets the first answer.</summary>
    private async ValueTask<PushedDecision?> BeforeAsync(string key, PushedViewer viewer, CancellationToken cancellationToken) =>
        IsKey(key) && await held.RecordOfAsync(key, cancellationToken) is { } record && record.By == viewer.By.Id
            ? record.Assessment is { } assessment
                ? viewer.Sees(assessment) ? new PushedDecision(new PushedAnswer(key, UnsolicitedOutcome.Attached, [assessment])) : null
                : record.End == "dismissed" ? new PushedDecision(new PushedAnswer(key, UnsolicitedOutcome.Dismissed, [])) : null
            : null;

    private async ValueTask<HeldMessage?> HeldAsync(string key, CancellationToken cancellationToken) => IsKey(key) ? await held.FindAsync(HeldKind.Pushed, key, cancellationToken) : null;

    private async ValueTask<PushedView?> ViewAsync(HeldMessage message, PushedViewer viewer, CancellationToken cancellationToken)
    {
        if (HeldSweep.Body<AssessmentPushed>(message) is not { } body || await held.RecordOfAsync(message.Key, cancellationToken) is not null)
        {
            return null;
        }

        var candidates = new List<PushedCandidate>();
        foreach (var id in (await held.CandidatesAsync(message.Key, cancellationToken)).Where(id => rules.Serves(id.Council) && viewer.Sees(id)))
        {
            var state = (await store.LoadAsync(id, cancellationToken)).State;
            if (state.Facts is { } facts && viewer.Sees(state) && !state.Stage.HasEnded() && PushedIntake.Waits(state, message.Key))
            {
                candidates.Add(new PushedCandidate(id, state.Stage, facts.ReceivedOn, ChildComparison.Of(body.Child, facts.Child)));
            }
        }

        return candidates.Count == 0
            ? null
            : new PushedView(
                message.Key, message.Sender, body.Kind, body.CompletedOn, body.Advice.Attachments.Count, message.Until, candidates, viewer.SeesChild ? body.Child : null);
    }

    private static bool IsKey(string key) => key.Length == KeyLength && key.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
