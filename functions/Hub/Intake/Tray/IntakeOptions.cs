using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>Settings for receiving a council's mail.</summary>
public sealed record IntakeOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Intake";

    /// <summary>Size of the largest message with its attachments, in bytes. A larger message stays in its mailbox, and the list of incoming
    /// mail says so.</summary>
    [Range(64L * 1024, 256L * 1024 * 1024)]
    public long MaxMessageBytes { get; init; } = 48L * 1024 * 1024;
}
