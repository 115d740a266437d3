using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>
/// All rules that the hub checks itself, and a single pass that checks a resource and everything in it (contained resources and a Bundle's
/// entries).
/// </summary>
public static class CheckedRules
{
    /// <summary>All rules, as listed in the CapabilityStatement.</summary>
    public static IReadOnlyList<CheckedRule> All { get; } =
        [.. BundleRules.All, .. ResourceRules.All, .. QuestionnaireRules.All, .. ElementRules.All, LocalReferences.Resolves, LocalReferences.Used];

    private static readonly Dictionary<Type, CheckedRule[]> ByType =
        All.GroupBy(rule => rule.Type).ToDictionary(rules => rules.Key, rules => rules.ToArray());

    private static readonly CheckedRule[] OnDomainResources = [.. All.Where(rule => rule.Type == typeof(DomainResource))];

    /// <summary>
    /// All breaches of the rules in a resource; empty if it keeps all rules. The resource must have been read strictly.
    /// </summary>
    public static IReadOnlyList<FhirProblem> Check(Resource resource)
    {
        var problems = new List<FhirProblem>();
        Walk(resource, new Step(null, resource.TypeName, -1), null, problems);
        return problems;
    }

    private static void Walk(Base element, Step at, LocalReferences? locals, List<FhirProblem> problems)
    {
        if (ByType.TryGetValue(element.GetType(), out var rules))
        {
            Run(rules, element, at, problems);
        }

        var own = locals;
        if (element is DomainResource resource)
        {
            Run(OnDomainResources, element, at, problems);
            own = at.IsContained ? locals : new LocalReferences();
            own?.Enter(resource, at.IsContained);
        }

        own?.Note(element);
        foreach (var (name, child) in element.EnumerateElements())
        {
            if (child is Base single)
            {
                Walk(single, new Step(at, name, -1), own, problems);
            }
            else if (child is IEnumerable<Base> list)
            {
                var index = 0;
                foreach (var item in list)
                {
                    Walk(item, new Step(at, name, index++), own, problems);
                }
            }
        }

        if (element is DomainResource && !at.IsContained && own is not null)
        {
            problems.AddRange(own.Leave(at.ToString()));
        }
    }

    private static void Run(CheckedRule[] rules, Base element, Step at, List<FhirProblem> problems)
    {
        foreach (var rule in rules)
        {
            if (rule.FindBreach(element) is { } below)
            {
                var path = at.ToString();
                problems.Add(new FhirProblem(below.Length == 0 ? path : $"{path}.{below}", rule.Text, rule.Code) { Rule = rule.Id });
            }
        }
    }

    // The path to an element is written as text only if a breach in that element must be reported.
    private sealed record Step(Step? Parent, string Name, int Index)
    {
        internal bool IsContained => Parent is not null && Name == "contained";

        public override string ToString()
        {
            var name = Index < 0 ? Name : $"{Name}[{Index}]";
            return Parent is null ? name : $"{Parent}.{name}";
        }
    }
}
