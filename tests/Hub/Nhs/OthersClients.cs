using System.Diagnostics;
using System.Runtime.CompilerServices;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>fhir-kit-client drives every interaction, and the fhir validator judges every answer (npm: <c>cd tests/peers &amp;&amp; npm ci</c>).</summary>
public sealed class OthersClients
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fhir_kit_client_and_the_fhir_validator_find_nothing_wrong()
    {
        var peers = Path.Combine(Root(), "tests", "peers");
        var missing = Directory.Exists(Path.Combine(peers, "node_modules", "fhir-kit-client")) ? "" : "fhir-kit-client is not installed: cd tests/peers && npm ci";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);
        await using var host = await Answering.Asked();
        await host.Get<FhirPublisher>().PublishQuestionnaireAsync(Cancel);

        var start = new ProcessStartInfo("node", ["fhir-client.mjs", host.Base, Answering.TaskId, PatientMapping.IdOf(Given.Ask().Assessment)])
        {
            WorkingDirectory = peers,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(Cancel);
        var steps = (await process.StandardOutput.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(Cancel);

        var failed = string.Join(Environment.NewLine, steps.Where(step => step.Contains("\"ok\":false", StringComparison.Ordinal)));
        Assert.True(failed.Length == 0, failed);
        Assert.True(process.ExitCode == 0 && steps.Length >= 28, $"{steps.Length} steps, exit code {process.ExitCode}: {await complaints}");
        Assert.Equal("Epilepsy.", host.Exchange.Delivered[^1].Advice!.Needs.Single().Text);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", ".."));
}
