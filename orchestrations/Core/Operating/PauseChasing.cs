using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Pause chasing up to and including a day at most four weeks ahead. A pause that nobody ends stops by itself.</summary>
public sealed record PauseChasing(DateOnly Until, string Reason) : AssessmentInput, IStep<PauseChasing>
{
    private const int LongestPauseDays = 28;

    public static StepDefinition<PauseChasing> Definition { get; } = new("pause-chasing", "Pause chasing")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator],
        Example = """{ "until": "2026-07-10", "reason": "The trust's system is down." }""",
        Days = x => [x.Planned("Until", "The last day of the pause", i => i.Until)],
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.InHand(d)
            && d.Require(Until >= d.Today, "day-in-past", "The last day of the pause has passed.")
            && d.Require(Until <= d.Today.AddDays(LongestPauseDays), "pause-too-long", $"Chasing can be paused for at most {LongestPauseDays} days at a time.")
            && d.Require(d.State.ChasingPausedUntil != Until, "already-paused", "Chasing is already paused until that day.")
            && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new ChasingPaused(Until, Reason));
        }
    }
}

/// <summary>Chasing was paused up to and including a day.</summary>
public sealed record ChasingPaused(DateOnly Until, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("chasingPaused", "Chasing was paused up to and including a day.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { ChasingPausedUntil = Until };

    public override string Describe(TimelineContext context) => $"Chasing was paused until the end of {Day(Until)}.";

    public override string? Note() => Reason;
}
