using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntegrationHub.Azure.Tests;

/// <summary>What a council's cloud team is promised of the template, promise by promise.</summary>
public sealed class PromisesTests(Template template)
{
    [Fact]
    public void Everything_that_holds_or_carries_data_tells_the_workspace_what_happens_to_it()
    {
        var told = template.Resources.Where(r => r.Type == "Microsoft.Insights/diagnosticSettings").ToList();
        var on = told.Select(r => r.Resource.GetProperty("scope").GetString()!).ToList();

        foreach (var type in new[]
        {
            "Microsoft.KeyVault/vaults'", "Microsoft.ServiceBus/namespaces'", "Microsoft.DurableTask/schedulers'", "Microsoft.Web/sites'",
            "Microsoft.Storage/storageAccounts/blobServices'", "Microsoft.Storage/storageAccounts/tableServices'",
        })
        {
            Assert.Contains(on, scope => scope.Contains(type, StringComparison.Ordinal));
        }

        Assert.Equal(2, on.Count(scope => scope.Contains("blobServices", StringComparison.Ordinal)));
        Assert.All(told, r => Assert.Equal("[parameters('workspaceId')]", r.Resource.GetProperty("properties").GetProperty("workspaceId").GetString()));
    }

    [Fact]
    public void No_log_of_requests_leaves_the_app_because_families_links_are_addresses()
    {
        var app = Assert.Single(template.Resources, r => r.Type == "Microsoft.Insights/diagnosticSettings"
            && r.Resource.GetProperty("scope").GetString()!.Contains("Microsoft.Web/sites'", StringComparison.Ordinal));

        var log = Assert.Single(app.Resource.GetProperty("properties").GetProperty("logs").EnumerateArray());
        Assert.Equal("FunctionAppLogs", log.GetProperty("category").GetString());
    }

    [Fact]
    public void One_instance_for_requests_and_one_for_the_drivers_are_always_there()
    {
        var scale = App().GetProperty("properties").GetProperty("functionAppConfig").GetProperty("scaleAndConcurrency");

        Assert.Equal(
            [("durable", 1), ("http", 1)],
            scale.GetProperty("alwaysReady").EnumerateArray().Select(a => (a.GetProperty("name").GetString()!, a.GetProperty("instanceCount").GetInt32())).Order());
    }

    [Fact]
    public void The_hosts_own_storage_is_kept_in_three_zones_unless_a_parameter_says_otherwise()
    {
        Assert.True(template.Json.GetProperty("parameters").GetProperty("zoneRedundant").GetProperty("defaultValue").GetBoolean());
        var skus = template.Resources.Where(r => r.Type == "Microsoft.Storage/storageAccounts").Select(r => r.Resource.GetProperty("sku").GetProperty("name").GetString());

        Assert.Equal(
            ["[if(parameters('zoneRedundant'), 'Standard_ZRS', 'Standard_LRS')]", "[if(parameters('zones'), 'Standard_ZRS', 'Standard_GRS')]"], skus.Order(StringComparer.Ordinal));
        Assert.Contains("and(parameters('zoneRedundant'), variables('zones'))", template.Json.GetProperty("resources").GetProperty("host").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_workflow_names_the_resource_group_that_it_deploys_to()
    {
        Assert.Contains("AZURE_RESOURCE_GROUP: ${{ vars.AZURE_RESOURCE_GROUP }}", Source.Read(".github", "workflows", "ci.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_private_network_the_endpoints_are_there_before_the_app_starts()
    {
        var modules = template.Json.GetProperty("resources");
        var needs = modules.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.TryGetProperty("dependsOn", out var on) ? on.EnumerateArray().Select(o => o.GetString()!).ToList() : []);

        Assert.Contains("endpoints", needs["app"]);
        Assert.Contains("host", needs["endpoints"]);
        Assert.DoesNotContain("app", Reached("endpoints"));

        HashSet<string> Reached(string from) => [.. needs[from].SelectMany(next => Reached(next).Append(next))];
    }

    [Fact]
    public void A_new_version_takes_over_instance_by_instance_unless_a_parameter_says_otherwise() =>
        Assert.Equal("[if(parameters('rollingUpdate'), 'RollingUpdate', 'Recreate')]", App().GetProperty("properties").GetProperty("functionAppConfig").GetProperty("siteUpdateStrategy").GetProperty("type").GetString());

    [Fact]
    public void The_hub_may_only_read_the_settings_that_people_make_and_has_no_right_on_all_blobs()
    {
        var data = template.Module("data").GetProperty("resources").EnumerateObject().Select(r => r.Value)
            .Where(r => r.GetProperty("type").GetString() == "Microsoft.Authorization/roleAssignments").ToList();

        var onAccount = Assert.Single(data, r => Regex.IsMatch(r.GetProperty("scope").GetString()!, @"resourceId\('Microsoft.Storage/storageAccounts',"));
        Assert.Contains("storageTableDataContributor", onAccount.GetRawText(), StringComparison.Ordinal);
        var onContainers = Assert.Single(data, r => r.GetProperty("scope").GetString()!.Contains("containers", StringComparison.Ordinal));
        Assert.Matches(@"if\(equals\(variables\('containers'\)\[copyIndex\(\)\]\.name, 'settings'\), .*storageBlobDataReader, .*storageBlobDataContributor\)", onContainers.GetProperty("properties").GetProperty("roleDefinitionId").GetString());
    }

    /// <summary>Nothing that the app writes may lie in the container that it may only read.</summary>
    [Fact]
    public void The_app_writes_nothing_into_the_settings()
    {
        var app = Source.Of("functions", "Azure");
        var given = Source.All(app, @"(new \w+)\(blobs\.GetBlobContainerClient\(options\.Settings\)");

        Assert.Equal(["new SettingsBlobs"], given);
        Assert.DoesNotMatch(@"\.(Upload|Create|Delete|Set)\w*\(", Source.Read("functions", "Azure", "Hosting", "SettingsBlobs.cs").Replace("Directory.Create", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Agencies_beyond_what_one_template_may_make_are_spread_over_several()
    {
        const int MaxResources = 800;
        var bus = template.Module("bus");
        var some = Assert.Single(bus.GetProperty("resources").EnumerateObject(), r => r.Value.GetProperty("type").GetString() == "Microsoft.Resources/deployments").Value;
        var atOnce = bus.GetProperty("variables").GetProperty("agenciesAtOnce").GetInt32();

        // For each agency two subscriptions, two rules, two rights to receive and one to send to each of three queues.
        Assert.InRange(atOnce * 9, 1, MaxResources / 2);
        Assert.Equal("[length(range(0, div(sub(add(length(parameters('agencies')), variables('agenciesAtOnce')), 1), variables('agenciesAtOnce'))))]", some.GetProperty("copy").GetProperty("count").GetString());
        Assert.Contains("take(skip(parameters('agencies'), mul(range(0,", some.GetProperty("properties").GetProperty("parameters").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_domain_of_its_own_the_app_is_reached_through_the_firewall_alone()
    {
        var front = template.Json.GetProperty("resources").GetProperty("front");
        Assert.Equal("[not(empty(parameters('domain')))]", front.GetProperty("condition").GetString());
        var all = template.Module("front").GetProperty("resources");
        var parts = (all.ValueKind == JsonValueKind.Array ? all.EnumerateArray() : all.EnumerateObject().Select(r => r.Value)).ToDictionary(r => r.GetProperty("type").GetString()!, r => r.GetProperty("properties"));
        Assert.Equal("HEAD", parts["Microsoft.Cdn/profiles/originGroups"].GetProperty("healthProbeSettings").GetProperty("probeRequestType").GetString());
        Assert.Equal("TLS12", parts["Microsoft.Cdn/profiles/customDomains"].GetProperty("tlsSettings").GetProperty("minimumTlsVersion").GetString());
        Assert.Equal("Disabled", parts["Microsoft.Cdn/profiles/afdEndpoints/routes"].GetProperty("linkToDefaultDomain").GetString());
        Assert.Contains("Microsoft.Cdn/profiles/securityPolicies", parts.Keys);
        Assert.False(parts["Microsoft.Insights/diagnosticSettings"].TryGetProperty("logs", out _), "Families' links are addresses.");

        var site = App().GetProperty("properties").GetProperty("siteConfig");
        Assert.Equal("[if(empty(parameters('frontDoorId')), 'Allow', 'Deny')]", site.GetProperty("ipSecurityRestrictionsDefaultAction").GetString());
        Assert.Contains("'x-azure-fdid', createArray(parameters('frontDoorId'))", site.GetProperty("ipSecurityRestrictions").GetString(), StringComparison.Ordinal);
        Assert.Contains("union(parameters('proxies'), variables('frontDoorNetworks'))", template.Json.GetProperty("resources").GetProperty("app").GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Longest name of an environment, and one that is written in capitals.</summary>
    [Theory]
    [InlineData("ab")]
    [InlineData("Prod2026")]
    public void Every_name_is_one_that_its_resource_may_have(string environment)
    {
        var parameters = template.Json.GetProperty("parameters").GetProperty("environmentName");
        Assert.InRange(environment.Length, parameters.GetProperty("minLength").GetInt32(), parameters.GetProperty("maxLength").GetInt32());
        Assert.Contains("toLower(parameters('environmentName'))", template.Json.GetProperty("variables").GetProperty("name").GetString(), StringComparison.Ordinal);
        var name = $"ehchub-{environment.ToLowerInvariant()}-a1b2c3";

        foreach (var storage in new[] { "data", "host" })
        {
            Assert.Matches("^[a-z0-9]{3,24}$", storage + name.Replace("-", "", StringComparison.Ordinal));
        }

        Assert.Matches("^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$", name.Replace("ehchub", "kv", StringComparison.Ordinal));
        Assert.Matches("^[a-z][a-z0-9-]{4,48}[a-z0-9]$", name);
        Assert.Matches("^[a-zA-Z][a-zA-Z0-9]{0,127}$", name.Replace("-", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Data_stays_in_the_United_Kingdom() =>
        Assert.Equal(["uksouth", "ukwest"], template.Json.GetProperty("parameters").GetProperty("location").GetProperty("allowedValues").EnumerateArray().Select(r => r.GetString()));

    private JsonElement App() => Assert.Single(template.Resources, r => r.Type == "Microsoft.Web/sites").Resource;
}
