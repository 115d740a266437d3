using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>
/// Applies to FHIR callers the rule by which the HTTP API decides who is allowed to see an assessment. The case's access log has one entry
/// for each interaction that shows a child.
/// </summary>
public sealed class AssessmentVisibility(IAssessmentStore store, RuleBook rules, TimeProvider time, IAccessLog? log = null) : IFhirVisibility
{
    private const string CouncilPrefix = "la:";

    /// <inheritdoc/>
    public async ValueTask<FhirVisibility> OfAsync(FhirCaller caller, AssessmentId assessment, CancellationToken cancellationToken)
    {
        if (!rules.Serves(assessment.Council) || CallerOf(caller) is not { } who)
        {
            return FhirVisibility.None;
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        var visibility = CaseVisibilities.Of(who, state) switch
        {
            CaseVisibility.Council => new FhirVisibility(true, true, state.Facts?.Child),
            CaseVisibility.Agency when AgencyInvolvement.Of(state, who.Agency!.Value).MaySeeChild => new FhirVisibility(true, true, state.Facts?.Child),
            CaseVisibility.Agency => FhirVisibility.WithoutChild,
            _ => FhirVisibility.None,
        };
        if (visibility.ShowsChild && log is not null)
        {
            await log.WriteAsync([new CaseReading(assessment, time.GetUtcNow(), who.Subject, RoleNames.Of(who.Role), "API: FHIR")], cancellationToken);
        }

        return visibility;
    }

    /// <inheritdoc/>
    public async ValueTask<Child?> ChildAsync(AssessmentId assessment, CancellationToken cancellationToken) =>
        rules.Serves(assessment.Council) ? (await store.LoadAsync(assessment, cancellationToken)).State.Facts?.Child : null;

    // A reader's key is an agency's id, or "la:" followed by a council's code (HubFhirCallers).
    private static Caller? CallerOf(FhirCaller caller) =>
        caller.Key.StartsWith(CouncilPrefix, StringComparison.Ordinal) && LocalAuthorityCode.TryParse(caller.Key[CouncilPrefix.Length..], out var council, out _)
            ? new Caller { Role = CallerRole.CouncilOfficer, Subject = caller.Person ?? caller.Key, Council = council }
            : AgencyId.TryParse(caller.Key, out var agency, out _) ? new Caller { Role = CallerRole.Agency, Subject = caller.Person ?? caller.Key, Agency = agency } : null;
}
