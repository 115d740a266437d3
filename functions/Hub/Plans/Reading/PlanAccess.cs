using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>
/// Decides which versions of the plan and which documents of advice a caller is allowed to read. If a caller asks for a version or document
/// that the caller is not allowed to read, the answer is the same as if it did not exist.
/// </summary>
internal static class PlanAccess
{
    /// <summary>The versions that the caller is allowed to read, in order.</summary>
    internal static IReadOnlyList<PlanVersion> Versions(Caller caller, AssessmentState state) => CaseVisibilities.Of(caller, state) switch
    {
        CaseVisibility.Council => state.Plans,
        // A draft is internal to the council until it is served (reg 13(1)); the family can read a finalised plan immediately (reg 14),
        // unless the request was withdrawn before the plan was sent, because that plan was not made.
        CaseVisibility.Family => [.. state.Plans.Where(p => (p.Kind != PlanKind.Draft && state.Stage != Stage.Withdrawn) || state.Notices.Any(n => n.To == RecipientRole.Family && n.PlanVersion == p.Version && n.SentOn is not null))],
        _ when caller is { Role: CallerRole.Agency, Agency: { } agency } && state.Facts is not null =>
            [.. state.Plans.Where(p => p.Kind != PlanKind.Draft && state.Notices.Any(n => n.Agency?.Id == agency && n.PlanVersion == p.Version && MayReadUnder(n, agency, state)))],
        _ => [],
    };

    /// <summary>
    /// Whether an agency is allowed to read the version of the plan that a notice sends to it. An ICB that has become responsible must
    /// arrange section G from its first day, so it can read the plan before the letter arrives (reg 16, CFA 2014 s42(3)). The previous ICB is
    /// allowed to read what it was sent while it was responsible, but nothing newer.
    /// </summary>
    private static bool MayReadUnder(Notice notice, AgencyId agency, AssessmentState state)
    {
        var isResponsible = state.Facts!.Icb.Id == agency;
        return notice.Kind switch
        {
            NoticeKind.IcbChanged when isResponsible && state.IcbChange?.Now.Id == agency => true,
            NoticeKind.IcbChanged or NoticeKind.FinalPlan or NoticeKind.AmendedPlan or NoticeKind.PlanToBeAmended or NoticeKind.PlanKeptInDetention or NoticeKind.PlanAfterRelease =>
                notice is { EndedOn: null, SentOn: { } sent } && (notice.To != RecipientRole.Icb || isResponsible || !(sent >= state.IcbChange?.On)),
            _ => false,
        };
    }

    /// <summary>
    /// Whether the caller is allowed to request plans of this assessment at all. An agency that has been sent the final plan is allowed to
    /// request it, even if the agency was never asked for advice.
    /// </summary>
    internal static bool MayAsk(Caller caller, AssessmentState state) => CaseVisibilities.Of(caller, state) != CaseVisibility.None || Versions(caller, state).Count > 0;

    /// <summary>Whether the caller is allowed to read the document with this hash.</summary>
    internal static bool MayReadAttachment(Caller caller, AssessmentState state, string sha256)
    {
        bool In(IEnumerable<ReceivedAdvice> advice) => advice.Any(a => a.Content.Attachments.Any(d => d.Sha256 == sha256));

        bool InEvidence() => FamilyEvidence.DocumentsOf(state).Any(d => d.Sha256 == sha256);

        return CaseVisibilities.Of(caller, state) switch
        {
            CaseVisibility.Council => true,
            // The draft is sent with the advice on which it is based (reg 13(1)(a) with Code 9.77); before that, the family can read only
            // its own documents. A family's token belongs to the first contact; other members of the family have links of their own.
            CaseVisibility.Family when state.FamilyEvidence.Any(e => e.Person is null && e.Documents.Any(d => d.Sha256 == sha256)) => true,
            CaseVisibility.Family => In(state.Notices.Any(n => n is { To: RecipientRole.Family, PlanVersion: not null, SentOn: not null })
                ? state.Advice.Where(a => a is { RetractedOn: null, Person: null })
                : state.Advice.Where(a => a is { Agency: null, Person: null })),
            // An agency that is asked for advice can read the family's representations and evidence (reg 6(3)), but only until the request
            // has ended, because it then no longer needs them.
            CaseVisibility.Agency => In(state.Advice.Where(a => a.Agency?.Id == caller.Agency))
                || (AgencyInvolvement.Of(state, caller.Agency!.Value).Requests.Any(r => r.Review is null && (r.IsOpen || r.Status == RequestStatus.Received)) && InEvidence()),
            _ => false,
        };
    }
}
