namespace IntegrationHub.Azure.Hosting;

/// <summary>The addresses of the app's Azure resources, without any keys. infra/main.bicep sets these options, and a test compares the
/// two.</summary>
public sealed class AzureHubOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Hub";

    /// <summary>Address of the table service, for instance <c>https://ACCOUNT.table.core.windows.net</c>.</summary>
    public Uri? Tables { get; set; }

    /// <summary>Address of the blob service.</summary>
    public Uri? Blobs { get; set; }

    /// <summary>Host name of the Service Bus namespace.</summary>
    public string ServiceBus { get; set; } = "";

    /// <summary>Client id of the app's user-assigned identity.</summary>
    public string IdentityClientId { get; set; } = "";

    /// <summary>Name of the container of plans and documents.</summary>
    public string Documents { get; set; } = "documents";

    /// <summary>Name of the container with <c>councils.json</c>, <c>agencies.json</c> and <c>notice-directory.json</c>.</summary>
    public string Settings { get; set; } = "settings";

    /// <summary>Name of the table of notices.</summary>
    public string Notices { get; set; } = "notices";

    /// <summary>Name of the table that records who read which case.</summary>
    public string AccessLog { get; set; } = "accesslog";

    /// <summary>Name of the container of notices that are too large for a table row.</summary>
    public string NoticeBodies { get; set; } = "notices";

    /// <summary>Name of the table in which the timers store what they need from one run to the next, such as the time of the last
    /// run.</summary>
    public string Drivers { get; set; } = "drivers";

    /// <summary>Name of the table of the FHIR journal.</summary>
    public string Fhir { get; set; } = "fhirjournal";

    /// <summary>Name of the container of the FHIR journal's large content, such as documents.</summary>
    public string FhirBodies { get; set; } = "fhir";

    /// <summary>Address of the key vault with the key that signs links sent to people, the key that encrypts the cookie keys, and the keys
    /// and certificates for calling NHS bodies.</summary>
    public Uri? Vault { get; set; }

    /// <summary>Whether the link key and the cookie keys are stored unencrypted in the shared container, to try the app without a key
    /// vault.</summary>
    public bool KeysInBlobs { get; set; }

    /// <summary>Name of the container that the hosts share: cookie keys, the clock record and the leader's lease.</summary>
    public string Shared { get; set; } = "shared";

    /// <summary>Connection string of Application Insights, or empty to send no telemetry there. The string identifies the resource and
    /// gives no access.</summary>
    public string Insights { get; set; } = "";

    /// <summary>Public address of the hub, to which notices link.</summary>
    public string Address { get; set; } = "";

    /// <summary>How a period such as "within six weeks of" an event is counted: a value of <c>CountingPractice</c>.</summary>
    public string Counting { get; set; } = "AfterTheDay";
}
