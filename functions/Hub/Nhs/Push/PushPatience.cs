namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>How long one call waits for a body, and how often it is tried before it is left to the outbox.</summary>
public sealed record PushPatience
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Fhir:Push";

    /// <summary>Before a call is tried the second time; it doubles.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For one answer.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the call with all its attempts.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts after the first, for what may pass in seconds.</summary>
    public int Repeats { get; init; } = 2;
}
