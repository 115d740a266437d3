using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Contract;

/// <summary>Turns made by hand, so that a store can be tried without the law: each officer's name is one event.</summary>
public static class Turns
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static readonly Actor Officer = new() { Role = ActorRole.CouncilOfficer, Id = "officer-1" };

    public static AssessmentId Id(int number, string council = "330")
    {
        Assert.True(LocalAuthorityCode.TryParse(council, out var code, out var problem), problem);
        return AssessmentId.For(code, FormattableString.Invariant($"opening-{number}"));
    }

    public static AgencyId Agency(string text)
    {
        Assert.True(AgencyId.TryParse(text, out var agency, out var problem), problem);
        return agency;
    }

    public static Delivery Delivery(AssessmentId id, string messageId, DateTimeOffset? at = null) => new()
    {
        Assessment = id,
        MessageId = messageId,
        By = Officer,
        ReceivedAt = at ?? Monday,
        CorrelationId = "correlation-1",
        Input = new AssignCaseOfficer("Officer of " + messageId),
    };

    /// <summary>A turn that decides everything in the inbox, one event for each delivery.</summary>
    public static Turn Of(LoadedAssessment loaded, DateTimeOffset? wakeAt = null, DateTimeOffset? at = null, int effects = 0, params Delivery[] more)
    {
        Delivery[] deliveries = [.. loaded.Inbox, .. more];
        return Of(loaded.State, deliveries.Select(d => d.MessageId), wakeAt, at, effects) with
        {
            Decided = [.. deliveries.Select((d, n) => new DecidedDelivery(d, new Outcome(true, null, loaded.State.Version + n + 1)))],
        };
    }

    /// <summary>A turn with one event for each officer.</summary>
    public static Turn Of(AssessmentState state, IEnumerable<string> officers, DateTimeOffset? wakeAt = null, DateTimeOffset? at = null, int effects = 0)
    {
        var now = at ?? Monday;
        RecordedEvent[] events =
        [
            .. officers.Select((officer, n) => new RecordedEvent
            {
                Sequence = state.Version + n + 1,
                At = now,
                By = Officer,
                MessageId = officer,
                What = new CaseOfficerAssigned(officer, null),
            }),
        ];
        var after = Assessment.Replay(state, events.Select(e => e.What));
        return new Turn
        {
            Assessment = state.Id,
            ExpectedVersion = state.Version,
            State = after,
            Events = events,
            Decided = [],
            Effects =
            [
                .. Enumerable.Range(1, effects).Select(n => new OutboxEffect(
                    FormattableString.Invariant($"{state.Id}/{after.Version}/{n}"), state.Id, new SendReminder("medical-1", Agency("ods:RX1"), "due"), "correlation-1")),
            ],
            WakeAt = wakeAt,
            Summary = Summary(after),
        };
    }

    public static AssessmentSummary Summary(AssessmentState state) => new()
    {
        Id = state.Id,
        Version = state.Version,
        Stage = state.Stage,
        ReceivedOn = new DateOnly(2026, 1, 5),
        CaseOfficer = state.CaseOfficer,
        WaitingFor = "medical advice",
        FinalPlanDue = new DateOnly(2026, 5, 25),
        Agencies = [],
        Attention = 0,
    };
}
