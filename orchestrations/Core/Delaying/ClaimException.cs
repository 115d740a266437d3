using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Claim an exception, which gives relief from time limits but never changes a last day.</summary>
/// <param name="ExceptionId">Id of the exception, chosen by the sender and unique in the assessment.</param>
/// <param name="Ground">The ground.</param>
/// <param name="From">First day of the exception, inclusive.</param>
/// <param name="To">Last day of the exception, inclusive.</param>
/// <param name="Evidence">Evidence for the exception.</param>
/// <param name="WhyImpractical">Why the cause made it impractical to meet the limit (the causal test).</param>
public sealed record ClaimException(string ExceptionId, Ground Ground, DateOnly From, DateOnly To, string Evidence, string WhyImpractical) : AssessmentInput, IStep<ClaimException>
{
    public static StepDefinition<ClaimException> Definition { get; } = new("claim-exception", "Claim a statutory exception")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 5(4), 8(2), 10(4), 13(3)",
        Example = """
            {
              "exceptionId": "summer-closure",
              "ground": "schoolClosed",
              "from": "2026-07-22",
              "to": "2026-09-01",
              "evidence": "Term dates of the school",
              "whyImpractical": "The head could not be asked while the school was closed."
            }
            """,
        Days = x => [
            x.Planned("From", "The exception's first day", i => i.From, Dates<ClaimException>.InForce),
            x.Planned(
                "To", "The exception's last day", i => i.To,
                (_, i) => new(i.From, "the exception's first day"),
                (s, _) => DatedFacts.Request(s)),
        ],
    };

    internal override void Decide(Deciding d) => Exceptions.Claim(d, this);
}

/// <summary>An exception was claimed.</summary>
public sealed record ExceptionClaimed(ClaimedException Exception) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("exceptionClaimed", "An exception was claimed.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Exceptions = With(state.Exceptions, Exception) };

    public override string Describe(TimelineContext context) => $"An exception was claimed from {Day(Exception.From)} to {Day(Exception.To)}: {Of(Exception.Ground)}. The last days of limits do not change.";

    public override string? Note() => Exception.WhyImpractical;

    public override void Introduce(TimelineContext context) => context.Introduce(Exception);
}
