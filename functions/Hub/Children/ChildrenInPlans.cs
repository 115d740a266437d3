using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// Gives the checks of a plan the children whose names must not stand in it: those of the council's other cases, ended ones and restricted
/// ones too. No finding repeats a name, so nobody learns of a case by it.
/// </summary>
public sealed class ChildrenInPlans(KnownChildren children)
{
    /// <summary>
    /// Children of the other cases of the plan's council whose given name stands somewhere in it. Of all others the checks could find
    /// nothing, and a council has thousands.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="said">What goes with it in somebody's own words; null: nothing.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async ValueTask<IReadOnlyList<OtherChild>> OthersAsync(PlanDocument plan, IReadOnlyList<string>? said, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var words = plan.Sections.SelectMany(section => section.Lines)
            .SelectMany(line => new[] { line.Text, line.Who, line.HowOften, line.HowLong, line.Note, line.Attachment?.FileName })
            .Concat(said ?? [])
            .SelectMany(text => SearchWords.Runs(text ?? "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. (await children.GivenAsync(words, plan.Assessment.Council, cancellationToken))
                .Where(known => known.Case != plan.Assessment && SearchWords.Runs(known.Child.GivenName).All(words.Contains))
                .Select(known => new OtherChild(known.Child.GivenName, known.Child.FamilyName)).Distinct(),
        ];
    }
}
