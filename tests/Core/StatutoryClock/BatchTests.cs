using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.StatutoryClock.Batch;

namespace IntegrationHub.Core.Tests.StatutoryClock;

public class BatchTests
{
    private const string Good = """{"id":"ok","received":"2025-06-02"}""";

    /// <summary>An id that cannot be echoed would answer a case that nobody can identify.</summary>
    [Fact]
    public async Task An_id_that_is_not_utf_8_is_an_error()
    {
        using var output = new MemoryStream();
        byte[] line = [.. "{\"id\":\"caf"u8, 0xe9, .. "\",\"received\":\"2025-06-02\"}\n"u8];

        var exit = await DeadlineBatch.RunAsync(new MemoryStream(line), output, CountingPractice.AfterTheDay, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.Equal("""{"id":null,"error":"id: is not in UTF-8"}""", Encoding.UTF8.GetString(output.ToArray()).Trim());
    }

    public static TheoryData<string, string, string> Malformed => new()
    {
        { "", "null", "the line is empty" },
        { "   ", "null", "the line is empty" },
        { "hello", "null", "not JSON at byte 0" },
        { "[]", "null", "a JSON object is expected" },
        { "null", "null", "a JSON object is expected" },
        { "\"x\"", "null", "a JSON object is expected" },
        { "{\"id\":\"a\",\"received\":\"2025-06-02", "\"a\"", "not JSON at byte" },
        { """{"id":"a","received":"2025-06-02"}}""", "\"a\"", "not JSON at byte" },
        { """{"id":"a","received":"2025-06-02"} {}""", "\"a\"", "not JSON at byte" },
        { """{"id":"a","received":"2025-06-02",}""", "\"a\"", "not JSON at byte" },
        { """{"id":"a\ud800","received":"2025-02-30"}""", "\"a\\ud800\"", "received: a date like" },
        { """{"id":"a","received":"\ud800"}""", "\"a\"", "a text in the line is not Unicode" },
        { """{"received":"2025-06-02"}""", "null", "id: is missing" },
        { """{"id":null,"received":"2025-06-02"}""", "null", "id: a text is expected" },
        { """{"id":["a"],"received":"2025-06-02"}""", "null", "id: a text is expected" },
        { """{"id":"a"}""", "\"a\"", "received: is missing" },
        { """{"id":"a","received":null}""", "\"a\"", "received: is missing" },
        { """{"received":"2025-02-29","id":"late"}""", "\"late\"", "received: a date like 2025-06-02" },
        { """{"id":"a","received":"2025-13-01"}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":"02/06/2025"}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":"2025-6-2"}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":"2025-06-02T00:00:00"}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":" 2025-06-02"}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":"0205-06-02"}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":"9999-12-31"}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":20250602}""", "\"a\"", "received: a date like" },
        { """{"id":"a","received":"2025-06-02","received":"2025-06-03"}""", "\"a\"", "received: is given twice" },
        { """{"id":"a","recieved":"2025-06-02"}""", "\"a\"", "\"recieved\" is not a field of this object; the fields are id, received" },
        { """{"id":"a","received":"2025-06-02","Jo Smith, 1 Mill Lane":1}""", "\"a\"", "a name given there is not a field" },
        { """{"id":"a","received":"2025-06-02","decision":"assess"}""", "\"a\"", "decision: \"refuse\" is the only value" },
        { """{"id":"a","received":"2025-06-02","decision":true}""", "\"a\"", "decision: \"refuse\" is the only value" },
        { """{"id":"a","received":"2025-06-02","planIssued":{}}""", "\"a\"", "planIssued: a date like" },
        { """{"id":"a","received":"2025-06-02","advice":{}}""", "\"a\"", "advice: a list is expected" },
        { """{"id":"a","received":"2025-06-02","advice":[1]}""", "\"a\"", "advice[0]: an object is expected" },
        { """{"id":"a","received":"2025-06-02","advice":[{"kind":"medical"}]}""", "\"a\"", "advice[0].requested: is missing" },
        { """{"id":"a","received":"2025-06-02","advice":[{"requested":"2025-06-03"}]}""", "\"a\"", "advice[0].kind: is missing" },
        { """{"id":"a","received":"2025-06-02","advice":[{"kind":"Medical","requested":"2025-06-03"}]}""", "\"a\"", "advice[0].kind: one of educational, medical" },
        { """{"id":"a","received":"2025-06-02","advice":[{"kind":"familyViews","requested":"2025-06-03"}]}""", "\"a\"", "advice[0].kind: one of" },
        { """{"id":"a","received":"2025-06-02","advice":[{"kind":"medical","requested":"2025-06-03","receivedByBody":"soon"}]}""", "\"a\"", "advice[0].receivedByBody: a date like" },
        { """{"id":"a","received":"2025-06-02","advice":[{"kind":"medical","requested":"2025-06-03","body":"x"}]}""", "\"a\"", "advice[0]: \"body\" is not a field of this object" },
        { """{"id":"a","received":"2025-06-02","exceptions":"none"}""", "\"a\"", "exceptions: a list is expected" },
        { """{"id":"a","received":"2025-06-02","exceptions":[null]}""", "\"a\"", "exceptions[0]: an object is expected" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{}]}""", "\"a\"", "exceptions[0].ground: is missing" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"waitingList","from":"2025-06-03","to":"2025-06-04"}]}""", "\"a\"", "exceptions[0].ground: one of schoolClosed" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"orderAbsentFromArea","from":"2025-06-03","to":"2025-06-04"}]}""", "\"a\"", "exceptions[0].ground: one of schoolClosed" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"schoolClosed","from":"2025-06-03","to":"2025-06-04"},{"ground":"schoolClosed","from":"2025-06-05","to":"2025-06-04"}]}""", "\"a\"", "exceptions[1].to: is before \"from\"" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"schoolClosed","to":"2025-06-04"}]}""", "\"a\"", "exceptions[0].from: is missing" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"schoolClosed","from":"2025-06-04"}]}""", "\"a\"", "exceptions[0].to: is missing" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"schoolClosed","from":"2025-06-03","to":"2025-06-04","on":"2025-06-04"}]}""", "\"a\"", "exceptions[0].on: is allowed only for a missed appointment" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"missedAppointment","on":"2025-06-03"}]}""", "\"a\"", "exceptions[0].advice: is missing" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"missedAppointment","advice":"medical"}]}""", "\"a\"", "exceptions[0].on: is missing" },
        { """{"id":"a","received":"2025-06-02","exceptions":[{"ground":"missedAppointment","advice":"medical","on":"2025-06-03","to":"2025-06-03"}]}""", "\"a\"", "exceptions[0].to: is not allowed for a missed appointment" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_line_that_cannot_be_read_says_what_is_wrong_and_where(string line, string id, string problem)
    {
        var (answer, ok) = DeadlineBatch.AnswerLine(line);

        Assert.False(ok);
        Assert.StartsWith($$"""{"id":{{id}},"error":""", answer, StringComparison.Ordinal);
        Assert.EndsWith("\"}", answer, StringComparison.Ordinal);
        Assert.Contains(JsonEncodedText.Encode(problem, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":7,"received":"2025-06-02"}""", "7")]
    [InlineData("""{"id":"Zoë \"5\" 😀","received":"2025-06-02"}""", "\"Zoë \\\"5\\\" 😀\"")]
    [InlineData("""{ "id" : "a" , "received" : "2025\u002d06-02", "decision": null, "advice": null, "exceptions": null, "planIssued": null }""", "\"a\"")]
    public void Any_id_is_echoed_and_null_is_absent(string line, string id)
    {
        var (answer, ok) = DeadlineBatch.AnswerLine(line);

        Assert.True(ok, answer);
        Assert.StartsWith($$"""{"id":{{id}},"limits":[{"limit":"decideWhetherToAssess","due":"2025-07-14","relievedBy":[]},""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_that_has_not_arrived_has_no_limit_yet_but_counts_as_asked_for()
    {
        var (answer, ok) = DeadlineBatch.AnswerLine(
            """{"id":"a","received":"2025-06-02","advice":[{"kind":"educational","requested":"2025-07-16"}],"exceptions":[{"ground":"schoolClosed","from":"2025-07-23","to":"2025-09-01"}]}""");

        Assert.True(ok);
        Assert.DoesNotContain("advice:", answer, StringComparison.Ordinal);
        Assert.Contains("""{"limit":"finalPlan","due":"2025-10-20","relievedBy":["schoolClosed"]}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_counting_practice_can_be_chosen() =>
        Assert.Contains("\"due\":\"2025-07-13\"", DeadlineBatch.AnswerLine(Good, CountingPractice.DayOne).Answer, StringComparison.Ordinal);

    [Fact]
    public async Task One_bad_line_leaves_the_others_answered_and_the_status_1()
    {
        var (status, answers) = await Run($"\uFEFF{Good}\r\n\r\nnonsense\n{Good}");

        Assert.Equal(1, status);
        Assert.Equal(4, answers.Length);
        Assert.Equal(DeadlineBatch.AnswerLine(Good).Answer, answers[0]);
        Assert.Equal("""{"id":null,"error":"the line is empty"}""", answers[1]);
        Assert.Equal("""{"id":null,"error":"not JSON at byte 1"}""", answers[2]);
        Assert.Equal(answers[0], answers[3]);
    }

    [Fact]
    public async Task No_line_is_no_fault()
    {
        var (status, answers) = await Run("");

        Assert.Equal(0, status);
        Assert.Empty(answers);
    }

    [Fact]
    public async Task A_line_without_end_is_not_kept_in_memory()
    {
        var endless = new string('x', (3 * DeadlineBatch.MaxLineBytes) + 5);

        var (status, answers) = await Run($"{Good}\n{endless}\n{Good}\n");

        Assert.Equal(1, status);
        Assert.Equal(3, answers.Length);
        Assert.Equal("{\"id\":null,\"error\":\"the line is longer than 1048576 bytes\"}", answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    [Fact]
    public async Task Lines_may_arrive_in_any_pieces()
    {
        var text = Encoding.UTF8.GetBytes($"{Good}\n{Good}\n{Good}");
        var output = new MemoryStream();

        var status = await DeadlineBatch.RunAsync(new Drip(text), output, TestContext.Current.CancellationToken);

        Assert.Equal(0, status);
        Assert.Equal(string.Concat(Enumerable.Repeat(DeadlineBatch.AnswerLine(Good).Answer + "\n", 3)), Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DeadlineBatch.RunAsync(new MemoryStream([1]), Stream.Null, cancelled.Token));
    }

    [Fact]
    public void Whatever_is_thrown_at_it_one_line_of_JSON_comes_back()
    {
        const string line = """{"id":"a","received":"2025-06-02","decision":null,"advice":[{"kind":"medical","requested":"2025-06-03","receivedByBody":"2025-06-04"}],"exceptions":[{"ground":"missedAppointment","advice":"medical","on":"2025-06-20"}]}""";
        var bytes = Encoding.UTF8.GetBytes(line);

        // One to three bytes of a good line replaced by others: nearly JSON is the harder half of everything.
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte.Array[1, 3]).Sample((at, others) =>
        {
            var spoilt = bytes.ToArray();
            others.AsSpan(0, Math.Min(others.Length, spoilt.Length - at)).CopyTo(spoilt.AsSpan(at));
            var output = new System.Buffers.ArrayBufferWriter<byte>();

            var ok = DeadlineBatch.AnswerLine(spoilt, output);

            var answer = JsonNode.Parse(output.WrittenSpan)!.AsObject();
            Assert.Equal(ok ? "limits" : "error", answer.Select(field => field.Key).Last());
            Assert.False(output.WrittenSpan.Contains((byte)'\n'));
        });
    }

    private static async Task<(int Status, string[] Answers)> Run(string input)
    {
        var output = new MemoryStream();
        var status = await DeadlineBatch.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, TestContext.Current.CancellationToken);
        return (status, Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A stream that gives one byte at a time.</summary>
    private sealed class Drip(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
