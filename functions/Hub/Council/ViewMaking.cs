using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using RecipientRole = IntegrationHub.Orchestrations.Assessments.RecipientRole;
using Words = IntegrationHub.Orchestrations.Assessments.Words;

namespace IntegrationHub.Functions.Council;

/// <summary>Makes the view for a caller. Each view lists the members that it shows, so a member that is not listed here is not
/// shown.</summary>
internal static class ViewMaking
{
    internal static CaseView Of(
        Caller caller, CaseVisibility visibility, AssessmentState state, string status, IReadOnlyList<LimitView> limits, IReadOnlyList<EffectRecord> effects) => visibility switch
        {
            CaseVisibility.Council => new CouncilCase { Id = state.Id, Version = state.Version, Stage = ApiShapes.Of(state.Stage), Status = status, Limits = Shown(limits), State = ApiShapes.Of(state) },
            CaseVisibility.Family => Family(state, status, limits),
            CaseVisibility.Agency => Agency(state, caller.Agency!.Value, status, limits),
            _ => Operations(state, status, limits, effects),
        };

    internal static IReadOnlyList<CaseEffect> Effects(IReadOnlyList<EffectRecord> effects) =>
        [.. effects.Select(ApiShapes.Of)];

    internal static bool IsOfRequests(LimitView limit, IEnumerable<IntegrationHub.Orchestrations.Advice.AdviceRequest> requests) => requests.Any(r => limit.Key == $"advice:{r.Id}");

    internal static CaseListItem ListItem(AssessmentSummary listed, Caller caller, DateOnly today)
    {
        var summary = listed.On(today);
        var waits = !caller.IsOperations || OperationsView.ShowsWait(listed, today);
        return new CaseListItem
        {
            Id = summary.Id,
            Version = summary.Version,
            Stage = ApiShapes.Of(summary.Stage),
            Status = caller.IsOperations ? OperationsView.Status(listed, today) : StatusLine.Of(summary.Stage, summary.WaitingFor, summary.WaitingSince, summary.WaitingDue, today),
            ReceivedOn = summary.ReceivedOn,
            FinalPlanDue = summary.FinalPlanDue,
            WaitingDue = waits ? summary.WaitingDue : null,
            Overdue = waits && summary.WaitingDue < today,
            CaseOfficer = caller.IsOperations ? null : summary.CaseOfficer,
            // The list does not say why an agency takes part, so only officers are shown the agencies.
            Agencies = caller.Role == CallerRole.CouncilOfficer ? summary.Agencies : null,
            Attention = caller.Role == CallerRole.CouncilOfficer || caller.IsOperations ? summary.Attention : null,
        };
    }

    private static OperationsCase Operations(AssessmentState state, string status, IReadOnlyList<LimitView> limits, IReadOnlyList<EffectRecord> effects)
    {
        var sight = OperationsSight.Of(state);
        return new OperationsCase
        {
            Id = state.Id,
            Version = state.Version,
            Stage = ApiShapes.Of(state.Stage),
            Status = status,
            Limits = Shown(limits),
            Asked = [.. Asked(state).Select(asked => asked.Agency is { } agency && sight.Hides(agency.Id) ? asked with { Agency = null } : asked)],
            Attention = [.. sight.Shown(state).Attention.Select(ApiShapes.Of)],
            Effects = OperationsView.Effects(state, effects),
        };
    }

    private static FamilyCase Family(AssessmentState state, string status, IReadOnlyList<LimitView> limits)
    {
        var plan = state.NewestPlan is { } newest && (newest.Kind == PlanKind.AmendedFinal || state.Notices.Any(n => n.To == RecipientRole.Family && n.PlanVersion == newest.Version && n.SentOn is not null))
            ? newest
            : null;
        var served = state.Notices.Any(n => n is { To: RecipientRole.Family, PlanVersion: not null, SentOn: not null });
        return new FamilyCase
        {
            Id = state.Id,
            Version = state.Version,
            Stage = ApiShapes.Of(state.Stage),
            Status = status,
            Limits = Shown(limits),

            // The family does not learn of another case, for example a twin's, because that case does not concern this family.
            Facts = ApiShapes.Of(state.Facts! with { EarlierCase = null }),
            CaseOfficer = state.CaseOfficer,
            KeyWorker = state.KeyWorker,
            AssessDecision = state.AssessDecision is { } assess ? ApiShapes.Of(assess) : null,
            PlanDecision = state.PlanDecision is { } decided ? ApiShapes.Of(decided) : null,
            // Notices to other members of the family are private to those members, including the fact that a notice was sent.
            Notices = [.. state.Notices.Where(n => n is { To: RecipientRole.Family, Person: null }).Select(ApiShapes.Of)],
            Asked = Asked(state),
            Wishes = [.. state.Wishes.Select(ApiShapes.Of)],
            Existing = [.. state.Existing.Select(ApiShapes.Of)],
            Exceptions = [.. state.Exceptions.Select(ApiShapes.Of)],

            // The draft is sent with the advice on which it is based (reg 12(4), Code 9.77); before that, the only advice
            // that the family sees is its own views. What another member of the family wrote stays private to that member.
            Advice = [.. state.Advice.Where(a => a is { Counts: true, Person: null } && (served || a.Kind == AdviceKind.FamilyViews)).Select(ApiShapes.Of)],
            Plan = plan,

            // A family's token belongs to the first contact, and what another member of the family said is private to that member.
            Representations = [.. state.Representations.Where(r => r.Person is null).Select(ApiShapes.Of)],
            MeetingAskedOn = state.MeetingAskedOn,
            MeetingHeldOn = state.MeetingHeldOn,
            Budget = state.Budget is { } budget ? ApiShapes.Of(budget) : null,
        };
    }

    private static AgencyCase Agency(AssessmentState state, AgencyId agency, string status, IReadOnlyList<LimitView> limits)
    {
        var standing = AgencyInvolvement.Of(state, agency);
        var facts = state.Facts!;
        return new AgencyCase
        {
            Id = state.Id,
            Version = state.Version,
            Stage = ApiShapes.Of(state.Stage),
            Status = status,
            Child = !standing.MaySeeChild ? null : new ChildForAdviser
            {
                Child = facts.Child,
                FamilyName = facts.Family.Name,
                FamilyRelationship = facts.Family.Relationship,
                SettingKind = ApiShapes.Of(facts.SettingKind),
                Setting = facts.Setting,
                SensoryImpairment = ApiShapes.Of(facts.SensoryImpairment),
            },
            Requests = [.. standing.Requests.Select(ApiShapes.Of)],
            Limits = Shown(limits.Where(l => IsOfRequests(l, standing.Requests))),
            Advice = [.. state.Advice.Where(a => a.Agency?.Id == agency).Select(ApiShapes.Of)],
            Existing = [.. standing.Existing.Select(ApiShapes.Of)],
            Consulted = standing.Consulted is { } consulted ? ApiShapes.Of(consulted) : null,
            SectionG = standing.AgreesSectionG ? [.. state.NewestPlan?.Section(PlanSectionLetter.G).Lines.Select(l => l.Text) ?? []] : null,
        };
    }

    private static IReadOnlyList<AskedAdviser> Asked(AssessmentState state) =>
        [
        .. state.Requests.Select(r => new AskedAdviser
        {
            Id = r.Id,
            Kind = Words.Of(r),
            Agency = r.Agency,
            RequestedOn = r.RequestedOn,
            Status = ApiShapes.Of(r.Status),
            StatusOn = r.StatusOn,
            NotSentOn = r.NotSentOn,
            SentByOtherMeansOn = r.SentByOtherMeansOn,
        }),
    ];

    private static IReadOnlyList<Limit> Shown(IEnumerable<LimitView> limits) => [.. limits.Select(ApiShapes.Of)];
}
