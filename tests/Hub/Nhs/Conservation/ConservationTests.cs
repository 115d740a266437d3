using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Conservation;

/// <summary>
/// Every word of an accepted document, response or Task is in the case or in a document that can be fetched; or the answer refuses it
/// and says where. 5,000 of each are tried, or as many as CONSERVATION_CASES says.
/// </summary>
public sealed class ConservationTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("CONSERVATION_CASES") ?? "5000", CultureInfo.InvariantCulture);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Gen<byte[]> Choices = Gen.Byte.Array[0, 600];

    [Fact]
    public void Every_word_of_advice_is_in_the_case_or_in_a_document_or_refused_with_its_place()
    {
        var (read, refused) = (0, 0);
        Choices.Sample(
            choices =>
            {
                var advice = new GeneratedAdvice(new WordFilling(choices));
                var task = advice.Task();
                var answer = AdviceInTask.Read(task, reference => advice.Resources.GetValueOrDefault(reference), new DateOnly(2026, 11, 28));
                if (answer.Value is not { } output)
                {
                    Interlocked.Increment(ref refused);
                    Assert.All(answer.Problems, problem => Assert.NotEmpty(problem.Path));
                    return;
                }

                Interlocked.Increment(ref read);
                var kept = output.Documents.Where(document => output.Content?.Attachments.Contains(document.Reference) == true).ToList();
                var told = WordFilling.In($"{JsonSerializer.Serialize(output.Content, Plain)}{output.NilReturn}{string.Concat(kept.Select(document => Encoding.UTF8.GetString(document.Bytes.Span)))}");
                NoneLost(Said(task, advice.Resources.Values), told, string.Concat(advice.Resources.Values.Append(task).Select(Written)));
                Assert.True(output.Content is null || output.Content.Attachments.Count == kept.Count, "a document is listed that nobody keeps");
            },
            iter: Cases);

        // A test of refusals only would hold without a reader.
        Assert.True(read > refused / 3, $"{read} were read and {refused} refused");
    }

    [Fact]
    public void Every_word_of_a_task_that_is_no_advice_is_reported_or_refused()
    {
        Choices.Sample(
            choices =>
            {
                var fill = new WordFilling(choices);
                var before = new FhirTask { Status = FhirTask.TaskStatus.Accepted };
                var after = fill.Fill(new FhirTask());
                var body = new FhirTask
                {
                    Status = ((FhirTask.TaskStatus[])[FhirTask.TaskStatus.OnHold, FhirTask.TaskStatus.InProgress, FhirTask.TaskStatus.Failed, FhirTask.TaskStatus.Accepted])[fill.Pick(4)],
                    StatusReason = after.StatusReason,
                    BusinessStatus = after.BusinessStatus,
                    Note = after.Note,
                    Text = after.Text,
                };
                if (TaskRules.Check(before, body).Any())
                {
                    return;
                }

                var isRefusal = body.Status == FhirTask.TaskStatus.Failed;
                var said = TaskRemarks.New(before, body, reasonIsTold: isRefusal);

                var told = WordFilling.In(string.Join(' ', said.Select(saying => saying.Text)) + (isRefusal ? TaskRemarks.Reason(body) : ""));
                NoneLost(WordFilling.In(Written(body)), told, Written(body));
            },
            iter: Cases);
    }

    private static void NoneLost(HashSet<string> said, HashSet<string> told, string written)
    {
        var lost = said.Except(told).Select(word => written.IndexOf(word, StringComparison.Ordinal) is var at and >= 0 ? written[Math.Max(0, at - 200)..Math.Min(written.Length, at + 40)] : word).ToList();
        Assert.True(lost.Count == 0, string.Join("\n", lost));
    }

    // Base64 hides words: what a document carries is looked at as it is.
    private static HashSet<string> Said(FhirTask task, IEnumerable<Resource> resources)
    {
        var words = WordFilling.In(Written(task));
        foreach (var resource in resources)
        {
            words.UnionWith(WordFilling.In(Written(resource)));
            foreach (var bytes in Data(resource))
            {
                words.UnionWith(WordFilling.In(Encoding.UTF8.GetString(bytes)));
            }
        }

        return words;
    }

    private static string Written(Resource resource) => Encoding.UTF8.GetString(FhirWriter.Write(resource, FhirFormat.Json));

    private static IEnumerable<byte[]> Data(Base element) => element switch
    {
        Attachment { Data: { } data } => [data],
        Binary { Data: { } data } => [data],
        _ => element.EnumerateElements().SelectMany(child => child.Value switch
        {
            Base single => Data(single),
            IEnumerable<Base> list => list.SelectMany(Data),
            _ => [],
        }),
    };
}
