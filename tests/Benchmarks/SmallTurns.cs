using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>The smallest turn that changes something: one delivery decided, one event, a wake-up.</summary>
internal static class SmallTurns
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private static readonly Actor Officer = new() { Role = ActorRole.CouncilOfficer, Id = "officer-1" };

    internal static AssessmentId Id(int number)
    {
        var council = FormattableString.Invariant($"{301 + (number % 153)}");
        return LocalAuthorityCode.TryParse(council, out var code, out var problem)
            ? AssessmentId.For(code, FormattableString.Invariant($"opening-{number}"))
            : throw new InvalidOperationException(problem);
    }

    internal static Delivery Delivery(AssessmentId id, long number) => new()
    {
        Assessment = id,
        MessageId = FormattableString.Invariant($"7b6f0e02-0000-4000-8000-{number:D12}"),
        By = Officer,
        ReceivedAt = Start,
        Input = new AssignCaseOfficer("officer-2"),
    };

    internal static Turn Of(LoadedAssessment loaded, Delivery delivery, int effects = 0)
    {
        var happened = new CaseOfficerAssigned("officer-2", "officer-1");
        var after = Assessment.Evolve(loaded.State, happened);
        return new Turn
        {
            Assessment = loaded.State.Id,
            ExpectedVersion = loaded.State.Version,
            State = after,
            Events = [new RecordedEvent { Sequence = after.Version, At = Start, By = delivery.By, MessageId = delivery.MessageId, What = happened }],
            Decided = [new DecidedDelivery(delivery, new Outcome(true, null, after.Version))],
            Effects = [.. Enumerable.Range(1, effects).Select(n => new OutboxEffect(FormattableString.Invariant($"{after.Id}/{after.Version}/{n}"), after.Id, new PublishStatus(Stage.Assessing), null))],
            WakeAt = Start.AddDays(after.Version),
            Summary = Summary(after, after.Id.GetHashCode() & 63),
        };
    }

    internal static AssessmentSummary Summary(AssessmentState state, int spread) => new()
    {
        Id = state.Id,
        Version = state.Version,
        Stage = Stage.Assessing,
        ReceivedOn = new DateOnly(2026, 1, 5),
        CaseOfficer = FormattableString.Invariant($"officer-{spread}"),
        WaitingFor = "medical advice",
        WaitingSince = new DateOnly(2026, 1, 5),
        WaitingDue = new DateOnly(2026, 2, 16).AddDays(spread),
        FinalPlanDue = new DateOnly(2026, 5, 25).AddDays(spread),
        Agencies = [Agency($"ods:RX{spread % 10}"), Agency("urn:100001")],
        Attention = spread == 7 ? 1 : 0,
    };

    internal static AgencyId Agency(string text) => AgencyId.TryParse(text, out var agency, out var problem) ? agency : throw new InvalidOperationException(problem);
}
