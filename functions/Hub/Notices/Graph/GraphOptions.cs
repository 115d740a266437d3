namespace IntegrationHub.Functions.Notices.Graph;

/// <summary>The application with which the hub calls Microsoft Graph, and the mailbox it sends from.</summary>
/// <remarks>
/// Application permissions: <c>Mail.Send</c>, limited to the mailbox by an application access policy; <c>User.Read.All</c> for the look-up
/// of managers. Graph allows an application to post channel messages only with <c>Teamwork.Migrate.All</c>; a hub without this permission
/// has mail addresses in its notice directory and no channels.
/// </remarks>
public sealed record GraphOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Notices:Graph";

    /// <summary>The tenant; null where notices are kept on this machine.</summary>
    public string? TenantId { get; init; }

    /// <summary>The application.</summary>
    public string? ClientId { get; init; }

    /// <summary>Its secret; null to use the identity of the host (managed identity).</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Address of the shared mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Base address of Graph.</summary>
    public string Endpoint { get; init; } = "https://graph.microsoft.com/v1.0";

    /// <summary>Where tokens are issued.</summary>
    public string Authority { get; init; } = "https://login.microsoftonline.com";

    /// <summary>Longest time that one call may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
