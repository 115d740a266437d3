namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Who may read of a fact.</summary>
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

    /// <summary>Those who run or watch the hub.</summary>
    Operations = 8,
}

/// <summary>What is said of one kind of fact.</summary>
/// <param name="name">Name in stored JSON: <c>meetingHeld</c>. Never changed: stored facts are read for decades.</param>
/// <param name="means">When it happens, one sentence.</param>
public sealed class FactDefinition(string name, string means)
{
    /// <summary>Name in stored JSON.</summary>
    public string Name { get; } = name;

    /// <summary>When it happens.</summary>
    public string Means { get; } = means;

    /// <summary>Who is told of it: nobody who is not named.</summary>
    public Audience Told { get; init; }
}

/// <summary>A fact says of itself what there is to say of its kind; <see cref="StepCatalogue"/> makes every list from that.</summary>
public interface IFact
{
    /// <summary>What is said of this kind of fact.</summary>
    static abstract FactDefinition Definition { get; }
}
