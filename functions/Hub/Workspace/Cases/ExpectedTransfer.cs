using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// Works out whether a child is expected to change phase of education in September of a given year. Whether a transfer is expected depends on
/// the child's school year (from the date of birth) and, if the register of schools was imported, on the age up to which the school
/// teaches. The result is only a proposal: an officer confirms the transfer or records that the child stays at the school.
/// </summary>
internal static class ExpectedTransfer
{
    // Children turn five during their reception year, so they are four at the end of the August before it.
    private const int AgeBeforeReception = 4;

    /// <summary>The transfer in the given year, recorded or expected, or null if there is none.</summary>
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

    /// <summary>
    /// The transfer into a year group, from a school that teaches up to a given age; null if the child can stay at the school, or if nothing is
    /// known about the school.
    /// </summary>
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

            // A sixth form is not a post-16 institution, and many children leave before the sixth form, so a transfer at 16 is expected for
            // every child.
            12 => TransferOfPhase.SecondaryToPost16,
            _ => null,
        };
    }
}
