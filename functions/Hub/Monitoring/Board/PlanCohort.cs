using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>How far the plan for a transfer of phase has come: the last of these that was done.</summary>
public enum TransferStep
{
    /// <summary>The transfer is expected by age and school; nobody has confirmed it.</summary>
    ToConfirm,

    /// <summary>The transfer is on record; nothing has been done about it yet.</summary>
    Recorded,

    /// <summary>The family was asked for its preference.</summary>
    PreferenceAsked,

    /// <summary>An institution was consulted on the proposed amendments.</summary>
    Consulted,

    /// <summary>The place after the transfer is named; the plan that says so has not been sent.</summary>
    Placed,

    /// <summary>The plan that names it was sent to the family and the institution.</summary>
    PlanSent,
}

/// <summary>A transfer of phase of a case.</summary>
/// <param name="Transfer">Which.</param>
/// <param name="Year">Its calendar year.</param>
/// <param name="Step">How far it has come.</param>
/// <param name="Due">The last day for the plan that names the place; null where none is set.</param>
public sealed record CohortTransfer(TransferOfPhase Transfer, int Year, TransferStep Step, DateOnly? Due)
{
    /// <summary>The day has passed and the plan was not sent.</summary>
    public bool IsLate(DateOnly today) => Step != TransferStep.PlanSent && Due < today;
}

/// <summary>What the list of transfers of phase must know of a child with a plan. It changes only when the case does.</summary>
/// <param name="ReceptionYear">Year in whose September the child enters reception, where nobody was kept back or moved up.</param>
/// <param name="At">The school or setting that the plan names, else the one known from the opening.</param>
/// <param name="Transfer">The last transfer on record.</param>
public sealed record PlanCohort(int ReceptionYear, AgencyId? At, CohortTransfer? Transfer)
{
    /// <summary>Derives it; null where no plan is maintained.</summary>
    internal static PlanCohort? Of(AssessmentState state, DateOnly today, Rules rules, SharedWords words)
    {
        if (!MaintainedPlan.IsHere(state) || state.Facts is not { } facts)
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
        : PhaseTransfers.IsPlaced(state) ? TransferStep.Placed
        : state.Amendments is [.., { Outcome: null }] && PhaseTransfers.Consulted(state).Any() ? TransferStep.Consulted
        : PhaseTransfers.AskedOn(state, transfer) is not null ? TransferStep.PreferenceAsked
        : TransferStep.Recorded;

    private static DateOnly? DueOf(AssessmentState state, DateOnly today, Rules rules) => Limits.Of(state, today, rules)
        .FirstOrDefault(one => one.Limit.Rule.Starts is StartEvent.PhaseTransferPost16 or StartEvent.PhaseTransferSchool or StartEvent.Post16Move)?.Limit.Due;
}
