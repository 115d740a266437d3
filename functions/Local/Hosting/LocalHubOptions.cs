using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Hosting;

/// <summary>Options for a hub that runs on one machine.</summary>
public sealed record LocalHubOptions
{
    /// <summary>Directory with all data of the hub, created if it is missing.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>Address to listen on. Port 0 takes any free port; <see cref="LocalHub.AddressOf"/> then gives the address.</summary>
    public string Url { get; init; } = "http://localhost:7071";

    /// <summary>Whether to allow development tokens and sign-in, only on this machine; null for the setting <c>Access:Development</c>, which
    /// is off by default.</summary>
    public bool? Development { get; init; }

    /// <summary>The clock of assessments, real or virtual. Tokens always use the real clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How a statutory period is counted: from the day after the day on which it starts, or with that day as day 1.</summary>
    public CountingPractice Counting { get; init; } = CountingPractice.AfterTheDay;

    /// <summary>The councils that the hub serves; null for the councils in <c>councils.json</c> in the data directory, or without that file
    /// the development councils.</summary>
    public IReadOnlyList<CouncilProfile>? Councils { get; init; }

    /// <summary>How each agency is reached; null for <c>agencies.json</c> in the data directory.</summary>
    public IReadOnlyList<AgencyEntry>? Agencies { get; init; }

    /// <summary>The settings of the embedded bus; null for the configured settings.</summary>
    public EmbeddedBusOptions? Bus { get; init; }

    /// <summary>Whether the engine is started with the host. If the engine is not started, the caller runs it step by step
    /// (<see cref="EmbeddedEngine.RunDueAsync"/>).</summary>
    public bool StartEngine { get; init; } = true;

    /// <summary>
    /// Number of requests a minute that one caller is allowed to send, or 0 for no limit; null for the configured number.
    /// </summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>
    /// Whether the hub is allowed to call addresses on this machine, for demonstrations and tests. If false, the setting
    /// <c>Outgoing:AllowLoopback</c> decides.
    /// </summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Settings that take precedence over files and the environment, for hubs that are started by a program; null for none.</summary>
    public IReadOnlyDictionary<string, string?>? Settings { get; init; }

    /// <summary>Adds services before the host is built: effect handlers (as <c>IEffectHandler</c>) and the services of individual partners.</summary>
    public Action<WebApplicationBuilder>? Add { get; init; }

    /// <summary>Maps endpoints in addition to the council's API. The added endpoints require authorisation unless they are explicitly
    /// open.</summary>
    public Action<WebApplication>? Map { get; init; }
}
