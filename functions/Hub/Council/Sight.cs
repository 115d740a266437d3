using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>With which eyes a caller sees one assessment.</summary>
public enum Sight
{
    /// <summary>Not at all: to this caller it does not exist.</summary>
    None,

    /// <summary>Everything.</summary>
    Council,

    /// <summary>The family's own assessment.</summary>
    Family,

    /// <summary>What this agency was asked.</summary>
    Agency,

    /// <summary>Where it stands, without the child.</summary>
    Operations,
}

/// <summary>Who sees what.</summary>
public static class Sights
{
    /// <summary>With which eyes <paramref name="caller"/> sees the assessment.</summary>
    public static Sight Of(Caller caller, AssessmentState state) => caller.Role switch
    {
        _ when state.Facts is null => Sight.None,
        CallerRole.CouncilOfficer => caller.Council == state.Id.Council ? Sight.Council : Sight.None,
        CallerRole.Agency => AgencyStanding.Of(state, caller.Agency!.Value).WasAsked ? Sight.Agency : Sight.None,
        CallerRole.Family => caller.Assessment == state.Id ? Sight.Family : Sight.None,
        _ => caller.Council is null || caller.Council == state.Id.Council ? Sight.Operations : Sight.None,
    };
}

/// <summary>What one agency has to do with an assessment.</summary>
/// <param name="Requests">Requests for advice made to it.</param>
/// <param name="Existing">Existing advice that it is said to have given.</param>
/// <param name="Consulted">Its consultation as an institution that may be named.</param>
/// <param name="AgreesSectionG">It is the responsible commissioning body, and there is a plan whose section G it must agree (reg 12(2)).</param>
public sealed record AgencyStanding(
    IReadOnlyList<AdviceRequest> Requests,
    IReadOnlyList<ExistingAdvice> Existing,
    ConsultedInstitution? Consulted,
    bool AgreesSectionG)
{
    /// <summary>It was asked for something, so it may see the assessment. Being told that one is considered (reg 4(2)) is not being asked.</summary>
    public bool WasAsked => Requests.Count > 0 || Existing.Count > 0 || Consulted is not null || AgreesSectionG;

    /// <summary>
    /// It still has something to answer or may be asked about its answer, so it needs the child's details. Once every request has been
    /// withdrawn or declined it has no further use for them.
    /// </summary>
    public bool NeedsChild => Requests.Any(r => r.IsOpen || r.Status == RequestStatus.Received) || Consulted is not null || AgreesSectionG
        || Existing.Any(e => e.RefusedBy is null);

    /// <summary>What <paramref name="agency"/> has to do with the assessment.</summary>
    public static AgencyStanding Of(AssessmentState state, AgencyId agency) => new(
        [.. state.Requests.Where(r => r.Agency?.Id == agency)],
        [.. state.Existing.Where(e => e.Agency.Id == agency)],
        state.Institutions.FirstOrDefault(i => i.Institution.Id == agency),
        state.Facts?.Icb.Id == agency && state.Plans.Count > 0);
}
