using System.ComponentModel.DataAnnotations;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Monitoring;

/// <summary>
/// Settings for sign-in to the monitor and for its contents. The monitor's roles are <c>operations-reader</c> and <c>operator</c>. A user
/// whose token names no council can see the cases of all councils.
/// </summary>
public sealed class MonitorOptions : SignInOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Monitor";

    /// <summary>Directory with the keys that protect cookies and family links, or null if the host stores the keys.</summary>
    public string? KeyDirectory { get; set; }

    /// <summary>How often the monitor's board is refreshed, by the wall clock.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether each page is rendered once before the host reports that it is ready.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>The contact shown on a family's page, or null to name only the family's council.</summary>
    public string? FamilyContact { get; set; }
}
