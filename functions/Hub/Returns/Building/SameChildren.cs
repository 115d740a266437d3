using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>
/// Groups the cases of each child, so that no child is in a return twice. Cases belong to the same child if they have the same UPN or ULN,
/// or the same name and date of birth with at most one UPN known under that name, or if an officer recorded that they are about the same
/// child, for instance after a change of surname. Two children who share a name and date of birth but have different numbers are treated as
/// different children.
/// </summary>
internal sealed class SameChildren
{
    private readonly List<(AssessmentId Case, string? Upn, string? Uln, string Name, AssessmentId? Earlier)> all = [];

    internal void Add(AssessmentState state) => all.Add((
        state.Id, state.Facts!.Child.Upn?.Value, state.ChildFacts?.Uln?.Value, NameKey(state.Facts.Child),
        state.Facts.EarlierCase is { Answer: EarlierCaseAnswer.SameChild } decided ? decided.Case : null));

    /// <summary>The cases of each child, in the order in which each child's first case was added.</summary>
    internal IEnumerable<List<AssessmentId>> Each()
    {
        var upnOfUln = Only(all.Where(one => one.Uln is not null), one => one.Uln!, one => one.Upn);
        var numberOfName = Only(all, one => one.Name, one => Number(one.Upn, one.Uln, upnOfUln));
        var keys = all.ToDictionary(one => one.Case, one => Number(one.Upn, one.Uln, upnOfUln) ?? numberOfName.GetValueOrDefault(one.Name) ?? one.Name);

        // If an officer recorded that two cases are about the same child, the key of one case leads to the key of the other.
        var joined = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            if (one.Earlier is { } earlier && keys.TryGetValue(earlier, out var key) && Last(keys[one.Case]) is var own && Last(key) is var other && own != other)
            {
                joined[own] = other;
            }
        }

        var children = new Dictionary<string, List<AssessmentId>>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            var key = Last(keys[one.Case]);
            (children.TryGetValue(key, out var cases) ? cases : children[key] = []).Add(one.Case);
        }

        return children.Values;

        string Last(string key)
        {
            while (joined.TryGetValue(key, out var next))
            {
                key = next;
            }

            return key;
        }
    }

    private static string? Number(string? upn, string? uln, Dictionary<string, string> upnOfUln) => upn ?? (uln is null ? null : upnOfUln.GetValueOrDefault(uln) ?? uln);

    /// <summary>The value of each key for which exactly one value is known. Keys with no known value, or with several, are left out.</summary>
    private static Dictionary<string, string> Only<T>(IEnumerable<T> of, Func<T, string> key, Func<T, string?> value) => of
        .Select(one => (Key: key(one), Value: value(one))).Where(one => one.Value is not null).Distinct().GroupBy(one => one.Key, StringComparer.Ordinal)
        .Where(same => !same.Skip(1).Any()).ToDictionary(same => same.Key, same => same.First().Value!, StringComparer.Ordinal);

    private static string NameKey(Child child) => $"{child.FamilyName}/{child.GivenName}/{child.DateOfBirth:yyyyMMdd}".ToUpperInvariant();
}
