namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Who may read about a fact.</summary>
[Flags]
public enum Audience
{
    /// <summary>Nobody.</summary>
    Nobody = 0,

    /// <summary>The council's officers.</summary>
    Council = 1,

    /// <summary>The agency that the fact is about, and no other.</summary>
    Agency = 2,

    /// <summary>The family.</summary>
    Family = 4,

    /// <summary>Operators of the hub and people who monitor it.</summary>
    Operations = 8,
}

/// <summary>The definition of one kind of fact.</summary>
/// <param name="name">Name in stored JSON: <c>meetingHeld</c>. Never changed: stored facts are read for decades.</param>
/// <param name="means">When it happens, one sentence.</param>
public sealed class FactDefinition(string name, string means)
{
    /// <summary>Name in stored JSON.</summary>
    public string Name { get; } = name;

    /// <summary>When it happens.</summary>
    public string Means { get; } = means;

    /// <summary>Who may read about it; nobody else may.</summary>
    public Audience Told { get; init; }
}

/// <summary>A fact defines everything about its kind; <see cref="StepCatalogue"/> builds every list from that.</summary>
public interface IFact
{
    /// <summary>The definition of this kind of fact.</summary>
    static abstract FactDefinition Definition { get; }
}
