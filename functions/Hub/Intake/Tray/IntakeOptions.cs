using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>How a council's mail is taken in.</summary>
public sealed record IntakeOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Intake";

    /// <summary>Largest message as it came, with its attachments, in bytes. A larger one stays in its mailbox, and the tray says so.</summary>
    [Range(64L * 1024, 256L * 1024 * 1024)]
    public long MaxMessageBytes { get; init; } = 48L * 1024 * 1024;
}
