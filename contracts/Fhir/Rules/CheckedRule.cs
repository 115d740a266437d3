using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>
/// A rule that the hub checks itself, because the SDK does not. An invariant of FHIR R4 has its FHIR id; ids of the hub's own rules begin
/// with <c>hub-</c>.
/// </summary>
/// <param name="Id">Short unique id.</param>
/// <param name="On">The FHIR type to which the rule applies.</param>
/// <param name="Text">The rule as a sentence, for people and for the CapabilityStatement.</param>
public sealed record CheckedRule(string Id, string On, string Text)
{
    /// <summary>The issue type used to report a breach.</summary>
    public OperationOutcome.IssueType Code { get; init; } = OperationOutcome.IssueType.Invariant;

    /// <summary>
    /// Checks an element: returns null if it keeps the rule. Otherwise returns the path from the element to the breach, or "" if the breach
    /// is in the element itself.
    /// </summary>
    internal Func<Base, string?> FindBreach { get; init; } = _ => null;

    internal Type Type { get; init; } = typeof(Base);

    internal static CheckedRule For<T>(string id, string text, Func<T, string?> broken)
        where T : Base => new(id, ModelInfo.GetFhirTypeNameForType(typeof(T)) ?? typeof(T).Name, text)
        {
            Type = typeof(T),
            FindBreach = element => broken((T)element),
        };

    internal static CheckedRule For<T>(string id, string text, Func<T, bool> holds, string at = "")
        where T : Base => For<T>(id, text, element => holds(element) ? null : at);
}
