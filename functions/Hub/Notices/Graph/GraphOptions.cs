using System.ComponentModel.DataAnnotations;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Functions.Notices.Graph;

/// <summary>The application with which the hub calls Microsoft Graph, and the mailbox from which it sends.</summary>
/// <remarks>
/// The application needs the permissions <c>Mail.Send</c>, limited to the mailbox by an application access policy, and <c>User.Read.All</c>
/// to look up managers. Graph allows an application to post channel messages only with <c>Teamwork.Migrate.All</c>. A hub without this
/// permission must list e-mail addresses, not channels, in its notice directory.
/// </remarks>
public sealed record GraphOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Notices:Graph";

    /// <summary>The tenant, or null if notices are only stored on this machine.</summary>
    public string? TenantId { get; init; }

    /// <summary>The client id of the application.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret of the application, or null to use the identity of the host (managed identity).</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Address of the shared mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Base address of Graph.</summary>
    [WebAddress]
    public string Endpoint { get; init; } = "https://graph.microsoft.com/v1.0";

    /// <summary>Address of the service that issues tokens.</summary>
    [WebAddress]
    public string Authority { get; init; } = "https://login.microsoftonline.com";

    /// <summary>The longest time that a call may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        new[] { TenantId, ClientId, ClientSecret, Mailbox }.Any(given => given is not null) && new[] { TenantId, ClientId, Mailbox }.Any(string.IsNullOrWhiteSpace)
            ? [new ValidationResult("to send through Microsoft 365, set TenantId, ClientId and Mailbox; to send nothing, set none of them.")]
            : [];
}
