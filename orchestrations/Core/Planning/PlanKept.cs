using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A version of the plan was stored under a name that cannot be overwritten.</summary>
/// <param name="Version">The version.</param>
/// <param name="Where">The name under which the version is stored.</param>
/// <param name="ManifestHash">Hash of the version's entry in the manifest, a chain of all versions. The hash shows if the
/// whole manifest was rewritten.</param>
public sealed record PlanKept(int Version, string Where, string? ManifestHash = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planKept", "A version of the plan was stored under a name that cannot be overwritten. The hash covers the version's entry in the manifest.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Plans = Change(state.Plans, p => p.Version == Version, p => p with { KeptAt = Where, ManifestHash = ManifestHash }) };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"Version {Version} of the plan was stored.");
}
