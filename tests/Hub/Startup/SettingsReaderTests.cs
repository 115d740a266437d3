using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Nhs;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Graph;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Orchestrations.Turns;
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

    /// <summary>.NET reads each of these without an error, as something else: 24 days, the third login, no network, no service.</summary>
    [Theory]
    [InlineData("Clock:MaxClockJump", "24:00:00", "Clock:MaxClockJump must be a time written d.hh:mm:ss")]
    [InlineData("Clock:MaxClockJump", "1", "Clock:MaxClockJump must be a time written d.hh:mm:ss")]
    [InlineData("Clock:MaxClockJump", "1.00:00:00", "MaxClockJump must be between")]
    [InlineData("Clock:MaxStop", "00:00:00", "MaxStop must be between")]
    [InlineData("Bus:Login", "2", "Bus:Login must be one of Anonymous, Plain, SharedAccess, Entra")]
    [InlineData("Bus:Login", "Plain,Entra", "Bus:Login must be one of")]
    [InlineData("Bus:Address", "broker", "Bus:Address must be an address that begins with its scheme")]
    [InlineData("Bus:Address", "/broker", "Bus:Address must be an address that begins with its scheme")]
    [InlineData("Bus:Address", "amqps://broker.example.org", "the login SharedAccess needs KeyName and Key")]
    [InlineData("Bus:Credit", "0", "Credit must be between")]
    [InlineData("Bus:Embedded", "true", "Bus:Embedded takes no value itself")]
    [InlineData("Access:Bindings:app-1", "330", "Access:Bindings:app-1 takes no value itself. Its settings are: Agency, Council.")]
    [InlineData("Access:Bindings:app-1:Councl", "330", "There is no setting Access:Bindings:app-1:Councl.")]
    [InlineData("Access:Bindings:app-1:Council", "33", "Bindings:app-1:Council")]
    [InlineData("Access:Bindings:app-1:Agency", "RX1", "Bindings:app-1:Agency")]
    [InlineData("Access:Roles", "x", "Access:Roles takes names and values: set Access:Roles:NAME.")]
    [InlineData("Access:Roles:clerk", "officer", "Roles:clerk must be one of council-officer, agency, family")]
    [InlineData("Access:Audience", "", "Audience")]
    [InlineData("Access:Audience:0", "x", "Access:Audience takes one value.")]
    [InlineData("Access:RequestsPerMinute", "1,000", "Access:RequestsPerMinute must be a whole number.")]
    [InlineData("Access:Development", "yes", "Access:Development must be true or false.")]
    [InlineData("Outgoing:AllowedNetworks", "10.0.0.0/8", "Outgoing:AllowedNetworks takes a list: set Outgoing:AllowedNetworks:0")]
    [InlineData("Notices:Notify:Councils:330", "key", "Notices:Notify:Councils:330 takes no value itself.")]
    [InlineData("Notices:Notify:Councils:330:ApiKeys", "key", "There is no setting Notices:Notify:Councils:330:ApiKeys.")]
    [InlineData("Notices:Gather", "30", "Notices:Gather must be a time written d.hh:mm:ss")]
    [InlineData("Notices:BaseAddress", "hub.example.gov.uk", "BaseAddress must be an https address")]
    [InlineData("Notices:Graph:Mailbox", "send@example.gov.uk", "set TenantId, ClientId and Mailbox")]
    [InlineData("Documents:MaxAttachmentBytes", "0", "MaxAttachmentBytes must be between")]
    [InlineData("Fhir:PublicBase", "http://hub.example.gov.uk/fhir", "PublicBase must be an https address")]
    public void A_slip_that_would_be_read_as_something_else_is_refused(string name, string value, string problem)
    {
        var given = Given((name, value));
        Func<object>[] read =
        [
            () => SettingsReader.Read<ClockOptions>(given), () => SettingsReader.Read<BrokerOptions>(given), () => SettingsReader.Read<AccessOptions>(given),
            () => SettingsReader.Read<OutgoingOptions>(given), () => SettingsReader.Read<NotifyOptions>(given), () => SettingsReader.Read<NoticeOptions>(given),
            () => SettingsReader.Read<GraphOptions>(given), () => SettingsReader.Read<FhirEndpointOptions>(given), () => SettingsReader.Read<KeepingRules>(given),
        ];

        var refused = Assert.IsType<RefusedStartException>(Assert.Single(read.Select(Record.Exception).OfType<Exception>()));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_the_right_form_is_read()
    {
        var given = Given(("Clock:MaxClockJump", "00:30:00"), ("Clock:MaxStop", "60.00:00:00"), ("Bus:Login", "plain"), ("Bus:Address", ""), ("Outgoing:AllowedNetworks:0", "10.0.0.0/8"), ("Outgoing:AllowedNetworks:1", "10.1.0.0/16"));

        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromDays(60)), (SettingsReader.Read<ClockOptions>(given).MaxClockJump, SettingsReader.Read<ClockOptions>(given).MaxStop));
        Assert.Equal((BrokerLogin.Plain, null), (SettingsReader.Read<BrokerOptions>(given).Login, SettingsReader.Read<BrokerOptions>(given).Address));
        Assert.Equal(2, SettingsReader.Read<OutgoingOptions>(given).AllowedNetworks.Count);
    }

    private static IConfiguration Given(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
}
