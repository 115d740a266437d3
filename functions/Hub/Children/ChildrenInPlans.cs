using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// Gives the checks of plans and letters a list of the children whose names must not appear: the children of the council's other cases, including
/// ended and restricted cases. No finding repeats a name, so a finding discloses nothing about a case.
/// </summary>
public sealed class ChildrenInPlans(KnownChildren children)
{
    /// <summary>
    /// Children of the council's other cases whose given name appears somewhere in the plan. Children with other given names are left out,
    /// because the checks could not find these names in the plan and a council has thousands of children.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="said">Texts by the officer that are sent with the plan, or null if there are none.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async ValueTask<IReadOnlyList<OtherChild>> OthersAsync(PlanDocument plan, IReadOnlyList<string>? said, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var words = plan.Sections.SelectMany(section => section.Lines)
            .SelectMany(line => new[] { line.Text, line.Who, line.HowOften, line.HowLong, line.Note, line.Attachment?.FileName })
            .Concat(said ?? [])
            .SelectMany(text => SearchWords.Runs(text ?? "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return await OthersAsync(words, plan.Assessment, cancellationToken);
    }

    /// <summary>Children of the council's other cases whose given name appears in a text that somebody wrote.</summary>
    /// <param name="said">The text to check.</param>
    /// <param name="own">The case in which the text was written.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public ValueTask<IReadOnlyList<OtherChild>> OthersAsync(IReadOnlyList<string> said, AssessmentId own, CancellationToken cancellationToken) =>
        OthersAsync(said.SelectMany(SearchWords.Runs).ToHashSet(StringComparer.OrdinalIgnoreCase), own, cancellationToken);

    private async ValueTask<IReadOnlyList<OtherChild>> OthersAsync(HashSet<string> words, AssessmentId own, CancellationToken cancellationToken) =>
    [
        .. (await children.GivenAsync(words, own.Council, cancellationToken))
            .Where(known => known.Case != own && SearchWords.Runs(known.Child.GivenName).All(words.Contains))
            .Select(known => new OtherChild(known.Child.GivenName, known.Child.FamilyName)).Distinct(),
    ];
}
