using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Timeouts of a call to an NHS body's server, and the number of attempts before the outbox takes over.</summary>
public sealed record PushRetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Fhir:Push";

    /// <summary>Pause before the second attempt, which doubles each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Timeout of one attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Timeout of the whole call with all attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Number of attempts after the first, for faults that may pass within seconds.</summary>
    [Range(0, 20)]
    public int Repeats { get; init; } = 2;
}
