using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Monitoring;

/// <summary>
/// Sign-in to the monitor, and what it shows. The roles of its people are <c>operations-reader</c> and <c>operator</c>; a person whose
/// token names no council sees all councils.
/// </summary>
public sealed class MonitorOptions : SignInOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Monitor";

    /// <summary>Directory with the keys of cookies and family links; null where the host keeps them.</summary>
    public string? KeyDirectory { get; set; }

    /// <summary>How often the board is refreshed, by the wall clock.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether each page is rendered once before the host reports that it is ready.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>The contact that a family's page shows; null to name only its own council.</summary>
    public string? FamilyContact { get; set; }
}
