using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Local.Scanning;

/// <summary>
/// Settings of the malware scanner of a hub on one machine: clamd from ClamAV, which scans each file before anybody can open it.
/// </summary>
public sealed record ClamdOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Clamd";

    /// <summary>Address of clamd on this machine: `unix:///run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. If the address is null, no
    /// scanner is used.</summary>
    public Uri? Address { get; init; }

    /// <summary>Greatest number of seconds that clamd is allowed to take to scan one file.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 60;
}
