using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using IntegrationHub.Azure.Tests;

[assembly: AssemblyFixture(typeof(Template))]

namespace IntegrationHub.Azure.Tests;

/// <summary>infra/main.bicep as the real compiler understands it.</summary>
public sealed class Template : IAsyncLifetime
{
    /// <summary>What the compiler said beside the template: every warning and error.</summary>
    internal string Said { get; private set; } = "";

    internal int ExitCode { get; private set; }

    internal JsonElement Json { get; private set; }

    /// <summary>All resources that all modules make, with the module's own template; not those that a module only speaks of.</summary>
    internal IEnumerable<(string Type, JsonElement Resource, JsonElement Module)> Resources => Of(Json);

    public async ValueTask InitializeAsync()
    {
        (ExitCode, var template, Said) = await RunAsync("build", Path.Combine(Source.Root, "infra", "main.bicep"), "--stdout");
        if (ExitCode == 0)
        {
            Json = JsonDocument.Parse(template).RootElement;
        }
    }

    public ValueTask DisposeAsync() => default;

    internal static async Task<(int ExitCode, string Output, string Said)> RunAsync(params string[] arguments)
    {
        var bicep = typeof(Template).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bicep").Value!;
        var start = new ProcessStartInfo(bicep, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var process = Process.Start(start)!;
        var (output, said) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await said);
    }

    /// <summary>The template of a module by the name it has in main.bicep.</summary>
    internal JsonElement Module(string name) => Json.GetProperty("resources").GetProperty(name).GetProperty("properties").GetProperty("template");

    private static IEnumerable<(string, JsonElement, JsonElement)> Of(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        var all = resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(p => p.Value);
        foreach (var resource in all)
        {
            var type = resource.GetProperty("type").GetString()!;
            if (type == "Microsoft.Resources/deployments")
            {
                foreach (var inner in Of(resource.GetProperty("properties").GetProperty("template")))
                {
                    yield return inner;
                }
            }
            else if (!resource.TryGetProperty("existing", out _))
            {
                yield return (type, resource, template);
            }
        }
    }
}
