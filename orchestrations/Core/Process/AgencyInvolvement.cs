using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How one agency is involved in an assessment.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Requests">Requests for advice made to the agency.</param>
/// <param name="Existing">Existing advice attributed to the agency.</param>
/// <param name="Consulted">The consultation of the agency as an institution that may be named in the plan.</param>
/// <param name="AgreesSectionG">Whether the agency is the responsible commissioning body and there is a plan whose section G it must agree (reg
/// 12(2)).</param>
public sealed record AgencyInvolvement(
    AgencyId Agency,
    IReadOnlyList<AdviceRequest> Requests,
    IReadOnlyList<ExistingAdvice> Existing,
    ConsultedInstitution? Consulted,
    bool AgreesSectionG)
{
    /// <summary>
    /// Whether the agency was asked for something and can therefore see the assessment. An agency that was only told that an assessment is being
    /// considered (reg 4(2)) was not asked for anything.
    /// </summary>
    public bool WasAsked => Requests.Count > 0 || Existing.Count > 0 || Consulted is not null || AgreesSectionG;

    /// <summary>
    /// Whether the agency needs the child's details, because it still has a request to answer or can be asked about its answer. Once every
    /// request has been withdrawn or declined, the agency no longer needs the child's details. An agency that sent an unsolicited
    /// assessment is not given the child's details.
    /// </summary>
    public bool MaySeeChild => Requests.Any(r => r.IsOpen || r.Status == RequestStatus.Received) || Consulted is not null || AgreesSectionG
        || Existing.Any(e => e.RefusedBy is null && !e.WasPushed);

    /// <summary>How the given agency is involved in the assessment.</summary>
    public static AgencyInvolvement Of(AssessmentState state, AgencyId agency) => new(
        agency,
        [.. state.Requests.Where(r => r.Agency?.Id == agency)],
        [.. state.Existing.Where(e => e.Agency.Id == agency && e.IsVisibleToAuthor)],
        state.Institutions.FirstOrDefault(i => i.Institution.Id == agency),
        state.Facts?.Icb.Id == agency && state.Plans.Count > 0);

    /// <summary>Refuses an agency's step about a request that was made to another agency, as if the request did not exist.</summary>
    internal SenderFault? MustHave(string requestId) => Requests.Any(r => r.Id == requestId) ? null : SenderFault.NotFound("request");
}
