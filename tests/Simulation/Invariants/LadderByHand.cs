using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>A step that must be taken: its key, the day, whether it is an escalation, and who is told.</summary>
internal sealed record HandStep(string Key, DateOnly Day, bool Escalates, string To);

/// <summary>
/// The chase ladder written down a second time. It is the hub's practice, so when the practice changes, it must be changed here too, by
/// somebody who means it.
/// </summary>
internal static class LadderByHand
{
    private static readonly (string Key, int Days, bool Working, bool Escalates, string To)[] Early =
        [("remind-2-weeks-before", -14, false, false, "contributor"), ("remind-3-days-before", -3, false, false, "contributor"), ("remind-overdue", 1, false, false, "contributor")];

    private static readonly (string Key, int Days, bool Working, bool Escalates, string To)[] Nhs =
    [
        .. Early,
        ("escalate-manager", 1, false, true, "contributor's manager"),
        ("escalate-dmo", 3, true, true, "designated medical or clinical officer"),
        ("escalate-commissioner", 8, true, true, "commissioner"),
        ("escalate-send-lead", 13, true, true, "council's SEND lead"),
    ];

    private static readonly (string Key, int Days, bool Working, bool Escalates, string To)[] Setting =
        [.. Early, ("escalate-head", 3, true, true, "head or principal"), ("escalate-send-lead", 8, true, true, "council's SEND lead")];

    private static readonly (string Key, int Days, bool Working, bool Escalates, string To)[] Council =
    [
        .. Early,
        ("escalate-manager", 1, false, true, "contributor's manager"),
        ("escalate-head-of-service", 5, true, true, "head of service"),
        ("escalate-send-lead", 10, true, true, "council's SEND lead"),
    ];

    private static readonly (string Key, int Days, bool Working, bool Escalates, string To)[] Family =
        [("remind-2-weeks-before", -14, false, false, "contributor"), ("offer-help", 1, true, true, "key worker")];

    private static readonly (string Key, int Days, bool Working, bool Escalates, string To)[] Declined =
        [("declined-remind-officer", 2, true, false, "case officer"), ("declined-send-lead", 5, true, true, "council's SEND lead")];

    private static readonly (string Key, int Days, bool Working, bool Escalates, string To)[] Insufficient =
    [
        ("insufficient-remind", 5, true, false, "contributor"),
        ("insufficient-manager", 8, true, true, "contributor's manager"),
        ("insufficient-send-lead", 13, true, true, "council's SEND lead"),
    ];

    /// <summary>The steps that belong to a request as it now stands, each with its day.</summary>
    internal static IEnumerable<HandStep> Of(ToldRequest request, Retelling story)
    {
        var due = Retelling.DueOf(request);
        if (request.Status == RequestStatus.Declined)
        {
            // Only while nobody was asked in its place and the plan is not decided without it.
            var alone = (request.Reassessment is { } round ? story.Later.Round == round : story.Stage == Stage.Assessing)
                && story.Requests.Values.All(r => r.Kind != request.Kind || r.Reassessment != request.Reassessment || r.Status is RequestStatus.Declined or RequestStatus.Withdrawn);
            return alone ? Branch(Declined, request.StatusOn) : [];
        }

        if (!request.IsOpen)
        {
            return [];
        }

        return request.Status == RequestStatus.ReturnedInsufficient && request.StatusOn > due ? Branch(Insufficient, request.StatusOn) : For(request.Agency?.Value).Select(s => Step(s, due));
    }

    private static (string Key, int Days, bool Working, bool Escalates, string To)[] For(string? agency) => agency switch
    {
        null => Family,
        _ when agency.StartsWith("ods:", StringComparison.Ordinal) => Nhs,
        _ when agency.StartsWith("la:", StringComparison.Ordinal) => Council,
        _ => Setting,
    };

    private static IEnumerable<HandStep> Branch((string Key, int Days, bool Working, bool Escalates, string To)[] steps, DateOnly from) =>
        steps.Select(s => Step(s, from)).Select(s => s with { Key = FormattableString.Invariant($"{s.Key}@{from:yyyy-MM-dd}") });

    private static HandStep Step((string Key, int Days, bool Working, bool Escalates, string To) step, DateOnly from) =>
        new(step.Key, step.Working ? Calendar.WorkingDaysAfter(from, step.Days) : from.AddDays(step.Days), step.Escalates, step.To);
}
