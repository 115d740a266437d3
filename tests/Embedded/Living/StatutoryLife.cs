using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Living;

/// <summary>
/// One assessment from request to final plan, as its senders live it: each says its message again until it was answered. Agencies speak
/// through the inbox, as from a queue; officers and the family at once, as over HTTP.
/// </summary>
internal sealed class StatutoryLife(AssessmentId id)
{
    private readonly Dictionary<string, Outcome> answered = [];
    private int next;

    /// <summary>What each message was answered, by message id.</summary>
    internal IReadOnlyDictionary<string, Outcome> Answered => answered;

    /// <summary>The last step was finished.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Lives on from the first step that was not finished.</summary>
    internal Task LiveAsync(IAssessmentStore store, EmbeddedEngine engine, FakeTimeProvider clock, CancellationToken cancellationToken) =>
        LiveAsync(store, new DrivenEmbedded(store, engine, clock), clock, int.MaxValue, cancellationToken);

    /// <summary>The same through any engine, at most so many steps.</summary>
    internal async Task LiveAsync(IAssessmentStore store, IDriven engine, FakeTimeProvider clock, int most, CancellationToken cancellationToken)
    {
        (int Day, Func<DateOnly, Task> Do)[] steps =
        [
            (0, _ => SayAsync("open", new OpenAssessment(Council.Facts))),
            (1, day => SayAsync("consulted", new RecordConsultation(day, "The family wants an assessment."))),
            (1, _ => SayAsync("assess", new DecideWhetherToAssess(true, "May be necessary."))),
            (2, _ => SayAsync("not-lawful", new FinalisePlan("Officer One"))),
            (50, AdviseAsync),
            (51, _ => SayAsync("issue", new DecideWhetherToIssuePlan(true, "Necessary."))),
            (51, _ => SayAsync("draft", new PrepareDraft())),
            (56, day => SayAsync("represent", new RecordRepresentations(1, day, "We would like another school.", Council.OtherSchool), Council.Family)),
            (56, day => SayAsync("consult", new ConsultInstitution(Council.OtherSchool, day))),
            (60, day => SayAsync("answer", new RecordInstitutionAnswer(Council.OtherSchool.Id, day, true, "Can meet the needs."), Council.As(Council.OtherSchool))),
            (61, _ => SayAsync("place", new NamePlacement("Special school", Council.OtherSchool))),
            (68, _ => SayAsync("final", new FinalisePlan("Officer One"))),
            (150, _ => Task.CompletedTask),
        ];

        for (; next < steps.Length && most-- > 0; next++)
        {
            await engine.AdvanceToAsync(Council.Start.AddDays(steps[next].Day), cancellationToken);
            await steps[next].Do(Council.Received.AddDays(steps[next].Day));
        }

        IsOver = next == steps.Length;

        async Task SayAsync(string messageId, AssessmentInput input, Actor? by = null) =>
            answered[messageId] = await engine.SubmitAsync(Council.Says(id, messageId, input, clock.GetUtcNow(), by), cancellationToken);

        async Task AdviseAsync(DateOnly day)
        {
            foreach (var request in (await store.LoadAsync(id, cancellationToken)).State.Requests)
            {
                var by = request.Agency is { } agency ? Council.As(agency) : Council.Family;
                var advice = new SubmitAdvice(request.Id, Council.Advice(day, request.Id));
                await engine.PutAsync(Council.Says(id, "advice-" + request.Id, advice, clock.GetUtcNow(), by), cancellationToken);
            }
        }
    }
}
