using IntegrationHub.Contracts.Plans;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record the next phase transfer, or that there is none.</summary>
/// <param name="Transfer">From which phase to which.</param>
/// <param name="On">First day of the new phase.</param>
/// <param name="PreferenceAskedOn">Day on which the family was asked which institution it prefers.</param>
/// <param name="Preference">What the family prefers, in the family's words.</param>
/// <param name="Reasons">Why the child stays.</param>
public sealed record RecordPhaseTransfer(TransferOfPhase Transfer, DateOnly On, DateOnly? PreferenceAskedOn = null, string? Preference = null, string? Reasons = null)
    : AssessmentInput, IStep<RecordPhaseTransfer>
{
    public static StepDefinition<RecordPhaseTransfer> Definition { get; } = new("record-phase-transfer", "Record the phase transfer, or that there is none")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 18",
        Example = """{ "transfer": "primaryToSecondary", "on": "2027-09-01" }""",
        Days = x =>
        [
            x.Planned("On", "The first day of the new phase", i => i.On, (s, _) => DatedFacts.Request(s)),
            x.Past("PreferenceAskedOn", "The day on which the family was asked", i => i.PreferenceAskedOn, (s, _) => DatedFacts.Request(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        var before = PhaseTransfers.Current(d.State);
        var replaced = PhaseTransferRecorded.Replaced(d.State, On);
        var transfer = new PhaseTransfer(Transfer, On, PreferenceAskedOn, Preference, Reasons, replaced?.Version, replaced?.Letter, replaced?.Answers);
        if (!MaintainedPlan.Require(d, "Recording a phase transfer")
            || !d.Require(!(On.Year < before?.On.Year) || (On >= d.Today && before.Version is null), "transfer-over", "A transfer in a later year is already recorded.")
            || !d.Require((Transfer == TransferOfPhase.Stays) == !string.IsNullOrWhiteSpace(Reasons), "reasons-unclear", "Give the reasons if the child stays, and only then.")
            || !(Reasons is null || InputChecks.Text(d, Reasons, "Why the child stays"))
            || !d.Require(Preference is null || PhaseTransfers.AskedOn(d.State, transfer) is not null, "day-missing", "Say on which day the family was asked.")
            || !(Preference is null || InputChecks.Text(d, Preference, "What the family prefers"))
            || !d.Require(transfer != before, "nothing-changed", "This step would change nothing."))
        {
            return;
        }

        d.Happened(new PhaseTransferRecorded(Transfer, On, PreferenceAskedOn, Preference, Reasons));

        // The plan in force can already name the new place. A place only proposed to the family, or that the child has left, is not in
        // force.
        if (d.State.NewestPlan is { } plan && PlacementIn(plan).SequenceEqual(PlacementIn(Drafting.Assemble(d, PlanKind.AmendedFinal))))
        {
            TransferPlanMade.Note(d, plan.Version);
        }
    }

    private static IEnumerable<string> PlacementIn(PlanDocument plan) => plan.Section(PlanSectionLetter.I).Lines.Select(line => line.Text);
}

/// <summary>A phase transfer was recorded, or the fact that there is none. The record replaces any other record for the same year, and a
/// record for a later year for which no plan was made, because that year was a mistake.</summary>
/// <param name="Transfer">From which phase to which.</param>
/// <param name="On">First day of the new phase.</param>
/// <param name="PreferenceAskedOn">Day on which the family was asked which institution it prefers.</param>
/// <param name="Preference">What the family prefers.</param>
/// <param name="Reasons">Why the child stays.</param>
public sealed record PhaseTransferRecorded(TransferOfPhase Transfer, DateOnly On, DateOnly? PreferenceAskedOn = null, string? Preference = null, string? Reasons = null)
    : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("phaseTransferRecorded", "A phase transfer was recorded, or the fact that there is none.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state)
    {
        var replaced = Replaced(state, On);
        return state with
        {
            PhaseTransfers =
            [
                .. state.PhaseTransfers.Where(one => one.On.Year != On.Year && one != replaced),
                new PhaseTransfer(Transfer, On, PreferenceAskedOn, Preference, Reasons, replaced?.Version, replaced?.Letter, replaced?.Answers),
            ],
        };
    }

    public override string Describe(TimelineContext context) => Transfer == TransferOfPhase.Stays
        ? FormattableString.Invariant($"There is no phase transfer in {On.Year}, because the child stays.")
        : $"The transfer {Words.Of(Transfer)} is planned for {Day(On)}.{(PreferenceAskedOn is { } asked ? $" The family was asked on {Day(asked)} which institution it prefers." : "")}";

    public override string? Note() => Preference ?? Reasons;

    /// <summary>The record that a record of a transfer on this day replaces, or null if there is none.</summary>
    internal static PhaseTransfer? Replaced(AssessmentState state, DateOnly on) => state.PhaseTransfers.FirstOrDefault(one => one.On.Year == on.Year)
        ?? (PhaseTransfers.Current(state) is { Version: null } current && current.On.Year > on.Year ? current : null);
}
