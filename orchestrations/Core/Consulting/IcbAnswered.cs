using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The ICB agreed or did not agree to section G of a version of the plan.</summary>
public sealed record IcbAnswered(int Version, bool Agreed, string AgreedBy, DateOnly On, string? Reasons = null, int? Edits = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("icbAnswered", "The ICB agreed or did not agree to section G of a version of the plan.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { IcbAnswer = new IcbAnswer(Version, Agreed, AgreedBy, On, Reasons, Edits) };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"The ICB {(Agreed ? "agreed" : "did not agree")} to section G of version {Version} on {Day(On)}.");

    public override string? Note() => Reasons;

    /// <summary>The fact that records an answer of the ICB.</summary>
    internal static IcbAnswered With(IcbAnswer answer) => new(answer.Version, answer.Agreed, answer.AgreedBy, answer.On, answer.Reasons, answer.Edits);
}
