using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Monitoring;

/// <summary>
/// How the monitor is entered and what it shows. The roles of its people are <c>operations-reader</c> and <c>operator</c>; whoever's token
/// names no council sees all of them.
/// </summary>
public sealed class MonitorOptions : SignInOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Monitor";

    /// <summary>Directory with the keys of cookies and family links; null to leave them to the host.</summary>
    public string? KeyDirectory { get; set; }

    /// <summary>How often the board is read, by the wall clock.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Makes each page once before the host says that it is ready.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>Whom a family may call, as its page shows it; null to name only its own council.</summary>
    public string? FamilyContact { get; set; }
}
