using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Derives from an assessment the summary that is shown in lists.</summary>
public static class Summaries
{
    /// <summary>The summary of an assessment in this state.</summary>
    public static AssessmentSummary Of(AssessmentState state, DateTimeOffset now, Rules rules) => Of(state, now, rules, null);

    /// <param name="state">The state of the assessment.</param>
    /// <param name="now">The current time.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="limits">The limits of the assessment, if the caller has already calculated them.</param>
    internal static AssessmentSummary Of(AssessmentState state, DateTimeOffset now, Rules rules, IReadOnlyList<Limit>? limits)
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
                AnswersAwaited = 0,
            };
        }

        var today = LondonDate.Of(now);
        limits ??= Limits.All(state, rules);
        var wait = StatusLine.WaitOf(state, today, rules, limits);
        var later = StatusLine.ChangesOn(state, today, limits) is { } day ? (Day: day, Wait: StatusLine.WaitOf(state, day, rules, limits)) : ((DateOnly Day, Wait Wait)?)null;
        var answerable = state.Requests.Where(r => r.Agency is not null && r.Status != RequestStatus.Withdrawn && AdviceRounds.MayBeAnswered(state, r)).ToList();
        return new AssessmentSummary
        {
            Id = state.Id,
            Version = state.Version,
            Stage = state.Stage,
            ReceivedOn = state.Facts.ReceivedOn,
            CaseOfficer = state.CaseOfficer,
            RestrictedTo = state.RestrictedTo,
            WaitingFor = wait.For,
            WaitingSince = wait.Since,
            WaitingDue = wait.Due,
            Later = later is { } then ? new FutureWait(then.Day, then.Wait.For, then.Wait.Since, then.Wait.Due) : null,
            FinalPlanDue = wait.FinalPlanDue,
            Agencies = Asked(state),
            Attention = state.Attention.Count,
            AnswersAwaited = answerable.Count(r => r.IsAwaited),
            LastAskedOn = answerable.Count == 0 ? null : answerable.Max(r => r.SentAgainOn > r.RequestedOn ? r.SentAgainOn.Value : r.RequestedOn),
        };
    }

    /// <summary>
    /// The agencies that were asked for something. The responsible commissioning body is included once there is a plan whose section G it must
    /// agree (reg 12(2)). An agency that was only notified that an assessment is being considered (reg 4(2)) is left out.
    /// </summary>
    private static List<AgencyId> Asked(AssessmentState state)
    {
        var asked = new List<AgencyId>(state.Requests.Count + state.Existing.Count + state.Institutions.Count + 1);
        foreach (var request in state.Requests)
        {
            Add(request.Agency?.Id);
        }

        foreach (var existing in state.Existing)
        {
            Add(existing.IsVisibleToAuthor ? existing.Agency.Id : null);
        }

        foreach (var consulted in state.Institutions)
        {
            Add(consulted.Institution.Id);
        }

        Add(state.Plans.Count > 0 ? state.Facts!.Icb.Id : null);
        return asked;

        void Add(AgencyId? agency)
        {
            if (agency is { } id && !asked.Contains(id))
            {
                asked.Add(id);
            }
        }
    }
}
