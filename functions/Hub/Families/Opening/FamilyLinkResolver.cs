using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Families.Opening;

/// <summary>
/// Finds the case that a family's link opens. Access is denied by default. A link opens one case for one person until the link's last day,
/// unless it is revoked. Supporters and professionals have no family pages.
/// </summary>
public sealed class FamilyLinkResolver(IAssessmentStore store, FamilyTokens tokens, RuleBook rules, InstitutionRegister schools, TimeProvider time)
{
    /// <summary>The case that a link opens, or null if the link opens none.</summary>
    public async Task<OpenedCase?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (tokens.Read(token) is not { } named || !rules.Serves(named.Assessment.Council))
        {
            return null;
        }

        var state = (await store.LoadAsync(named.Assessment, cancellationToken)).State;
        var today = LondonDate.Of(time.GetUtcNow());
        return state.Facts is not null
            && state.FamilyLinks.FirstOrDefault(l => l.Id == named.LinkId) is { Revoked: false } link && link.ExpiresOn >= today
            && IsOfFamily(state, link.Person) && FamilyPeople.ContactOf(state, link.Person) is { } contact
                ? new OpenedCase(state, link, contact, $"/family/{token}", rules.For(state.Id), today) { Schools = await schools.CurrentAsync(cancellationToken) }
                : null;
    }

    private static bool IsOfFamily(AssessmentState state, string? person) =>
        person is null || state.People.Any(p => p.Id == person && (p.ParentalResponsibility || p.Role == PersonRole.YoungPerson));
}
