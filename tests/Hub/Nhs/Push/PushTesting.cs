using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Outgoing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>The test of the way to a body's own endpoint: it asks for the CapabilityStatement, and says what came back.</summary>
public sealed class PushTesting
{
    private static readonly AgencyId Agency = Given.Ask().Provider.Id;
    private static readonly LocalAuthorityCode Council = LocalAuthorityCode.TryParse("330", out var code, out _) ? code : default;

    [Theory]
    [InlineData(200, """{ "resourceType": "CapabilityStatement", "status": "active", "date": "2026-01-01", "kind": "instance", "fhirVersion": "4.0.1", "format": [ "json" ], "software": { "name": "Trust EPR" } }""", true, "Trust EPR")]
    [InlineData(200, """{ "resourceType": "Patient", "active": true }""", false, "did not return a CapabilityStatement")]
    [InlineData(401, "", false, "401")]
    [InlineData(404, "", false, "404")]
    public async Task It_says_what_the_endpoint_answers_and_changes_nothing_there(int status, string answer, bool worked, string says)
    {
        await using var body = await BodyServer.Start(async (_, http) =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/fhir+json";
            await http.Response.WriteAsync(answer, http.RequestAborted);
        });

        var result = await Test(body.Base).TryAsync(new AgencyEntry { Id = Agency, Reach = Reach.FhirPush }, Council, TestContext.Current.CancellationToken);

        Assert.Equal(worked, result.Worked);
        Assert.Contains(says, result.Said, StringComparison.Ordinal);
        var call = Assert.Single(body.Calls);
        Assert.Equal(("GET", "/fhir/metadata"), (call.Method, call.Path));
    }

    [Fact]
    public async Task A_body_without_an_endpoint_is_not_called()
    {
        var other = AgencyId.TryParse("ods:RX9", out var agency, out _) ? agency : default;

        var result = await Test("http://127.0.0.1:9").TryAsync(new AgencyEntry { Id = other, Reach = Reach.FhirPush }, Council, TestContext.Current.CancellationToken);

        Assert.False(result.Worked);
        Assert.Contains("The test did not run", result.Said, StringComparison.Ordinal);
    }

    private static IChannelTest Test(string address)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PushRetryOptions { Pause = TimeSpan.FromMilliseconds(1) });
        services.AddSingleton(new OutgoingOptions { AllowLoopback = true });
        services.AddFhirPush([new PushEndpoint { Agency = Agency, Base = new Uri($"{address}/fhir") }]);
        return services.BuildServiceProvider().GetRequiredService<IChannelTest>();
    }
}
