using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the cause did not end on the claimed day, or that the claim is withdrawn (<paramref name="EndedOn"/> is
/// null).</summary>
public sealed record EndException(string ExceptionId, string Reason, DateOnly? EndedOn = null) : AssessmentInput, IStep<EndException>
{
    public static StepDefinition<EndException> Definition { get; } = new("end-exception", "Correct the end of an exception, or withdraw the claim")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 5(4), 8(2), 10(4), 13(3)",
        Example = """
            { "exceptionId": "summer-closure", "endedOn": "2026-08-30", "reason": "The school opened early." }
            """,
        Days = x => [x.Planned(
            "EndedOn", "The exception's last day", i => i.EndedOn,
            (s, i) => new(s.Exceptions.FirstOrDefault(e => e.Id == i.ExceptionId)?.From, "the exception's first day"))],
    };

    internal override void Decide(Deciding d) => Exceptions.End(d, this);
}

/// <summary>The end of an exception was corrected, or the claim was withdrawn (<paramref name="EndedOn"/> is null).</summary>
public sealed record ExceptionEnded(string ExceptionId, string Reason, DateOnly? EndedOn = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("exceptionEnded", "The end of an exception was corrected, or the claim was withdrawn (endedOn is null).")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Exceptions = Change(state.Exceptions, x => x.Id == ExceptionId, x => EndedOn is { } end ? x with { To = end } : x with { TakenBack = true }),
    };

    public override string Describe(TimelineContext context) => EndedOn is { } end ? $"The exception ({context.OfException(ExceptionId)}) ended on {Day(end)}." : $"The exception ({context.OfException(ExceptionId)}) was withdrawn.";

    public override string? Note() => Reason;
}
