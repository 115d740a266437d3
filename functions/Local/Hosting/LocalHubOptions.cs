using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Hosting;

/// <summary>How one hub runs on one machine.</summary>
public sealed record LocalHubOptions
{
    /// <summary>Directory with everything the hub keeps; created when it is missing.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>Address to listen on. Port 0 takes a free one; <see cref="LocalHub.AddressOf"/> then says which.</summary>
    public string Url { get; init; } = "http://localhost:7071";

    /// <summary>Development tokens and sign-in, only on this machine; where null, as configured (<c>Access:Development</c>, else not).</summary>
    public bool? Development { get; init; }

    /// <summary>The clock of assessments, real or virtual. Tokens always use the real clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How "within six weeks of" is counted.</summary>
    public CountingPractice Counting { get; init; } = CountingPractice.AfterTheDay;

    /// <summary>The councils served; where null, those of <c>councils.json</c> in the data directory, else the development councils.</summary>
    public IReadOnlyList<CouncilProfile>? Councils { get; init; }

    /// <summary>How each agency is reached; where null, as <c>agencies.json</c> in the data directory says.</summary>
    public IReadOnlyList<AgencyEntry>? Agencies { get; init; }

    /// <summary>The embedded bus; where null, as configured.</summary>
    public EmbeddedBusOptions? Bus { get; init; }

    /// <summary>False: the engine is not started with the host, and its owner steps it (<see cref="EmbeddedEngine.RunDueAsync"/>).</summary>
    public bool EngineRuns { get; init; } = true;

    /// <summary>Requests a minute for one caller, 0 for no limit; where null, as configured.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>For demonstrations and tests: outgoing calls may go to this machine. Where false, as configured.</summary>
    public bool CallsLoopback { get; init; }

    /// <summary>Settings that take precedence over files and the environment, for hubs that are started by a program; null for none.</summary>
    public IReadOnlyDictionary<string, string?>? Settings { get; init; }

    /// <summary>Adds services before the host is built: effect handlers (as <c>IEffectHandler</c>) and the services of individual partners.</summary>
    public Action<WebApplicationBuilder>? Add { get; init; }

    /// <summary>Maps endpoints in addition to the council's API. They are closed unless they say otherwise.</summary>
    public Action<WebApplication>? Map { get; init; }
}
