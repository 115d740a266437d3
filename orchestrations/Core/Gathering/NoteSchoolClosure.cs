using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A school that was asked for advice has announced that it is closed. Only the hub itself submits this step, which proposes an exception but
/// never claims one.
/// </summary>
/// <param name="ClosureId">The id of the announcement, unique in the assessment.</param>
/// <param name="School">The school that is closed.</param>
/// <param name="From">The first day of the closure.</param>
/// <param name="To">The last day of the closure.</param>
/// <param name="Reason">The reason for the closure as the school gave it, with the school's reference.</param>
public sealed record NoteSchoolClosure(string ClosureId, AgencyId School, DateOnly From, DateOnly To, string? Reason = null) : AssessmentInput, IStep<NoteSchoolClosure>
{
    public static StepDefinition<NoteSchoolClosure> Definition { get; } = new("note-school-closure", "A school that was asked for advice is closed")
    {
        Senders = [ActorRole.Hub],
        Law = "SEND Regs 2014 regs 5(4), 8(2), 10(4), 13(3)",
        Days = x => [
            x.Planned("From", "The closure's first day", i => i.From, Dates<NoteSchoolClosure>.InForce),
            x.Planned("To", "The closure's last day", i => i.To, (_, i) => new(i.From, "its first day")),
        ],
    };

    // The exception is only proposed: the council must judge whether the closure made it impractical to meet a limit (regs 5(4), 8(2), 10(4), 13(3)).
    // A closure outside the period of every time limit changes nothing.
    internal override void Decide(Deciding d)
    {
        if (!AdviceRounds.RequireOpen(d)
            || !InputChecks.Id(d, ClosureId, "The closure's id")
            || !d.Require(d.State.Requests.Any(r => r.Agency?.Id == School), "not-asked", "This school was not asked for advice in this assessment."))
        {
            return;
        }

        var ground = d.Facts.SettingKind == SettingKind.EarlyYearsProvider ? Ground.EarlyYearsProviderClosed : Ground.SchoolClosed;
        var relieved = Clock.RelievableBy(new ExceptionFact(ground, From, To), ClockFacts.Of(d.State), d.Rules.LawOf(d.State), d.Rules.Counting)
            .Where(limit => Limits.Progress(limit, d.State, d.Today).Standing is LimitStatus.Open or LimitStatus.Missed or LimitStatus.MetLate)
            .Select(limit => limit.Key).ToList();
        if (relieved.Count > 0)
        {
            d.AskAttention(
                $"closure-{ClosureId}",
                $"The school announced that it is closed from {Words.Day(From, true)} to {Words.Day(To, true)}{(Reason is { } why ? $" ({why})" : "")}. If the closure made it impractical to meet {string.Join(", ", relieved)}, claim the exception; the hub does not do this for you.");
        }
    }
}
