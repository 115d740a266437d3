using System.Text;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Messages.Tests.Bus;

public sealed class CloudEventBindingTests
{
    private static readonly CloudEvent Event = new()
    {
        Id = "e-1",
        Source = "urn:integrationhub:330",
        Type = BusMessages.AdviceReminder,
        Subject = "330-7K3M9Q2XH4TD",
        Time = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero),
        DataSchema = "urn:integrationhub:schema:" + BusMessages.AdviceReminder,
        Extensions = new Dictionary<string, string> { ["agency"] = "urn:100001" },
        Data = "{\"a\":1}"u8.ToArray(),
    };

    [Fact]
    public void Binary_mode_is_written_with_underscores()
    {
        var parts = CloudEventBinding.Write(Event);

        Assert.Equal("application/json", parts.ContentType);
        Assert.Equal(
            ["cloudEvents_agency", "cloudEvents_dataschema", "cloudEvents_id", "cloudEvents_source", "cloudEvents_specversion", "cloudEvents_subject", "cloudEvents_time", "cloudEvents_type"],
            parts.ApplicationProperties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("urn:100001", parts.ApplicationProperties[BusEntities.AgencyProperty]);
    }

    [Fact]
    public void Binary_mode_is_read_back() => AssertSame(Event, CloudEventBinding.Read(CloudEventBinding.Write(Event)));

    [Fact]
    public void The_colon_and_native_timestamps_are_understood()
    {
        var written = CloudEventBinding.Write(Event);
        var properties = written.ApplicationProperties.ToDictionary(p => p.Key.Replace("cloudEvents_", "cloudEvents:", StringComparison.Ordinal), p => p.Value);
        properties["cloudEvents:time"] = new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);
        properties["unrelated"] = 7;

        AssertSame(Event, CloudEventBinding.Read(written with { ApplicationProperties = properties }));
    }

    public static TheoryData<string, object> Attributes
    {
        get
        {
            var instant = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
            return new()
            {
                { "time", instant },
                { "time", instant.ToOffset(TimeSpan.FromHours(1)) },
                { "time", instant.UtcDateTime },
                { "time", "2026-03-02T11:00:00+01:00" },
                { "source", new Uri("urn:integrationhub:330") },
                { "subject", new Uri("330-7K3M9Q2XH4TD", UriKind.Relative) },
                { "dataschema", new Uri("urn:integrationhub:schema:" + BusMessages.AdviceReminder) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Attributes))]
    public void Attributes_are_read_in_every_type_that_their_meaning_allows(string name, object value)
    {
        var written = CloudEventBinding.Write(Event);
        var properties = new Dictionary<string, object?>(written.ApplicationProperties) { ["cloudEvents_" + name] = value };

        AssertSame(Event, CloudEventBinding.Read(written with { ApplicationProperties = properties }));
    }

    [Fact]
    public void An_escaped_source_stays_as_it_was_written()
    {
        var written = CloudEventBinding.Write(Event);
        var properties = new Dictionary<string, object?>(written.ApplicationProperties) { ["cloudEvents_source"] = new Uri("https://a.example/b%20c") };

        Assert.Equal("https://a.example/b%20c", CloudEventBinding.Read(written with { ApplicationProperties = properties }).Value!.Source);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("EFBBBF7B7D", "byte order mark")]
    [InlineData("1F8B0800", "gzip")]
    [InlineData("FEFF007B007D", "UTF-16")]
    [InlineData("7B007D00", "UTF-16")]
    public void Bytes_that_are_not_plain_utf8_are_refused_with_what_to_change(string bytes, string word) =>
        Assert.Contains(word, CloudEventJson.Read(Convert.FromHexString(bytes)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Structured_mode_is_understood() =>
        AssertSame(Event, CloudEventBinding.Read(new AmqpParts("application/cloudevents+json; charset=utf-8", new Dictionary<string, object?>(), CloudEventJson.Write(Event))));

    [Fact]
    public void Structured_binary_data_is_understood()
    {
        var json = """{"specversion":"1.0","id":"1","source":"/s","type":"t","datacontenttype":"application/pdf","data_base64":"AQI="}""";

        var reading = CloudEventJson.Read(Encoding.UTF8.GetBytes(json));

        Assert.Equal([1, 2], reading.Value!.Data.ToArray());
        Assert.Equal("application/pdf", reading.Value.DataContentType);
    }

    [Theory]
    [InlineData("cloudEvents_specversion", null, "specversion: must be 1.0.")]
    [InlineData("cloudEvents_specversion", "0.3", "specversion: must be 1.0.")]
    [InlineData("cloudEvents_id", "", "id: missing.")]
    [InlineData("cloudEvents_type", null, "type: missing.")]
    [InlineData("cloudEvents_time", "yesterday", "time: must be an RFC 3339 timestamp.")]
    [InlineData("cloudEvents_time", "2026-03-02T10:00:00", "time: must be an RFC 3339 timestamp.")]
    [InlineData("cloudEvents_Secret", "x", "the name of an extension attribute must be 1 to 64 lower-case letters and digits.")]
    public void Bad_attributes_are_named_without_their_value(string name, string? value, string problem)
    {
        var written = CloudEventBinding.Write(Event);
        var properties = new Dictionary<string, object?>(written.ApplicationProperties) { [name] = value };

        Assert.Equal(problem, CloudEventBinding.Read(written with { ApplicationProperties = properties }).Problem);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"\\ud800\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":{}}")]
    public void Bad_structured_bytes_are_a_problem_and_no_exception(string json) =>
        Assert.NotEqual("", CloudEventJson.Read(Encoding.UTF8.GetBytes(json)).Problem);

    [Fact]
    public void A_message_without_attributes_is_no_event() =>
        Assert.StartsWith("no CloudEvents attribute", CloudEventBinding.Read(new AmqpParts(null, new Dictionary<string, object?>(), default)).Problem, StringComparison.Ordinal);

    [Fact]
    public void An_agency_reads_only_its_own_subscriptions()
    {
        var rights = BusEntities.RightsOf(SampleMessages.School);

        Assert.Equal(
            ["advice-requests/Subscriptions/urn-100001 Listen", "assessment-status/Subscriptions/urn-100001 Listen", "advice-responses Send", "assessments-pushed Send", "school-closures Send"],
            rights.Select(grant => $"{grant.EntityPath} {grant.Rights}"));
    }

    private static void AssertSame(CloudEvent expected, Reading<CloudEvent> reading)
    {
        Assert.Equal("", reading.Problem);
        var actual = reading.Value!;
        Assert.Equal(expected with { Data = default, Extensions = actual.Extensions }, actual with { Data = default });
        Assert.Equal(expected.Extensions, actual.Extensions);
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }
}
