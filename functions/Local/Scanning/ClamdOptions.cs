using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Local.Scanning;

/// <summary>The malware scanner of a hub on one machine: clamd of ClamAV, which is asked about each file before it is served.</summary>
public sealed record ClamdOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Clamd";

    /// <summary>Where it listens: `unix:///run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`, on this machine. Null: none is asked.</summary>
    public Uri? Address { get; init; }

    /// <summary>Seconds that it may take over one file.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 60;
}
