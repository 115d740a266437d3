using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Nhs;
using IntegrationHub.Functions.Startup;
using Microsoft.Extensions.Configuration;

namespace IntegrationHub.Hub.Tests.Startup;

/// <summary>A slip in a setting ends the start with a line that names it; it never leaves a default in force without a word.</summary>
public class SettingsReaderTests
{
    [Fact]
    public void What_is_set_is_read_and_the_rest_has_its_default()
    {
        var read = SettingsReader.Read<AccessOptions>(Given(("access:requestsperminute", "60"), ("Access:Bindings:app-1:Council", "330")));

        Assert.Equal(60, read.RequestsPerMinute);
        Assert.Equal("330", read.Bindings["app-1"].Council);
        Assert.Equal(new AccessOptions().Audience, read.Audience);
    }

    [Theory]
    [InlineData("Access:Autority")]
    [InlineData("Access:Development ")]
    public void An_unknown_name_is_refused_with_the_names_there_are(string name)
    {
        var refused = Assert.Throws<RefusedStartException>(() => SettingsReader.Read<AccessOptions>(Given((name, "true"))));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Authority", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_the_code_may_set_is_no_setting() =>
        Assert.Throws<RefusedStartException>(() => SettingsReader.Read<MonitorOptions>(Given(("Monitor:DevelopmentSignIn", "true"))));

    [Fact]
    public void A_value_that_cannot_be_read_is_refused_with_its_name()
    {
        var refused = Assert.Throws<RefusedStartException>(() => SettingsReader.Read<FhirEndpointOptions>(Given(("Fhir:MaxSubscriptions", "many"))));

        Assert.Contains("Fhir:MaxSubscriptions", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-1.00:00:00")]
    [InlineData("4000.00:00:00")]
    public void A_value_outside_its_bounds_is_refused(string time)
    {
        var refused = Assert.Throws<RefusedStartException>(() => SettingsReader.Read<HoldingOptions>(Given(("Holding:HoldFor", time))));

        Assert.Contains("HoldFor", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A limit below zero would be no limit.</summary>
    [Fact]
    public void A_negative_value_is_refused()
    {
        var refused = Assert.Throws<RefusedStartException>(() => SettingsReader.Read<AccessOptions>(Given(("Access:RequestsPerMinute", "-5"))));
        Assert.Equal("Access:RequestsPerMinute must not be negative.", refused.Message);
        Assert.Equal(0, SettingsReader.Read<AccessOptions>(Given(("Access:RequestsPerMinute", "0"))).RequestsPerMinute);

        Assert.Throws<RefusedStartException>(() => SettingsReader.Read<FhirEndpointOptions>(Given(("Fhir:GiveUpNotifyingAfter", "-1.00:00:00"))));
    }

    [Fact]
    public void A_section_within_a_section_is_no_unknown_name() =>
        Assert.Null(SettingsReader.Read<BrokerOptions>(Given(("Bus:Embedded:Port", "0"))).Address);

    private static IConfiguration Given(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
}
