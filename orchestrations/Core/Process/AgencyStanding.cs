using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The part that one agency has in an assessment.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Requests">Requests for advice made to it.</param>
/// <param name="Existing">Existing advice attributed to it.</param>
/// <param name="Consulted">Its consultation as an institution that may be named.</param>
/// <param name="AgreesSectionG">Whether it is the responsible commissioning body and there is a plan whose section G it must agree (reg
/// 12(2)).</param>
public sealed record AgencyStanding(
    AgencyId Agency,
    IReadOnlyList<AdviceRequest> Requests,
    IReadOnlyList<ExistingAdvice> Existing,
    ConsultedInstitution? Consulted,
    bool AgreesSectionG)
{
    /// <summary>
    /// Whether it was asked for something, so that it may see the assessment. Being told that an assessment is considered (reg 4(2)) does
    /// not count as being asked.
    /// </summary>
    public bool WasAsked => Requests.Count > 0 || Existing.Count > 0 || Consulted is not null || AgreesSectionG;

    /// <summary>
    /// Whether it still has something to answer, or may be asked about its answer, so that it needs the child's details. Once every request has been
    /// withdrawn or declined it has no further use for them. For an unsolicited assessment that it pushed it is not given the child's details.
    /// </summary>
    public bool NeedsChild => Requests.Any(r => r.IsOpen || r.Status == RequestStatus.Received) || Consulted is not null || AgreesSectionG
        || Existing.Any(e => e.RefusedBy is null && !e.WasPushed);

    /// <summary>The part that <paramref name="agency"/> has in the assessment.</summary>
    public static AgencyStanding Of(AssessmentState state, AgencyId agency) => new(
        agency,
        [.. state.Requests.Where(r => r.Agency?.Id == agency)],
        [.. state.Existing.Where(e => e.Agency.Id == agency && e.LetsAuthorSee)],
        state.Institutions.FirstOrDefault(i => i.Institution.Id == agency),
        state.Facts?.Icb.Id == agency && state.Plans.Count > 0);

    /// <summary>For a step about one request: a request made to somebody else does not exist for an agency.</summary>
    internal SenderFault? MustHave(string requestId) => Requests.Any(r => r.Id == requestId) ? null : SenderFault.NotThere("request");
}
