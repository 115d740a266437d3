using System.Text.RegularExpressions;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json;

namespace IntegrationHub.Azure.Tests;

/// <summary>
/// What the Functions host makes of host.json under the app's settings, for each backend, through its own types: the settings replace
/// what host.json says value by value, and one property of the backend may have two names.
/// </summary>
public sealed class DurableBackendTests(Template template)
{
    [Fact]
    public void On_storage_the_drivers_use_the_storage_account_of_the_host()
    {
        var (options, settings) = Read("storage");

        Assert.Equal("azureStorage", options.StorageProvider["type"]);

        // As the extension's own factory reads them.
        var storage = new AzureStorageOptions();
        JsonConvert.PopulateObject(JsonConvert.SerializeObject(options.StorageProvider), storage);
        Assert.Equal("AzureWebJobsStorage", storage.ConnectionName);
        Assert.Contains($"{storage.ConnectionName}__accountName", settings.Keys);
        Assert.DoesNotContain("DurableTaskScheduler", settings.Keys);
    }

    [Fact]
    public void On_the_scheduler_the_drivers_use_the_connection_that_is_set()
    {
        var (options, settings) = Read("scheduler");

        Assert.Equal("azureManaged", options.StorageProvider["type"]);
        var connection = Assert.IsType<string>(options.StorageProvider["connectionStringName"]);
        Assert.Contains(connection, settings.Keys);
        Assert.Contains("Endpoint=", settings[connection], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("storage")]
    [InlineData("scheduler")]
    public void No_property_of_a_backend_is_set_under_two_names(string backend)
    {
        var (options, _) = Read(backend);
        var names = options.StorageProvider.Keys.Select(key => key.Replace("StringName", "Name", StringComparison.OrdinalIgnoreCase)).ToList();

        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
        Assert.Equal("%DurableTaskHub%", options.HubName);
        Assert.Equal("1.0", options.DefaultVersion);
        Assert.Equal(4 * 1024 * 1024, options.MaxGrpcMessageSizeInBytes);
    }

    private (DurableTaskOptions Options, Dictionary<string, string> Settings) Read(string backend)
    {
        var settings = Settings(backend);
        using var host = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "AzureFunctionsJobHost": {{Source.Read("host.json")}} }"""));
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(host)
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value)))
            .Build();
        var options = new DurableTaskOptions();
        configuration.GetSection("AzureFunctionsJobHost:extensions:durableTask").Bind(options);
        return (options, settings);
    }

    /// <summary>The settings that the compiled template gives the app with one backend; expressions of the template as they are.</summary>
    private Dictionary<string, string> Settings(string backend)
    {
        var variables = template.Module("app").GetProperty("variables");
        var all = variables.GetProperty("common").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        var choice = variables.GetProperty("durable").GetString()!;
        var objects = Regex.Matches(choice, @"createObject\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(2, objects.Count);
        foreach (Match pair in Regex.Matches(objects[backend == "scheduler" ? 0 : 1], @"'(\w+)', (?:'([^']*)'|(format\(.*\)))"))
        {
            all[pair.Groups[1].Value] = pair.Groups[2].Success ? pair.Groups[2].Value : pair.Groups[3].Value;
        }

        return all;
    }
}
