using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Azure.Tests;

/// <summary>The hub on one machine and the hub on Azure are one hub: read from their sources, because one of them does not build everywhere.</summary>
public sealed class TwoHostsTests
{
    private static readonly string Local = Source.Of("functions", "Local", "Hosting");
    private static readonly string Azure = Source.Of("functions", "Azure");
    private static readonly string Hub = Source.Of("functions", "Hub");

    [Fact]
    public void Neither_host_maps_an_address_of_its_own()
    {
        Assert.Equal(["Hub"], Source.All(Local, @"\bapp\.Map([A-Z]\w*)\("));
        Assert.Empty(Source.All(Azure, @"\.(Map[A-Z]\w*)\("));
        Assert.Equal(["Hub"], Source.All(Source.Of("functions", "Hub", "Routing"), @"\broutes\.Map(Hub)\(\)"));
    }

    [Fact]
    public void Both_carry_out_effects_by_the_same_handlers_and_channels()
    {
        const string Registered = @"AddSingleton<(?:IEffectHandler|IAgencyChannel)(?:, (?=\w+>)|>\(s => s\.GetRequiredService<)(\w+)>";
        var local = Source.All(Local, Registered);

        Assert.NotEmpty(local);
        Assert.Equal(local, Source.All(Azure, Registered));
    }

    [Fact]
    public void Both_add_the_same_parts_of_the_hub()
    {
        // Every AddX extension of functions/Hub that one host calls, the other calls too.
        var parts = Source.All(Hub, @"public static IServiceCollection (Add\w+)(?:<\w+>)?\(\s*this IServiceCollection");
        var local = Source.All(Local, @"\.(Add\w+)(?:<\w+>)?\(").Intersect(parts).ToList();

        Assert.NotEmpty(local);
        Assert.Equal(local, Source.All(Azure, @"\.(Add\w+)(?:<\w+>)?\(").Intersect(parts));
    }

    [Fact]
    public void Both_read_the_same_sections_of_configuration()
    {
        // How each host reaches its bus is its own: a broker's address here, the triggers' connection and AzureHubOptions there.
        var hosts = new[] { "AzureHubOptions", "BrokerOptions", "EmbeddedBusOptions" };
        var local = Source.All(Local, @"GetSection\((\w+)\.Section\)").Except(hosts).ToList();

        Assert.NotEmpty(local);
        Assert.Equal(local, Source.All(Azure, @"GetSection\((\w+)\.Section\)").Except(hosts));
        Assert.Empty(Source.All(Local + Azure, @"\b[cC]onfiguration\[(""[^""]*"")\]"));
    }

    [Fact]
    public void Every_queue_has_a_trigger_with_its_settings()
    {
        var triggers = Regex.Matches(Azure, @"ServiceBusTrigger\(""([^""]+)""([^)]*)\)").ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var queues = BusEntities.All.Where(e => e.Kind == BusEntityKind.Queue).ToList();

        Assert.Equal(queues.Select(q => q.Name).Order(), triggers.Keys.Order());
        Assert.All(queues, q => Assert.Equal(q.RequiresSession, triggers[q.Name].Contains("IsSessionsEnabled = true", StringComparison.Ordinal)));
        Assert.All(triggers.Values, t => Assert.Contains("AutoCompleteMessages = false", t, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_of_effect_is_an_activity_of_the_app()
    {
        var kinds = typeof(Effect).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType.Name).Order(StringComparer.Ordinal);

        Assert.Equal(kinds, Source.All(Azure, @"\[Function\(EffectActivities\.(\w+)\)\]"));
        Assert.Equal(kinds, Source.All(Source.Of("orchestrations", "Durable"), @"const string (\w+) = nameof\(Assessments\."));
    }

    [Fact]
    public void One_trigger_takes_every_path_and_the_host_adds_no_prefix()
    {
        Assert.Single(Regex.Matches(Azure, @"\[HttpTrigger\("));
        Assert.Contains(@"Route = ""{*path}""", Azure, StringComparison.Ordinal);
        using var host = JsonDocument.Parse(Source.Read("host.json"));
        Assert.Equal("", host.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("V2", host.RootElement.GetProperty("extensions").GetProperty("durableTask").GetProperty("tracing").GetProperty("version").GetString());
    }

    [Fact]
    public void No_other_file_speaks_of_the_packages_that_some_feeds_lack()
    {
        var spoken = new Regex(@"Microsoft\.DurableTask|Microsoft\.Azure\.Functions|Azure\.Messaging\.ServiceBus");
        string[] own = [Path.Combine("orchestrations", "Durable"), Path.Combine("functions", "Azure")];
        var others = new[] { "contracts", "orchestrations", "functions", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Source.Root, folder), "*.*", SearchOption.AllDirectories))
            .Append(Path.Combine(Source.Root, "Directory.Packages.props"))
            .Where(f => Path.GetExtension(f) is ".cs" or ".csproj" or ".props" or ".targets")
            .Select(f => Path.GetRelativePath(Source.Root, f))
            .Where(f => !own.Any(o => f.StartsWith(o, StringComparison.Ordinal)) && f != Path.Combine("tests", "Azure", "TwoHostsTests.cs") && !f.Contains("node_modules", StringComparison.Ordinal));

        Assert.DoesNotContain(others, f => spoken.IsMatch(File.ReadAllText(Path.Combine(Source.Root, f))));
    }

    [Fact]
    public void The_solution_shows_the_azure_projects_and_does_not_build_them()
    {
        var solution = Source.Read("IntegrationHub.sln");
        foreach (var project in new[] { "IntegrationHub.Orchestrations.Durable", "IntegrationHub.Orchestrations.Durable.Tests", "IntegrationHub.Azure" })
        {
            var id = Regex.Match(solution, $@"""{Regex.Escape(project)}"", ""[^""]+"", ""(\{{[^}}]+\}})""").Groups[1].Value;
            Assert.NotEmpty(id);
            Assert.Contains($"{id}.Debug|Any CPU.ActiveCfg", solution, StringComparison.Ordinal);
            Assert.DoesNotMatch($@"{Regex.Escape(id)}\.[^\n]*\.Build\.0", solution);
        }
    }
}
