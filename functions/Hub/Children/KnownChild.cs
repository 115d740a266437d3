using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Children;

/// <summary>The child of one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Version">The version of the case from which the child was read.</param>
/// <param name="Child">The child's details, as currently recorded in the case.</param>
/// <param name="Name">Given and family name, in lower case and without accents, for a search.</param>
/// <param name="School">The name of the school or setting, also in lower case and without accents; empty if there is none.</param>
/// <param name="RestrictedTo">The only people of its council who may see the case; empty if it is not restricted.</param>
/// <param name="IsOpen">Whether the case has not ended.</param>
internal sealed record KnownChild(AssessmentId Case, long Version, Child Child, string Name, string School, IReadOnlyList<string> RestrictedTo, bool IsOpen)
{
    /// <summary>The child of a case that was opened.</summary>
    /// <param name="state">The case.</param>
    /// <param name="facts">The facts recorded when the case was opened.</param>
    /// <param name="before">The child as read from an earlier version of the case, whose details are reused if they have not changed; null
    /// if there is none.</param>
    internal static KnownChild Of(AssessmentState state, OpeningFacts facts, KnownChild? before)
    {
        var school = SearchWords.Folded(facts.Setting?.Name ?? "");
        return before?.Child == facts.Child && before.School == school
            ? before with { Version = state.Version, RestrictedTo = state.RestrictedTo, IsOpen = !state.Stage.HasEnded() }
            : new KnownChild(
                state.Id, state.Version, facts.Child, SearchWords.Folded($"{facts.Child.GivenName} {facts.Child.FamilyName}"), string.Intern(school),
                state.RestrictedTo, !state.Stage.HasEnded());
    }

    /// <summary>Whether the case belongs to this council.</summary>
    internal bool IsOf(LocalAuthorityCode council) => Case.Value.StartsWith(council.Value, StringComparison.Ordinal);

    /// <summary>Whether this officer of the council may see the case.</summary>
    internal bool IsOpenTo(string reader) => RestrictedTo.Count == 0 || RestrictedTo.Contains(reader, StringComparer.Ordinal);
}
