using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>How long unsolicited messages are held, and how many can be held.</summary>
public sealed record HoldingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Holding";

    /// <summary>How long an unsolicited assessment that matches no case is stored before it is deleted and the sender is
    /// notified.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00")]
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromDays(28);

    /// <summary>Largest number of messages from one sender that can be held at one time: assessments that match no case, and
    /// closures.</summary>
    [Range(1, 1_000_000)]
    public int MaxHeld { get; init; } = 5_000;

    /// <summary>Largest number of documents that can be held at one time for the assessments that one sender pushes.</summary>
    [Range(1, 1_000_000)]
    public int MaxHeldDocuments { get; init; } = 500;
}
