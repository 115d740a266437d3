namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The people who can read about a fact.</summary>
[Flags]
public enum Audience
{
    /// <summary>Nobody can read about the fact.</summary>
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
/// <param name="name">The name in stored JSON, for example <c>meetingHeld</c>. The name is never changed, because stored facts are read for
/// decades.</param>
/// <param name="means">The meaning of the fact: what has happened, in one sentence.</param>
public sealed class FactDefinition(string name, string means)
{
    /// <summary>The name in stored JSON.</summary>
    public string Name { get; } = name;

    /// <summary>What has happened, in one sentence.</summary>
    public string Meaning { get; } = means;

    /// <summary>The only people who can read about the fact.</summary>
    public Audience Told { get; init; }
}

/// <summary>A fact. The class of a fact defines everything about that kind of fact, and <see cref="StepCatalogue"/> builds every list from the
/// definitions.</summary>
public interface IFact
{
    /// <summary>The definition of this kind of fact.</summary>
    static abstract FactDefinition Definition { get; }
}
