namespace IntegrationHub.Azure.Hosting;

/// <summary>Where the app's resources are: addresses, never keys. infra/main.bicep sets them, a test compares the two.</summary>
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

    /// <summary>Container of plans and documents.</summary>
    public string Documents { get; set; } = "documents";

    /// <summary>Container with <c>councils.json</c>, <c>agencies.json</c> and <c>notice-directory.json</c>.</summary>
    public string Settings { get; set; } = "settings";

    /// <summary>Table of the notice book.</summary>
    public string Notices { get; set; } = "notices";

    /// <summary>Table of who read which case.</summary>
    public string AccessLog { get; set; } = "accesslog";

    /// <summary>Container of notices that exceed a row.</summary>
    public string NoticeBodies { get; set; } = "notices";

    /// <summary>Table of what the upkeep of drivers remembers from one run to the next.</summary>
    public string Drivers { get; set; } = "drivers";

    /// <summary>Table of the FHIR journal.</summary>
    public string Fhir { get; set; } = "fhirjournal";

    /// <summary>Container of the journal's large bodies.</summary>
    public string FhirBodies { get; set; } = "fhir";

    /// <summary>Address of the key vault with the key of people's links, the key of cookies' keys, and the keys and certificates for calling NHS bodies.</summary>
    public Uri? Vault { get; set; }

    /// <summary>For trying the app without a key vault: the key of links and the keys of cookies are in the shared container, unencrypted.</summary>
    public bool KeysInBlobs { get; set; }

    /// <summary>Container of what the hosts share among themselves: keys of cookies, the record of the clock, the lead's lease.</summary>
    public string Shared { get; set; } = "shared";

    /// <summary>Connection string of Application Insights; empty for none. It names the resource and opens nothing.</summary>
    public string Insights { get; set; } = "";

    /// <summary>Address under which people reach the hub; notices link to it.</summary>
    public string Address { get; set; } = "";

    /// <summary>How "within six weeks of" is counted: a name of <c>CountingPractice</c>.</summary>
    public string Counting { get; set; } = "AfterTheDay";
}
