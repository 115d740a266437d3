using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The version was stored under a name at which nothing can be replaced.</summary>
/// <param name="Version">The version.</param>
/// <param name="Where">The name.</param>
/// <param name="ManifestHash">Hash of its entry in the manifest, which chains all versions: it reveals a manifest that was rewritten as a whole.</param>
public sealed record PlanKept(int Version, string Where, string? ManifestHash = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planKept", "The version was stored under a name at which nothing can be replaced; the hash is that of its entry in the manifest.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Plans = Change(state.Plans, p => p.Version == Version, p => p with { KeptAt = Where, ManifestHash = ManifestHash }) };

    public override string Tell(Telling telling) => FormattableString.Invariant($"Version {Version} of the plan was stored.");
}
