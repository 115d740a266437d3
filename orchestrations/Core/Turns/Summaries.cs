using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Derives what the lists show.</summary>
public static class Summaries
{
    /// <summary>The summary of a state.</summary>
    public static AssessmentSummary Of(AssessmentState state, DateTimeOffset now, Rules rules)
    {
        if (state.Facts is null)
        {
            return new AssessmentSummary
            {
                Id = state.Id,
                Version = state.Version,
                Stage = state.Stage,
                ReceivedOn = LondonDate.Of(now),
                FinalPlanDue = LondonDate.Of(now),
                WaitingFor = "",
                Agencies = [],
                Attention = 0,
            };
        }

        var wait = StatusLine.WaitOf(state, LondonDate.Of(now), rules);
        return new AssessmentSummary
        {
            Id = state.Id,
            Version = state.Version,
            Stage = state.Stage,
            ReceivedOn = state.Facts.ReceivedOn,
            CaseOfficer = state.CaseOfficer,
            WaitingFor = wait.For,
            WaitingSince = wait.Since,
            WaitingDue = wait.Due,
            FinalPlanDue = wait.FinalPlanDue,
            Agencies = [.. Asked(state).Distinct()],
            Attention = state.Attention.Count,
        };
    }

    /// <summary>
    /// Those who were asked for something. The responsible commissioning body is one of them once there is a plan whose section G it
    /// must agree (reg 12(2)); being told that an assessment is considered (reg 4(2)) is not being asked.
    /// </summary>
    private static IEnumerable<AgencyId> Asked(AssessmentState state) =>
    [
        .. state.Requests.Select(r => r.Agency?.Id).OfType<AgencyId>(),
        .. state.Existing.Select(e => e.Agency.Id),
        .. state.Institutions.Select(i => i.Institution.Id),
        .. state.Plans.Count > 0 ? [state.Facts!.Icb.Id] : Array.Empty<AgencyId>(),
    ];
}
