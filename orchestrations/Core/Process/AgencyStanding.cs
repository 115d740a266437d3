using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What one agency has to do with an assessment.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Requests">Requests for advice made to it.</param>
/// <param name="Existing">Existing advice that it is said to have given.</param>
/// <param name="Consulted">Its consultation as an institution that may be named.</param>
/// <param name="AgreesSectionG">It is the responsible commissioning body, and there is a plan whose section G it must agree (reg 12(2)).</param>
public sealed record AgencyStanding(
    AgencyId Agency,
    IReadOnlyList<AdviceRequest> Requests,
    IReadOnlyList<ExistingAdvice> Existing,
    ConsultedInstitution? Consulted,
    bool AgreesSectionG)
{
    /// <summary>It was asked for something, so it may see the assessment. Being told that one is considered (reg 4(2)) is not being asked.</summary>
    public bool WasAsked => Requests.Count > 0 || Existing.Count > 0 || Consulted is not null || AgreesSectionG;

    /// <summary>
    /// It still has something to answer or may be asked about its answer, so it needs the child's details. Once every request has been
    /// withdrawn or declined it has no further use for them. What it pushed it sent without being asked: for that it is told nothing of the child.
    /// </summary>
    public bool NeedsChild => Requests.Any(r => r.IsOpen || r.Status == RequestStatus.Received) || Consulted is not null || AgreesSectionG
        || Existing.Any(e => e.RefusedBy is null && !e.WasPushed);

    /// <summary>What <paramref name="agency"/> has to do with the assessment.</summary>
    public static AgencyStanding Of(AssessmentState state, AgencyId agency) => new(
        agency,
        [.. state.Requests.Where(r => r.Agency?.Id == agency)],
        [.. state.Existing.Where(e => e.Agency.Id == agency && e.LetsAuthorSee)],
        state.Institutions.FirstOrDefault(i => i.Institution.Id == agency),
        state.Facts?.Icb.Id == agency && state.Plans.Count > 0);

    /// <summary>For a step about one request: to an agency, a request that was made to somebody else does not exist.</summary>
    internal SenderFault? MustHave(string requestId) => Requests.Any(r => r.Id == requestId) ? null : SenderFault.NotThere("request");
}
