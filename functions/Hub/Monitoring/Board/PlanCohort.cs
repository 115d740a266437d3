using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>Progress of the plan for a phase transfer: the last step that was taken.</summary>
public enum TransferStep
{
    /// <summary>The transfer is expected because of age and school, but nobody has confirmed it.</summary>
    ToConfirm,

    /// <summary>The transfer is recorded, but no step has been taken yet.</summary>
    Recorded,

    /// <summary>The family was asked which school or college it prefers.</summary>
    PreferenceAsked,

    /// <summary>An institution was consulted on the proposed amendments.</summary>
    Consulted,

    /// <summary>The new place is named, but the plan that names it has not been sent.</summary>
    Placed,

    /// <summary>The plan that names the place was sent to the family and the institution.</summary>
    PlanSent,
}

/// <summary>A phase transfer in a case.</summary>
/// <param name="Transfer">The phase transfer.</param>
/// <param name="Year">Calendar year of the transfer.</param>
/// <param name="Step">Progress of the transfer.</param>
/// <param name="Due">The last day for sending the plan that names the new place, or null if there is none.</param>
public sealed record CohortTransfer(TransferOfPhase Transfer, int Year, TransferStep Step, DateOnly? Due)
{
    /// <summary>Whether the last day has passed without the plan being sent.</summary>
    public bool IsLate(DateOnly today) => Step != TransferStep.PlanSent && Due < today;
}

/// <summary>
/// The details that the list of phase transfers needs about a child with a plan. The details change only when the case changes.
/// </summary>
/// <param name="ReceptionYear">Year in which the child normally starts reception, in September.</param>
/// <param name="At">The school or setting that the plan names, or otherwise the setting known when the case was opened.</param>
/// <param name="Transfer">The last recorded transfer.</param>
public sealed record PlanCohort(int ReceptionYear, AgencyId? At, CohortTransfer? Transfer)
{
    /// <summary>Derives these details from a case, or returns null if no plan is maintained.</summary>
    internal static PlanCohort? Of(AssessmentState state, DateOnly today, Rules rules, SharedStrings words)
    {
        if (!MaintainedPlan.IsMaintainedHere(state) || state.Facts is not { } facts)
        {
            return null;
        }

        return new PlanCohort(
            Age.SchoolYear(today) - Age.YearGroup(facts.Child.DateOfBirth, today),
            (state.Placement?.Institution ?? facts.Setting)?.Id is { } at ? words.Of(at) : null,
            PhaseTransfers.Current(state) is { } transfer ? new CohortTransfer(transfer.Transfer, transfer.On.Year, StepOf(state, transfer), DueOf(state, today, rules)) : null);
    }

    private static TransferStep StepOf(AssessmentState state, PhaseTransfer transfer) =>
        PhaseTransfers.SentOn(state) is not null ? TransferStep.PlanSent
        : PhaseTransfers.HasTransferPlacement(state) ? TransferStep.Placed
        : state.Amendments is [.., { Outcome: null }] && PhaseTransfers.Consulted(state).Any() ? TransferStep.Consulted
        : PhaseTransfers.AskedOn(state, transfer) is not null ? TransferStep.PreferenceAsked
        : TransferStep.Recorded;

    private static DateOnly? DueOf(AssessmentState state, DateOnly today, Rules rules) => Limits.Of(state, today, rules)
        .FirstOrDefault(one => one.Limit.Rule.Starts is StartEvent.PhaseTransferPost16 or StartEvent.PhaseTransferSchool or StartEvent.Post16Move)?.Limit.Due;
}
