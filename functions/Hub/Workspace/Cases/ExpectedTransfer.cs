using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// Whether a child is expected to change phase in the September of a year: by the school year that the date of birth gives, and, where the register
/// of schools was imported, by the age up to which the school teaches. It is a proposal: an officer confirms it, or records that the child stays.
/// </summary>
internal static class ExpectedTransfer
{
    // Children who enter reception turn five in that school year, so they were four at the end of the August before.
    private const int AgeBeforeReception = 4;

    /// <summary>The transfer of that year, on record or expected; null where there is none.</summary>
    internal static CohortTransfer? Of(PlanCohort cohort, int year, LoadedRegister? schools)
    {
        if (cohort.Transfer is { } known && known.Year == year)
        {
            return known.Transfer == TransferOfPhase.Stays ? null : known;
        }

        var group = year - cohort.ReceptionYear;
        var teachesTo = schools is not null && cohort.At is { } at ? schools.Find(at)?.ToAge : null;
        return Usual(group, teachesTo) is { } transfer ? new CohortTransfer(transfer, year, TransferStep.ToConfirm, null) : null;
    }

    /// <summary>The transfer into a year group, from a school that teaches up to an age; null where the child can stay at the school, or nothing else is known.</summary>
    private static TransferOfPhase? Usual(int group, int? teachesTo)
    {
        var leaves = teachesTo <= group + AgeBeforeReception;
        return group switch
        {
            0 => TransferOfPhase.EarlyYearsToSchool,
            >= 1 and <= 3 when leaves => TransferOfPhase.InfantToJunior,
            >= 4 and <= 6 when leaves => TransferOfPhase.PrimaryToMiddle,
            7 when leaves || teachesTo is null => TransferOfPhase.PrimaryToSecondary,
            >= 8 and <= 10 when leaves => TransferOfPhase.MiddleToSecondary,

            // A sixth form is not a post-16 institution, and many leave it out: it is asked of everybody.
            12 => TransferOfPhase.SecondaryToPost16,
            _ => null,
        };
    }
}
