using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The cause ended on another day than claimed, or the claim is taken back (<paramref name="EndedOn"/> null).</summary>
public sealed record EndException(string ExceptionId, string Reason, DateOnly? EndedOn = null) : AssessmentInput, IStep<EndException>
{
    public static StepDefinition<EndException> Definition { get; } = new("end-exception", "Correct an exception's end or take it back")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 5(4), 8(2), 10(4), 13(3)",
        Example = """
            { "exceptionId": "summer-closure", "endedOn": "2026-08-30", "reason": "The school opened early." }
            """,
        Days = x => [x.Planned(
            "EndedOn", "The exception's last day", i => i.EndedOn,
            (s, i) => new(s.Exceptions.FirstOrDefault(e => e.Id == i.ExceptionId)?.From, "its first day"))],
    };

    internal override void Decide(Deciding d) => Exceptions.End(d, this);
}

/// <summary>Its end was corrected, or it was taken back (<paramref name="EndedOn"/> null).</summary>
public sealed record ExceptionEnded(string ExceptionId, string Reason, DateOnly? EndedOn = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("exceptionEnded", "Its end was corrected, or it was taken back (endedOn null).")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Exceptions = Change(state.Exceptions, x => x.Id == ExceptionId, x => EndedOn is { } end ? x with { To = end } : x with { TakenBack = true }),
    };

    public override string Tell(Telling telling) => EndedOn is { } end ? $"The exception ({telling.OfException(ExceptionId)}) ended on {Day(end)}." : $"The exception ({telling.OfException(ExceptionId)}) was taken back.";

    public override string? Note() => Reason;
}
