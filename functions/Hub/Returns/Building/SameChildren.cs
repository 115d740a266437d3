using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>
/// Groups the cases of each child, so that no child is in a return twice. Cases belong to the same child if they have the same UPN or ULN,
/// or the same name and date of birth with at most one UPN known under that name. Two children who share a name and date of birth but have
/// different numbers are treated as different children.
/// </summary>
internal sealed class SameChildren
{
    private readonly List<(AssessmentId Case, string? Upn, string? Uln, string Name)> all = [];

    internal void Add(AssessmentState state) => all.Add((state.Id, state.Facts!.Child.Upn?.Value, state.ChildFacts?.Uln?.Value, NameKey(state.Facts.Child)));

    /// <summary>The cases of each child, in the order in which each child's first case was added.</summary>
    internal IEnumerable<List<AssessmentId>> Each()
    {
        var upnOfUln = Only(all.Where(one => one.Uln is not null), one => one.Uln!, one => one.Upn);
        var numberOfName = Only(all, one => one.Name, one => Number(one.Upn, one.Uln, upnOfUln));
        var children = new Dictionary<string, List<AssessmentId>>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            var key = Number(one.Upn, one.Uln, upnOfUln) ?? numberOfName.GetValueOrDefault(one.Name) ?? one.Name;
            (children.TryGetValue(key, out var cases) ? cases : children[key] = []).Add(one.Case);
        }

        return children.Values;
    }

    private static string? Number(string? upn, string? uln, Dictionary<string, string> upnOfUln) => upn ?? (uln is null ? null : upnOfUln.GetValueOrDefault(uln) ?? uln);

    /// <summary>The value of each key for which exactly one value is known. Keys with no known value, or with several, are left out.</summary>
    private static Dictionary<string, string> Only<T>(IEnumerable<T> of, Func<T, string> key, Func<T, string?> value) => of
        .Select(one => (Key: key(one), Value: value(one))).Where(one => one.Value is not null).Distinct().GroupBy(one => one.Key, StringComparer.Ordinal)
        .Where(same => !same.Skip(1).Any()).ToDictionary(same => same.Key, same => same.First().Value!, StringComparer.Ordinal);

    private static string NameKey(Child child) => $"{child.FamilyName}/{child.GivenName}/{child.DateOfBirth:yyyyMMdd}".ToUpperInvariant();
}
