using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Hosting;

/// <summary>What differs from host to host: where things are kept, and what drives the cases. Everything else is <see cref="HubSetup"/>'s.</summary>
public sealed record HubParts
{
    /// <summary>Whose tokens are accepted.</summary>
    public required AccessOptions Access { get; init; }

    /// <summary>The development issuer; null where <see cref="Access"/> names a real one.</summary>
    public TokenIssuer? DevelopmentTokens { get; init; }

    /// <summary>How the monitor is entered.</summary>
    public required MonitorOptions Monitor { get; init; }

    /// <summary>How officers come into their workspace; closed unless said otherwise.</summary>
    public WorkspaceOptions Workspace { get; init; } = new();

    /// <summary>Where it is kept who read which case; null for a host without a workspace.</summary>
    public Func<IServiceProvider, IAccessLog>? AccessLog { get; init; }

    /// <summary>The councils, the law and how it is counted.</summary>
    public required RuleBook Rules { get; init; }

    /// <summary>Who is reached how.</summary>
    public required AgencyDirectory Agencies { get; init; }

    /// <summary>Folder with <c>notice-directory.json</c> and with what bodies' endpoints are called with.</summary>
    public required string SettingsFolder { get; init; }

    /// <summary>Address under which people reach the hub; what is sent links to it.</summary>
    public required string Address { get; init; }

    /// <summary>Takes an input to the driver. It is looked up when it is called, as the driver's effects take in news too.</summary>
    public required Func<IServiceProvider, TakeInput> Take { get; init; }

    /// <summary>Where plans and documents are kept.</summary>
    public required Func<IServiceProvider, KeepingRules, IDocumentStore> Documents { get; init; }

    /// <summary>Where FHIR resources are kept.</summary>
    public required Func<IServiceProvider, IFhirResourceStore> Fhir { get; init; }
}
