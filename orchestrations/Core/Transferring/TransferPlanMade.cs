namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A version of the plan names the place after the phase transfer. The time limit is met once this version has been
/// sent.</summary>
/// <param name="Version">The version.</param>
public sealed record TransferPlanMade(int Version) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("transferPlanMade", "A version of the plan names the place after the phase transfer.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    /// <summary>For each transfer, records only the first plan that names the place, so that a later amendment does not make that plan
    /// late.</summary>
    internal static void Note(Deciding d, int version)
    {
        if (PhaseTransfers.HasTransferPlacement(d.State) && PhaseTransfers.Current(d.State) is { Version: null })
        {
            d.Happened(new TransferPlanMade(version));
        }
    }

    public override AssessmentState Apply(AssessmentState state) => state with { PhaseTransfers = [.. state.PhaseTransfers.SkipLast(1), state.PhaseTransfers[^1] with { Version = Version }] };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"Version {Version} of the plan names the place after the phase transfer.");
}
