using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// Gives the checks of a plan the children whose names must not appear in it: those of the council's other cases, including ended and
/// restricted ones. No finding repeats a name, so nobody learns about a case from it.
/// </summary>
public sealed class ChildrenInPlans(KnownChildren children)
{
    /// <summary>
    /// Children of the council's other cases whose given name appears somewhere in the plan. The checks could not find any of the others,
    /// and a council has thousands.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="said">Free text that goes with the plan; null where there is none.</param>
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
