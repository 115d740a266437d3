using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>
/// A rule that the SDK does not check and the hub checks itself. Ids are those of FHIR R4's invariants where it is one of them; the
/// hub's own begin with <c>hub-</c>.
/// </summary>
/// <param name="Id">Short id, unique.</param>
/// <param name="On">FHIR type it applies to.</param>
/// <param name="Text">The rule in words, for people and for the CapabilityStatement.</param>
public sealed record HeldRule(string Id, string On, string Text)
{
    /// <summary>The issue type that a breach is reported under.</summary>
    public OperationOutcome.IssueType Code { get; init; } = OperationOutcome.IssueType.Invariant;

    /// <summary>Returns null where the rule holds, otherwise the path below the element ("" for itself) at which it does not.</summary>
    internal Func<Base, string?> Broken { get; init; } = _ => null;

    internal Type Type { get; init; } = typeof(Base);

    internal static HeldRule For<T>(string id, string text, Func<T, string?> broken)
        where T : Base => new(id, ModelInfo.GetFhirTypeNameForType(typeof(T)) ?? typeof(T).Name, text)
        {
            Type = typeof(T),
            Broken = element => broken((T)element),
        };

    internal static HeldRule For<T>(string id, string text, Func<T, bool> holds, string at = "")
        where T : Base => For<T>(id, text, element => holds(element) ? null : at);
}
