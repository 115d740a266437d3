using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Council;

/// <summary>Makes the view that a caller may have. Each view is put together from named members: what is not named here is not shown.</summary>
internal static class ViewMaking
{
    internal static AssessmentView Of(
        Caller caller, Sight sight, AssessmentState state, string status, IReadOnlyList<LimitView> limits, IReadOnlyList<EffectRecord> effects) => sight switch
        {
            Sight.Council => new CouncilView { Id = state.Id, Version = state.Version, Stage = state.Stage, Status = status, Limits = limits, State = state },
            Sight.Family => Family(state, status, limits),
            Sight.Agency => Agency(state, caller.Agency!.Value, status, limits),
            _ => new OperationsView
            {
                Id = state.Id,
                Version = state.Version,
                Stage = state.Stage,
                Status = status,
                Limits = limits,
                Asked = Asked(state),
                Attention = state.Attention,
                Effects = Effects(effects),
            },
        };

    internal static IReadOnlyList<EffectView> Effects(IReadOnlyList<EffectRecord> effects) =>
        [.. effects.Select(e => new EffectView(e.Effect.Id, e.Effect.Effect, e.CreatedAt, e.Attempts, e.End, e.LastDetail, e.NextAt))];

    internal static bool IsOfRequests(LimitView limit, IEnumerable<AdviceRequest> requests) => requests.Any(r => limit.Key == $"advice:{r.Id}");

    private static FamilyView Family(AssessmentState state, string status, IReadOnlyList<LimitView> limits)
    {
        var plan = state.NewestPlan is { } newest && state.Notices.Any(n => n.To == RecipientRole.Family && n.PlanVersion == newest.Version && n.SentOn is not null)
            ? newest
            : null;
        var served = state.Notices.Any(n => n is { To: RecipientRole.Family, PlanVersion: not null, SentOn: not null });
        return new FamilyView
        {
            Id = state.Id,
            Version = state.Version,
            Stage = state.Stage,
            Status = status,
            Limits = limits,
            Facts = state.Facts!,
            CaseOfficer = state.CaseOfficer,
            KeyWorker = state.KeyWorker,
            AssessDecision = state.AssessDecision,
            PlanDecision = state.PlanDecision,
            Notices = [.. state.Notices.Where(n => n.To == RecipientRole.Family)],
            Asked = Asked(state),
            Wishes = state.Wishes,
            Existing = state.Existing,
            Exceptions = state.Exceptions,

            // With the draft goes the advice it rests on (reg 12(4), Code 9.77); before it the family sees what it gave itself.
            Advice = [.. state.Advice.Where(a => !a.Returned && (served || a.Kind == AdviceKind.FamilyViews))],
            Plan = plan,
            Representations = state.Representations,
            MeetingAskedOn = state.MeetingAskedOn,
            MeetingHeldOn = state.MeetingHeldOn,
            Budget = state.Budget,
        };
    }

    private static AgencyView Agency(AssessmentState state, AgencyId agency, string status, IReadOnlyList<LimitView> limits)
    {
        var standing = AgencyStanding.Of(state, agency);
        var facts = state.Facts!;
        return new AgencyView
        {
            Id = state.Id,
            Version = state.Version,
            Stage = state.Stage,
            Status = status,
            Child = !standing.NeedsChild ? null : new ChildForAdviser
            {
                Child = facts.Child,
                FamilyName = facts.Family.Name,
                FamilyRelationship = facts.Family.Relationship,
                SettingKind = facts.SettingKind,
                Setting = facts.Setting,
                SensoryImpairment = facts.SensoryImpairment,
            },
            Requests = standing.Requests,
            Limits = [.. limits.Where(l => IsOfRequests(l, standing.Requests))],
            Advice = [.. state.Advice.Where(a => a.Agency?.Id == agency)],
            Existing = standing.Existing,
            Consulted = standing.Consulted,
            SectionG = standing.AgreesSectionG ? [.. state.NewestPlan?.Section(PlanSectionLetter.G).Lines.Select(l => l.Text) ?? []] : null,
        };
    }

    private static IReadOnlyList<AskedAdviser> Asked(AssessmentState state) =>
        [.. state.Requests.Select(r => new AskedAdviser(r.Id, Words.Of(r.Kind), r.Agency, r.RequestedOn, r.Status, r.StatusOn))];
}
