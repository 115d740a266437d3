using System.Diagnostics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The result of sending a form.</summary>
/// <param name="Refusal">Why it was refused; null where it was accepted.</param>
/// <param name="Meanwhile">What others have done since the form was opened; if anything, nothing was sent.</param>
internal sealed record Sent(Refusal? Refusal, IReadOnlyList<TimelineEntry> Meanwhile);

/// <summary>
/// Sends a step as the API does, through the same checks. A form is not sent if somebody else has changed the case since it was opened:
/// the sender sees that change first. What the hub itself has recorded in the meantime (a letter was sent) does not stop it.
/// </summary>
public sealed class StepSending(IAssessmentStore store, TakeInput take, CaseBoard board, TimeProvider time)
{
    /// <summary>Sends it.</summary>
    /// <param name="officer">The officer who sends it.</param>
    /// <param name="assessment">The case.</param>
    /// <param name="once">Generated when the form was shown: sent twice, the form acts once.</param>
    /// <param name="seen">The version that the sender saw.</param>
    /// <param name="behalf">In whose name; null for the council's own.</param>
    /// <param name="input">The step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal async Task<Sent> SendAsync(
        Officer officer, AssessmentId assessment, string once, long seen, string? behalf, AssessmentInput input, CancellationToken cancellationToken)
    {
        var delivery = new Delivery
        {
            Assessment = assessment,
            MessageId = MessageId(officer, once),
            By = officer.ToActor(behalf),
            ReceivedAt = time.GetUtcNow(),
            CorrelationId = Activity.Current?.TraceId.ToHexString(),
            Input = input,
        };
        while (true)
        {
            var version = (await store.LoadAsync(assessment, cancellationToken)).State.Version;
            if (await store.OutcomeAsync(assessment, delivery.MessageId, cancellationToken) is null
                && await OfOthersAsync(officer, assessment, seen, cancellationToken) is { Count: > 0 } meanwhile)
            {
                return new Sent(null, meanwhile);
            }

            // Only at the version that was just checked: a change in between is checked too.
            var submission = await take(delivery, [version], cancellationToken);
            if (submission.Outcome is { } outcome)
            {
                var state = (await store.LoadAsync(assessment, cancellationToken)).State;
                if (state.Facts is not null)
                {
                    board.Take(state);
                }

                return new Sent(outcome.Refusal, []);
            }
        }
    }

    /// <summary>The id of the form's message in the inbox.</summary>
    internal static string MessageId(Officer officer, string once) => $"workspace/{officer.Subject}/{once}";

    private async Task<IReadOnlyList<TimelineEntry>> OfOthersAsync(Officer officer, AssessmentId assessment, long seen, CancellationToken cancellationToken)
    {
        var events = await store.EventsAsync(assessment, cancellationToken: cancellationToken);
        return events.Any(e => e.Sequence > seen && IsOfOthers(e))
            ? [.. Timeline.Lines(events, Sight.Council, null).Where(line => events.Any(e => e.Sequence == line.Sequence && e.Sequence > seen && IsOfOthers(e)))]
            : [];

        bool IsOfOthers(RecordedEvent e) => e.By.Role != ActorRole.Hub && e.By.Id != officer.Subject;
    }
}
