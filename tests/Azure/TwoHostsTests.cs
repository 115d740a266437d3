using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Azure.Tests;

/// <summary>The hub on one machine and the hub on Azure are one hub: read from their sources, since what one host leaves out shows only beside the other.</summary>
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
    public void Both_are_put_together_by_the_one_composition_root()
    {
        // Whatever extension of functions/Hub adds a part of the hub is called there, once, and by no host.
        var parts = Source.All(Hub, @"public static IServiceCollection (Add\w+)(?:<\w+>)?\(\s*this IServiceCollection");
        var root = Source.Read("functions", "Hub", "Hosting", "HubSetup.cs");

        Assert.NotEmpty(Source.All(root, @"\.(Add\w+)(?:<\w+>)?\(").Intersect(parts));
        Assert.Equal(["AddHub"], Source.All(Local, @"\.(Add\w+)(?:<\w+>)?\(").Intersect(parts));
        Assert.Equal(["AddHub"], Source.All(Azure, @"\.(Add\w+)(?:<\w+>)?\(").Intersect(parts));
    }

    [Fact]
    public void Neither_carries_out_effects_by_handlers_or_channels_of_its_own()
    {
        const string Registered = @"AddSingleton<(IEffectHandler|IAgencyChannel)\b";

        Assert.NotEmpty(Source.All(Hub, Registered));
        Assert.Empty(Source.All(Local + Azure, Registered));
    }

    [Fact]
    public void Both_read_the_same_sections_of_configuration()
    {
        // How each host reaches its bus is its own: a broker's address here, the triggers' connection and AzureHubOptions there. So is its scanner:
        // clamd on one machine, on Azure the storage account's.
        var hosts = new[] { "AzureHubOptions", "BrokerOptions", "ClamdOptions", "EmbeddedBusOptions" };
        var local = Source.All(Local, @"SettingsReader\.Read<(\w+)>").Except(hosts).ToList();

        Assert.NotEmpty(local);
        Assert.Equal(local, Source.All(Azure, @"SettingsReader\.Read<(\w+)>").Except(hosts));
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
    public void The_solution_builds_every_project_but_the_triggers_which_need_the_switch()
    {
        var solution = Source.Read("IntegrationHub.sln");
        var projects = Source.Projects().ToDictionary(file => Path.GetFileNameWithoutExtension(file)!);

        Assert.Contains("IntegrationHub.Azure", projects.Keys);
        foreach (var project in projects.Keys.Where(name => name != "IntegrationHub.Azure.Triggers"))
        {
            var id = Regex.Match(solution, $@"""{Regex.Escape(project)}"", ""[^""]+"", ""(\{{[^}}]+\}})""").Groups[1].Value;
            Assert.NotEmpty(id);
            Assert.Matches($@"{Regex.Escape(id)}\.Debug\|Any CPU\.Build\.0", solution);
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(projects[project])!, "packages.lock.json")), $"{project} has no lock file.");
        }

        Assert.DoesNotContain("IntegrationHub.Azure.Triggers\"", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void A_publish_that_does_not_say_whether_it_has_triggers_is_refused()
    {
        var project = Source.Read("functions", "Azure", "IntegrationHub.Azure.csproj");

        Assert.Matches(@"<Target Name=""\w+"" BeforeTargets=""PrepareForPublish"" Condition=""'\$\(ServiceBusTriggers\)' == 'unset'"">\s*<Error ", project);
    }
}
