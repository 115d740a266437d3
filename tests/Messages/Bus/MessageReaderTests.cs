using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Messages.Tests.Bus;

public sealed class MessageReaderTests
{
    [Fact]
    public void Every_message_is_read_back_as_it_was_written()
    {
        Assert.Equal(BusMessages.All.Select(message => message.Body), SampleMessages.All.Select(body => body.GetType()));
        foreach (var body in SampleMessages.All)
        {
            var bytes = BusJson.Write(body);

            var reading = MessageReader.Read(BusMessages.For(body), bytes);

            Assert.Equal("", reading.Problem);
            Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(BusJson.Write(reading.Value!)));
        }
    }

    [Fact]
    public void Members_that_an_agency_does_not_know_are_let_through()
    {
        var body = Json(BusMessages.AdviceRequested);
        body["addedInALaterVersion"] = new JsonObject { ["deep"] = 1 };

        Assert.Equal("", Read(BusMessages.AdviceRequested, body).Problem);
    }

    [Theory]
    [InlineData("", "summary", "$.summary: is not a member of this message, and its content would be lost.")]
    [InlineData("advice", "conclusions", "$.advice.conclusions: is not a member of this message, and its content would be lost.")]
    [InlineData("advice.needs.0", "Text", "$.advice.needs[0].Text: is not a member of this message, and its content would be lost.")]
    [InlineData("advice", "Alex Doyle, 3 May", "$.advice.(a name): is not a member of this message, and its content would be lost.")]
    public void Members_that_the_hub_does_not_know_are_refused_with_their_place(string path, string name, string problem)
    {
        var body = Json(BusMessages.AdviceSubmitted);
        Set(body, [.. path.Split('.', StringSplitOptions.RemoveEmptyEntries), name], "words that must not be lost");

        Assert.Equal(problem, Read(BusMessages.AdviceSubmitted, body).Problem);
    }

    [Theory]
    [InlineData("agency", "ODS:rx1")]
    [InlineData("agency", "ods:rx1")]
    [InlineData("agency", " ods:RX1")]
    [InlineData("assessment", " 330-7K3M9Q2XH4TD")]
    [InlineData("advice.needs.0.area", "HEALTH")]
    public void A_word_has_one_spelling_in_schema_and_reader_alike(string path, string value)
    {
        var body = Json(BusMessages.AdviceSubmitted);
        Set(body, path.Split('.'), value);

        Assert.StartsWith($"$.{path.Replace(".0.", "[0].", StringComparison.Ordinal)}: must be ", Read(BusMessages.AdviceSubmitted, body).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("advice.author", null, "$.advice.author: must not be null.")]
    [InlineData("advice.author", "\"  \"", "$.advice.author: must not be blank.")]
    [InlineData("advice.writtenOn", "\"2026-02-30\"", "$.advice.writtenOn: must be a day, YYYY-MM-DD.")]
    [InlineData("advice.needs.0.area", "\"secretWord\"", "$.advice.needs[0].area: must be one of education, health, socialCare.")]
    [InlineData("advice.needs.0.area", "1", "$.advice.needs[0].area: must be one of education, health, socialCare.")]
    [InlineData("advice.needs.0", "null", "$.advice.needs[0]: must not be null.")]
    [InlineData("advice.needs", "{}", "$.advice.needs: must be an array.")]
    [InlineData("advice.needs.0.text", "7", "$.advice.needs[0].text: must be text.")]
    [InlineData("advice.attachments.0.sha256", "\"AA\"", "$.advice.attachments[0].sha256: must be a SHA-256: 64 lower-case hexadecimal digits.")]
    [InlineData("advice.attachments.0.size", "-1", "$.advice.attachments[0].size: must not be negative.")]
    [InlineData("advice.attachments.0.size", "99999999999999999999", "$.advice.attachments[0].size: must be a whole number.")]
    [InlineData("assessment", "\"330-secret\"", "$.assessment: must be an assessment id, as issued by the hub.")]
    [InlineData("agency", "\"secret\"", "$.agency: must be an agency: ods:CODE, urn:NUMBER, ukprn:NUMBER, la:COUNCIL/service-name or person:COUNCIL/reference.")]
    [InlineData("advice.isDocumentOnly", "\"secret\"", "$.advice.isDocumentOnly: must be true or false.")]
    [InlineData("advice", "[]", "$.advice: must be an object.")]
    public void Says_where_and_why_and_never_what(string path, string? value, string problem)
    {
        var body = Json(BusMessages.AdviceSubmitted);
        Set(body, path.Split('.'), value is null ? null : JsonNode.Parse(value));

        Assert.Equal(problem, Read(BusMessages.AdviceSubmitted, body).Problem);
    }

    [Fact]
    public void Names_every_missing_member()
    {
        var body = Json(BusMessages.AdviceSubmitted);
        body.Remove("request");
        ((JsonObject)body["advice"]!["needs"]![0]!).Remove("text");

        Assert.Equal("$.request: missing. $.advice.needs[0].text: missing.", Read(BusMessages.AdviceSubmitted, body).Problem);
    }

    [Fact]
    public void An_instant_without_an_offset_is_refused()
    {
        var body = Json(BusMessages.AdviceAcknowledged);
        body["receivedAt"] = "2026-01-20T09:00:00";

        Assert.Equal("$.receivedAt: must be a date and time with an offset, as in RFC 3339.", Read(BusMessages.AdviceAcknowledged, body).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"request\":\"a\",\"request\":\"b\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"request\":\"\\ud800\"}")]
    public void Bad_bytes_are_a_problem_and_no_exception(string text) =>
        Assert.NotEqual("", MessageReader.Read(BusMessages.Find(BusMessages.AdviceAccepted)!, Encoding.UTF8.GetBytes(text)).Problem);

    [Fact]
    public void A_type_nobody_knows_is_a_problem()
    {
        var reading = MessageReader.Read(new CloudEvent { Id = "1", Source = "urn:x", Type = "secret.v9" });

        Assert.DoesNotContain("secret", reading.Problem, StringComparison.Ordinal);
        Assert.NotEqual("", reading.Problem);
    }

    [Fact]
    public void Mutated_messages_are_read_or_refused_with_a_reason()
    {
        var mutated =
            from sample in Gen.Int[0, SampleMessages.All.Count - 1]
            from edits in Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[1, 4]
            select (sample, edits);
        mutated.Sample(
            mutation =>
            {
                var message = BusMessages.For(SampleMessages.All[mutation.sample]);
                var bytes = BusJson.Write(SampleMessages.All[mutation.sample]);
                foreach (var (at, to) in mutation.edits)
                {
                    bytes[at % bytes.Length] = to;
                }

                var reading = MessageReader.Read(message, bytes);
                return (reading.Value is null) == (reading.Problem.Length > 0);
            },
            iter: 20_000,
            threads: 1);
    }

    private static JsonObject Json(string type) =>
        (JsonObject)JsonNode.Parse(BusJson.Write(SampleMessages.All.Single(body => BusMessages.For(body).Type == type)))!;

    private static Reading<object> Read(string type, JsonObject body) =>
        MessageReader.Read(BusMessages.Find(type)!, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static void Set(JsonNode node, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length > 1)
        {
            Set(node is JsonArray items ? items[int.Parse(path[0], System.Globalization.CultureInfo.InvariantCulture)]! : node[path[0]]!, path[1..], value);
        }
        else if (node is JsonArray items)
        {
            items[int.Parse(path[0], System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            node[path[0]] = value;
        }
    }
}
