using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Derives what the lists show.</summary>
internal static class Summaries
{
    internal static AssessmentSummary Of(AssessmentState state, DateTimeOffset now, Rules rules)
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
            Agencies = [.. state.Requests.Select(r => r.Agency?.Id).OfType<Contracts.Identifiers.AgencyId>().Concat(state.Institutions.Select(i => i.Institution.Id)).Append(state.Facts.Icb.Id).Distinct()],
            Attention = state.Attention.Count,
        };
    }
}
