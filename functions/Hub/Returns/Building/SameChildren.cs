using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>
/// Groups the cases of each child, so that no child is in a return twice. Cases belong to the same child if they have the same UPN or ULN,
/// or the same name and date of birth with at most one UPN known under that name, or if an officer recorded that they are about the same
/// child, for instance after a change of surname. Two children who share a name and date of birth but have different numbers are treated as
/// different children, and so are children of whom an officer recorded that one is not the other, for instance namesakes without a number.
/// </summary>
internal sealed class SameChildren
{
    private readonly List<(AssessmentId Case, string? Upn, string? Uln, string Name, EarlierCaseDecision? Earlier)> all = [];

    internal void Add(AssessmentState state) => all.Add((
        state.Id, state.Facts!.Child.Upn?.Value, state.ChildFacts?.Uln?.Value, NameKey(state.Facts.Child),
        state.Facts.EarlierCase));

    /// <summary>The cases of each child, in the order in which each child's first case was added.</summary>
    internal IEnumerable<List<AssessmentId>> Each()
    {
        var upnOfUln = Only(all.Where(one => one.Uln is not null), one => one.Uln!, one => one.Upn);
        var apart = Apart(upnOfUln);
        var numberOfName = Only(all.Where(one => !apart.ContainsKey(one.Case)), one => one.Name, one => Number(one.Upn, one.Uln, upnOfUln));
        var keys = all.ToDictionary(one => one.Case, one => apart.GetValueOrDefault(one.Case) ?? Number(one.Upn, one.Uln, upnOfUln) ?? numberOfName.GetValueOrDefault(one.Name) ?? one.Name);

        // If an officer recorded that two cases are about the same child, the key of one case leads to the key of the other.
        var joined = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            if (one.Earlier is { Answer: EarlierCaseAnswer.SameChild, Case: { } earlier } && keys.TryGetValue(earlier, out var key) && Last(keys[one.Case]) is var own && Last(key) is var other && own != other)
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

    /// <summary>The cases that have the UPN or ULN of a case of another child, because an officer recorded that they are about two children.</summary>
    /// <param name="children">The cases of each child.</param>
    internal HashSet<AssessmentId> SharingNumber(IEnumerable<List<AssessmentId>> children)
    {
        var childOf = children.SelectMany((cases, child) => cases.Select(one => (one, child))).ToDictionary(pair => pair.one, pair => pair.child);
        return [.. Of(one => one.Upn).Concat(Of(one => one.Uln))];

        IEnumerable<AssessmentId> Of(Func<(AssessmentId Case, string? Upn, string? Uln, string Name, EarlierCaseDecision? Earlier), string?> number) =>
            all.Where(one => number(one) is not null).GroupBy(number, StringComparer.Ordinal)
                .Where(same => same.Select(one => childOf[one.Case]).Distinct().Skip(1).Any()).SelectMany(same => same.Select(one => one.Case));
    }

    /// <summary>
    /// The keys of cases of which an officer recorded that they are about another child than an earlier case, so the name does not say whose they
    /// are: the child's own number or, if there is none or the named earlier case has the same number, the id of the case. A later case of the
    /// same name that an officer joined to such a case goes with it.
    /// </summary>
    private Dictionary<AssessmentId, string> Apart(Dictionary<string, string> upnOfUln)
    {
        var byId = all.ToDictionary(one => one.Case);
        var apart = new Dictionary<AssessmentId, string>();
        foreach (var one in all)
        {
            // A decision about a named case of another name, such as a twin's, does not say that the name belongs to several children.
            var number = Number(one.Upn, one.Uln, upnOfUln);
            if (one.Earlier is { Answer: EarlierCaseAnswer.AnotherChild } decided)
            {
                var earlier = decided.Case is { } named && byId.TryGetValue(named, out var known) ? known : default;
                var hasSameNumber = number is not null && number == Number(earlier.Upn, earlier.Uln, upnOfUln);
                if (earlier.Name is null || earlier.Name == one.Name || hasSameNumber)
                {
                    apart[one.Case] = hasSameNumber ? one.Case.Value : number ?? one.Case.Value;
                }
            }
        }

        bool hasMore;
        do
        {
            hasMore = false;
            foreach (var one in all)
            {
                if (one.Earlier is { Answer: EarlierCaseAnswer.SameChild, Case: { } earlier } && apart.ContainsKey(earlier) && byId[earlier].Name == one.Name)
                {
                    hasMore |= apart.TryAdd(one.Case, Number(one.Upn, one.Uln, upnOfUln) ?? one.Case.Value);
                }
            }
        }
        while (hasMore);
        return apart;
    }

    private static string? Number(string? upn, string? uln, Dictionary<string, string> upnOfUln) => upn ?? (uln is null ? null : upnOfUln.GetValueOrDefault(uln) ?? uln);

    /// <summary>The value of each key for which exactly one value is known. Keys with no known value, or with several, are left out.</summary>
    private static Dictionary<string, string> Only<T>(IEnumerable<T> of, Func<T, string> key, Func<T, string?> value) => of
        .Select(one => (Key: key(one), Value: value(one))).Where(one => one.Value is not null).Distinct().GroupBy(one => one.Key, StringComparer.Ordinal)
        .Where(same => !same.Skip(1).Any()).ToDictionary(same => same.Key, same => same.First().Value!, StringComparer.Ordinal);

    private static string NameKey(Child child) => $"{child.FamilyName}/{child.GivenName}/{child.DateOfBirth:yyyyMMdd}".ToUpperInvariant();
}
