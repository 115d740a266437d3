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

/// <summary>The parts of the hub that differ between hosts: the stores, and the driver that runs the cases. <see cref="HubSetup"/> adds
/// everything else.</summary>
public sealed record HubParts
{
    /// <summary>Which tokens the hub accepts, and from which issuer.</summary>
    public required AccessOptions Access { get; init; }

    /// <summary>The issuer of development tokens, or null if <see cref="Access"/> names a real issuer.</summary>
    public TokenIssuer? DevelopmentTokens { get; init; }

    /// <summary>Sign-in to the monitor.</summary>
    public required MonitorOptions Monitor { get; init; }

    /// <summary>Sign-in of officers to their workspace; by default nobody can sign in.</summary>
    public WorkspaceOptions Workspace { get; init; } = new();

    /// <summary>The access log of cases; null for a host without a workspace.</summary>
    public Func<IServiceProvider, IAccessLog>? AccessLog { get; init; }

    /// <summary>The councils, the law, and how statutory time limits are counted.</summary>
    public required RuleBook Rules { get; init; }

    /// <summary>How the hub reaches agencies and people.</summary>
    public required AgencyDirectory Agencies { get; init; }

    /// <summary>Folder with <c>notice-directory.json</c> and with the keys and certificates for agencies' FHIR endpoints.</summary>
    public required string SettingsFolder { get; init; }

    /// <summary>The hub's public address; links in messages begin with it.</summary>
    public required string Address { get; init; }

    /// <summary>Finds the function that submits an input to the driver. It is looked up only when it is needed, because the driver's effects
    /// submit inputs too, so the driver and the function depend on each other.</summary>
    public required Func<IServiceProvider, TakeInput> Take { get; init; }

    /// <summary>The store of plans and documents.</summary>
    public required Func<IServiceProvider, KeepingRules, IDocumentStore> Documents { get; init; }

    /// <summary>The store of FHIR resources.</summary>
    public required Func<IServiceProvider, IFhirResourceStore> Fhir { get; init; }
}
