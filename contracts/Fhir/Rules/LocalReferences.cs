using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Rules;

// Both rules about references inside a resource need the whole resource, so they are checked only after the whole resource has been read.
// The two CheckedRule objects below contain only the rules' texts, and always report success.
/// <summary>
/// Checks the references inside one resource. Every <c>#id</c> must refer to a contained resource, and every contained resource must be
/// referred to.
/// </summary>
internal sealed class LocalReferences
{
    internal static readonly CheckedRule Resolves = CheckedRule.For<ResourceReference>(
        "ref-1", "A reference that begins with # must refer to a contained resource.", (ResourceReference _) => true);

    internal static readonly CheckedRule Used = CheckedRule.For<DomainResource>(
        "dom-3", "A contained resource must be referred to by the resource that contains it, or must refer to that resource.", (DomainResource _) => true);

    private readonly HashSet<string> contained = new(StringComparer.Ordinal);
    private readonly HashSet<string> pointed = new(StringComparer.Ordinal);
    private readonly HashSet<string> pointsToContainer = new(StringComparer.Ordinal);
    private readonly HashSet<string> references = new(StringComparer.Ordinal);
    private string? inside;

    internal void Enter(DomainResource resource, bool isContained)
    {
        inside = isContained ? resource.Id ?? "" : inside;
        foreach (var child in resource.Contained)
        {
            contained.Add(child.Id ?? "");
        }
    }

    internal void Note(Base element)
    {
        var text = element switch
        {
            ResourceReference reference => reference.Reference,
            Canonical canonical => canonical.Value,
            FhirUri uri => uri.Value,
            FhirUrl url => url.Value,
            _ => null,
        };
        if (text is not ['#', ..])
        {
            return;
        }

        if (text.Length == 1)
        {
            pointsToContainer.Add(inside ?? "");
            return;
        }

        pointed.Add(text[1..]);
        if (element is ResourceReference)
        {
            references.Add(text[1..]);
        }
    }

    internal IEnumerable<FhirProblem> Leave(string path)
    {
        if (references.Any(id => !contained.Contains(id)))
        {
            yield return new FhirProblem(path, Resolves.Text, Resolves.Code) { Rule = Resolves.Id };
        }

        if (contained.Any(id => !pointed.Contains(id) && !pointsToContainer.Contains(id)))
        {
            yield return new FhirProblem($"{path}.contained", Used.Text, Used.Code) { Rule = Used.Id };
        }
    }
}
