using System.Diagnostics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The result of sending a form.</summary>
/// <param name="Refusal">The reason why the step was refused, or null if it was accepted.</param>
/// <param name="Meanwhile">What others have done since the form was opened; if this is not empty, nothing was sent.</param>
internal sealed record Sent(Refusal? Refusal, IReadOnlyList<TimelineEntry> Meanwhile);

/// <summary>
/// Sends a step through the checks that the API uses. A form is not sent if somebody else has changed the case since the form was opened,
/// so that the sender sees that change first. Events that the hub itself has recorded in the meantime, such as a letter being sent, do not
/// prevent sending.
/// </summary>
public sealed class StepSending(IAssessmentStore store, TakeInput take, CaseBoard board, TimeProvider time)
{
    /// <summary>Sends a step.</summary>
    /// <param name="officer">The officer who submits the step.</param>
    /// <param name="assessment">The case.</param>
    /// <param name="once">An id that was generated when the form was shown, so that a form that is sent twice takes effect only once.</param>
    /// <param name="seen">The version of the case that the sender saw.</param>
    /// <param name="behalf">The party in whose name the step is sent, or null for the council itself.</param>
    /// <param name="input">The step.</param>
    /// <param name="cancellationToken">Stops the sending of the step.</param>
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

            // The step is processed only if the case still has the version that was just checked, so that a later change is also checked.
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

    /// <summary>The id that the step has as a message in the inbox.</summary>
    internal static string MessageId(Officer officer, string once) => $"workspace/{officer.Subject}/{once}";

    private async Task<IReadOnlyList<TimelineEntry>> OfOthersAsync(Officer officer, AssessmentId assessment, long seen, CancellationToken cancellationToken)
    {
        var events = await store.EventsAsync(assessment, cancellationToken: cancellationToken);
        return events.Any(e => e.Sequence > seen && IsOfOthers(e))
            ? [.. Timeline.Lines(events, CaseVisibility.Council, null).Where(line => events.Any(e => e.Sequence == line.Sequence && e.Sequence > seen && IsOfOthers(e)))]
            : [];

        bool IsOfOthers(RecordedEvent e) => e.By.Role != ActorRole.Hub && e.By.Id != officer.Subject;
    }
}
