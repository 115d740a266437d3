using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.AzureStorage;

namespace IntegrationHub.Azure.Tests;

/// <summary>What infra builds is what the code uses, and opens to nobody by a secret.</summary>
public sealed class InfraTests(Template template)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void The_template_compiles_without_a_warning()
    {
        Assert.Equal("", template.Said);
        Assert.Equal(0, template.ExitCode);
    }

    [Fact]
    public async Task Every_parameter_file_compiles_without_a_warning()
    {
        var files = Directory.GetFiles(Path.Combine(Source.Root, "infra"), "*.bicepparam");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var (exitCode, _, said) = await Template.RunAsync("build-params", file, "--stdout");
            Assert.Equal((0, ""), (exitCode, said));
        }
    }

    [Fact]
    public void The_deployment_passes_on_every_variable_that_its_parameters_are_read_from()
    {
        var read = Source.All(Source.Read("infra", "main.bicepparam"), @"readEnvironmentVariable\('(\w+)'");
        var passed = Source.All(Source.Read(".github", "workflows", "ci.yml"), @"(AZURE_ENV_NAME|HUB_\w+): \$\{\{ (?:vars|inputs)\.");
        Assert.Equal(read.Order(), passed.Order());
    }

    [Fact]
    public void The_bus_has_exactly_the_entities_that_the_contracts_declare()
    {
        var written = Expected().ToJsonString(Indented) + "\n";
        var path = Path.Combine(Source.Root, "infra", "modules", "bus-entities.json");
        if (Environment.GetEnvironmentVariable("UPDATE_BUS_ENTITIES") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(written, File.ReadAllText(path).ReplaceLineEndings("\n"));

        // The compiled template carries the same list, and makes queues, topics, subscriptions and rules of it and nothing besides.
        var bus = template.Module("bus");
        Assert.True(JsonNode.DeepEquals(Expected(), JsonNode.Parse(bus.GetProperty("variables").EnumerateObject().Single(v => v.Name.StartsWith("$fxv", StringComparison.Ordinal)).Value.GetRawText())));
        Assert.Equal(
            [
                "Microsoft.ServiceBus/namespaces", "Microsoft.ServiceBus/namespaces/queues", "Microsoft.ServiceBus/namespaces/topics",
                "Microsoft.ServiceBus/namespaces/topics/subscriptions", "Microsoft.ServiceBus/namespaces/topics/subscriptions/rules",
            ],
            template.Resources.Select(r => r.Type).Where(t => t.StartsWith("Microsoft.ServiceBus", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_setting_of_an_entity_reaches_its_resource()
    {
        var queue = Properties("Microsoft.ServiceBus/namespaces/queues");
        Assert.Equal(
            ["deadLetteringOnMessageExpiration", "defaultMessageTimeToLive", "duplicateDetectionHistoryTimeWindow", "lockDuration", "maxDeliveryCount", "requiresDuplicateDetection", "requiresSession"],
            queue.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        var rule = Properties("Microsoft.ServiceBus/namespaces/topics/subscriptions/rules");
        Assert.Equal("CorrelationFilter", rule.GetProperty("filterType").GetString());
    }

    [Fact]
    public void Every_table_and_container_of_the_code_is_made()
    {
        var data = template.Module("data").GetProperty("variables");
        var named = new AzureStoreOptions();
        var options = Source.Read("functions", "Azure", "Hosting", "AzureHubOptions.cs");

        Assert.Equal(((string[])[named.Agencies, named.Assessments, named.Due, named.Lists, .. Source.All(options, @"public string (?:Notices|AccessLog|Fhir|Drivers) \{ get; set; \} = ""([^""]+)""")]).Order(), data.GetProperty("tableNames").EnumerateArray().Select(t => t.GetString()!).Order());
        string[] containers = [named.Container, .. Source.All(options, @"public string (?:Documents|Settings|FhirBodies|NoticeBodies|Shared) \{ get; set; \} = ""([^""]+)""")];
        Assert.Equal(6, containers.Length);
        Assert.Equal(containers.Order(), data.GetProperty("containers").EnumerateArray().Select(c => c.GetProperty("name").GetString()!).Order());
    }

    [Fact]
    public void Every_setting_that_the_code_reads_is_set_and_no_other_of_its_sections()
    {
        var set = Settings();
        var hub = Source.All(Source.Read("functions", "Azure", "Hosting", "AzureHubOptions.cs"), @"public [\w?]+ (\w+) \{ get; set; \}").Select(p => $"Hub__{p}");
        Assert.Equal(hub.Order(), set.Where(s => s.StartsWith("Hub__", StringComparison.Ordinal)).Order());

        var access = Source.All(Source.Read("functions", "Hub", "Access", "AccessOptions.cs"), @"public [\w?<>, ]+ (\w+) \{ get;").Select(p => $"Access__{p}").ToHashSet();
        Assert.Subset(access, set.Where(s => s.StartsWith("Access__", StringComparison.Ordinal)).ToHashSet());
        Assert.Contains("Access__Authority", set);
        // How a council's people sign in at the monitor is said in the options of every issuer.
        string[] monitorOptions = [Source.Read("functions", "Hub", "Monitoring", "MonitorOptions.cs"), Source.Read("functions", "Hub", "SignIn", "IssuerOptions.cs")];
        var monitor = monitorOptions.SelectMany(f => Source.All(f, @"public [\w?]+ (\w+) \{ get;")).Select(p => $"Monitor__{p}").ToHashSet();
        Assert.Subset(monitor, set.Where(s => s.StartsWith("Monitor__", StringComparison.Ordinal)).ToHashSet());
        Assert.Contains("Monitor__Authority", set);

        var proxy = Source.All(Source.Read("functions", "Hub", "Access", "ProxyOptions.cs"), @"public [\w?]+ (\w+) \{ get;").Select(p => $"Proxy__{p}");
        Assert.Equal(proxy.Order(), set.Where(s => s.StartsWith("Proxy__", StringComparison.Ordinal)).Order());

        // Whatever tells Application Insights of requests would tell it families' links.
        Assert.DoesNotContain(set, s => s.StartsWith("APPLICATIONINSIGHTS_", StringComparison.Ordinal));

        // What host.json and the triggers name.
        Assert.Superset(
            new HashSet<string> { "DurableTaskHub", "DurableTaskScheduler", "ServiceBus__fullyQualifiedNamespace", "ServiceBus__credential", "ServiceBus__clientId", "AzureWebJobsStorage__accountName" },
            set.ToHashSet());
        Assert.Contains("%DurableTaskHub%", Source.Read("host.json"), StringComparison.Ordinal);
        Assert.Contains("\"DurableTaskScheduler\"", Source.Read("host.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_conditions_are_alerts_on_Azure_as_alerts_yaml_says_them()
    {
        var alerts = template.Module("alerts");
        var carried = Assert.Single(alerts.GetProperty("variables").EnumerateObject(), v => v.Name.StartsWith("$fxv", StringComparison.Ordinal)).Value.GetProperty("groups")[0].GetProperty("rules");
        var written = Source.Read("infra", "alerts.yaml");
        Assert.Equal(
            Regex.Matches(written, @"- alert: (\w+)\s+expr: (.+)\s+azure: '(.+)'").Select(m => (m.Groups[1].Value, m.Groups[2].Value.Trim(), m.Groups[3].Value)),
            carried.EnumerateArray().Select(r => (r.GetProperty("alert").GetString()!, r.GetProperty("expr").GetString()!, r.GetProperty("azure").GetString()!)));
        Assert.Equal(Regex.Count(written, "- alert: "), carried.GetArrayLength());
        var queries = template.Resources.Where(r => r.Type == "Microsoft.Insights/scheduledQueryRules").ToList();
        Assert.Contains(queries, q => q.Resource.GetProperty("copy").GetProperty("count").GetString() == "[length(variables('conditions'))]"
            && q.Resource.GetProperty("properties").GetRawText().Contains("variables('conditions')[copyIndex()].azure", StringComparison.Ordinal));
        var (_, group, _) = Assert.Single(template.Resources, r => r.Type == "Microsoft.AlertsManagement/prometheusRuleGroups");
        var rules = Assert.Single(group.GetProperty("properties").GetProperty("copy").EnumerateArray());
        Assert.Equal("[length(variables('conditions'))]", rules.GetProperty("count").GetString());
        Assert.Contains("variables('conditions')[copyIndex('rules')].expr", rules.GetProperty("input").GetProperty("expression").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(rules.GetProperty("input").GetProperty("actions").EnumerateArray());
    }

    [Fact]
    public void Nothing_is_opened_by_a_shared_key()
    {
        var closed = new Dictionary<string, (string Property, bool Value)>
        {
            ["Microsoft.Storage/storageAccounts"] = ("allowSharedKeyAccess", false),
            ["Microsoft.ServiceBus/namespaces"] = ("disableLocalAuth", true),
            ["Microsoft.Insights/components"] = ("DisableLocalAuth", true),
            ["Microsoft.KeyVault/vaults"] = ("enableRbacAuthorization", true),
            ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = ("allow", false),
        };
        foreach (var (type, (property, value)) in closed)
        {
            var found = template.Resources.Where(r => r.Type == type).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, r => Assert.Equal(value, r.Resource.GetProperty("properties").GetProperty(property).GetBoolean()));
        }
    }

    [Fact]
    public void No_secret_is_a_parameter_a_setting_or_an_output()
    {
        var text = template.Json.GetRawText();
        Assert.DoesNotMatch(new Regex(@"listKeys|listAccountSas|listSecrets|SharedAccessKey=|AccountKey=|[Pp]assword", RegexOptions.None), text);
        Assert.DoesNotContain("\"securestring\"", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Settings(), s => Regex.IsMatch(s, "KEY$|SECRET|PASSWORD", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void The_app_has_the_roles_it_needs_each_on_one_resource_and_none_that_lets_it_grant_any()
    {
        var grants = template.Resources.Where(r => r.Type == "Microsoft.Authorization/roleAssignments").ToList();
        Assert.NotEmpty(grants);
        Assert.All(grants, g => Assert.True(g.Resource.TryGetProperty("scope", out var scope) && scope.GetString() is { Length: > 0 }, "A grant on the whole group."));
        var roles = Source.All(Source.Read("infra", "modules", "roles.bicep"), @"(\w+): '[0-9a-f-]{36}'");
        var used = Source.All(string.Join('\n', Directory.GetFiles(Path.Combine(Source.Root, "infra", "modules"), "*.bicep").Select(File.ReadAllText)), @"roles\.(\w+)");
        used.Remove("bicep");

        Assert.Equal(roles, used);
        Assert.DoesNotContain(used, r => Regex.IsMatch(r, "[Oo]wner$|[Aa]dministrator") && r != "storageBlobDataOwner");
    }

    [Fact]
    public void The_hub_takes_from_the_queues_may_send_a_dead_letter_back_and_sends_to_the_topics()
    {
        var own = template.Module("bus").GetProperty("resources").EnumerateObject().Select(r => r.Value)
            .Where(r => r.GetProperty("type").GetString() == "Microsoft.Authorization/roleAssignments")
            .Where(r => r.GetProperty("properties").GetProperty("principalId").GetString() == "[parameters('principalId')]")
            .Select(r => (On: Regex.Match(r.GetProperty("scope").GetString()!, "namespaces/(queues|topics)").Groups[1].Value, Role: Regex.Match(r.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!, "serviceBusData(Receiver|Sender)").Groups[1].Value));

        Assert.Equal([("queues", "Receiver"), ("queues", "Sender"), ("topics", "Sender")], own.Order());
    }

    [Fact]
    public void In_a_private_network_nothing_that_the_app_uses_is_reached_from_outside()
    {
        var shut = template.Resources
            .Where(r => r.Resource.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty("publicNetworkAccess", out var access) && access.GetString()!.Contains("'Disabled'", StringComparison.Ordinal))
            .Select(r => r.Type.Split('/')[^1]);

        Assert.Equal(["namespaces", "schedulers", "storageAccounts", "storageAccounts", "vaults"], shut.Order(StringComparer.Ordinal));
        Assert.Contains("'privatelink.durabletask.io'", template.Module("endpoints").GetRawText(), StringComparison.Ordinal);
    }

    private static JsonObject Expected() => new()
    {
        ["agencyProperty"] = BusEntities.AgencyProperty,
        ["entities"] = new JsonArray([.. BusEntities.All.Select(Entity)]),
    };

    private static JsonNode Entity(BusEntity entity)
    {
        var json = new JsonObject
        {
            ["name"] = entity.Name,
            ["kind"] = entity.Kind == BusEntityKind.Queue ? "queue" : "topic",
            ["requiresSession"] = entity.RequiresSession,
            ["requiresDuplicateDetection"] = entity.DuplicateDetectionWindow is not null,
            ["lockDuration"] = XmlConvert.ToString(entity.LockDuration),
            ["maxDeliveryCount"] = entity.MaxDeliveryCount,
            ["defaultTimeToLive"] = XmlConvert.ToString(entity.DefaultTimeToLive),
            ["deadLetterOnExpiry"] = entity.DeadLetterOnExpiry,
        };
        if (entity.DuplicateDetectionWindow is { } window)
        {
            json["duplicateDetectionWindow"] = XmlConvert.ToString(window);
        }

        return json;
    }

    private JsonElement Properties(string type) => template.Resources.Single(r => r.Type == type).Resource.GetProperty("properties");

    /// <summary>Names of the app's settings, those of every choice together.</summary>
    private List<string> Settings()
    {
        var variables = template.Module("app").GetProperty("variables");
        var text = template.Module("app").GetRawText();
        Assert.True(variables.ValueKind == JsonValueKind.Object);
        return [.. Source.All(text, @"[""']((?:AzureWebJobs|APPLICATIONINSIGHTS_|Hub__|Access__|Monitor__|Proxy__|ServiceBus__|DurableTask|OTEL_|AzureFunctionsJobHost__)\w*)[""']")];
    }
}
