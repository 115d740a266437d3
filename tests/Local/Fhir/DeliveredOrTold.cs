using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Local.Demo;
using IntegrationHub.Orchestrations.Assessments;
using FhirTask = Hl7.Fhir.Model.Task;
using RequestStatus = IntegrationHub.Orchestrations.Advice.RequestStatus;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Local.Tests.Fhir;

/// <summary>Whatever happens between the hub and a body: the request is delivered once in the end, or a person is told why not.</summary>
public sealed class DeliveredOrTold
{
    private const string Medical = "medical-1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // How the weather is by hours since the request and by attempt; hours until which it is watched; what a person is told, "" for nothing.
    private static readonly Dictionary<string, (Func<double, int, Weather> Weather, double Hours, string Told)> Table = new()
    {
        ["nothing happens"] = ((_, _) => Weather.Fine, 1, ""),
        ["down for 72 hours"] = ((hours, _) => hours < 72 ? Weather.ConnectionBreaks : Weather.Fine, 74, ""),
        ["500 for a day"] = ((hours, _) => hours < 24 ? Weather.Status500 : Weather.Fine, 26, ""),
        ["429 with Retry-After three times"] = ((_, attempt) => attempt <= 3 ? Weather.Status429ForTwoHours : Weather.Fine, 8, ""),
        ["no answer in time, five times"] = ((_, attempt) => attempt <= 5 ? Weather.NoAnswer : Weather.Fine, 2, ""),
        ["taken, and the answer is lost"] = ((_, attempt) => attempt <= 4 ? Weather.TakenAndAnswerLost : Weather.Fine, 2, ""),
        ["taken, and it answers after we gave up waiting"] = ((_, attempt) => attempt <= 3 ? Weather.TakenAndAnswerTooLate : Weather.Fine, 2, ""),
        ["everything in turn"] = ((_, attempt) => attempt switch { 1 or 2 or 3 => Weather.ConnectionBreaks, 4 => Weather.Status500, 5 => Weather.Status429ForTwoHours, 6 => Weather.NoAnswer, 7 => Weather.TakenAndAnswerTooLate, 8 => Weather.Status500, _ => Weather.Fine }, 12, ""),
        ["422"] = ((_, _) => Weather.Status422, 240, "status 422: the endpoint refuses the content."),
        ["401"] = ((_, _) => Weather.Status401, 240, "status 401: the endpoint denies the hub access."),
        ["500 for ever"] = ((_, _) => Weather.Status500, 240, "200 attempts failed; the last error was: status 500"),
        ["down for ever"] = ((_, _) => Weather.ConnectionBreaks, 240, "200 attempts failed"),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_request_is_delivered_once_or_a_person_is_told_why_not(string row)
    {
        var (weather, hours, told) = Table[row];
        await using var body = await PushedBody.Ask(weather);

        await body.RunUntil(hours);

        var state = await body.State();
        var request = state.Requests.Single(r => r.Id == Medical);
        var waiting = state.Attention.Where(a => a.Text.StartsWith("Sending the request for medical advice to ", StringComparison.Ordinal) && a.Text.Contains(" did not succeed", StringComparison.Ordinal)).ToList();
        if (told.Length > 0)
        {
            Assert.Contains(told, Assert.Single(waiting).Text, StringComparison.Ordinal);
            Assert.Equal(RequestStatus.Requested, request.Status);
            Assert.Empty(body.Server.All<FhirTask>());
            return;
        }

        Assert.Equal(RequestStatus.Delivered, request.Status);
        Assert.Empty(waiting);
        var task = Assert.Single(body.Server.All<FhirTask>());
        Assert.Equal(FhirTask.TaskStatus.Requested, task.Status);
        Assert.Single(body.Server.All<ServiceRequest>());
        Assert.Single(body.Server.All<Patient>());
    }

    [Fact]
    public async Task Who_says_how_long_to_wait_is_left_alone_for_that_long()
    {
        await using var body = await PushedBody.Ask((_, attempt) => attempt <= 3 ? Weather.Status429ForTwoHours : Weather.Fine);

        await body.RunUntil(8);

        Assert.Equal(4, body.Attempts.Count);
        Assert.All(body.Attempts.Zip(body.Attempts.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task What_was_given_up_is_delivered_once_when_a_person_has_it_tried_again()
    {
        await using var body = await PushedBody.Ask((hours, _) => hours < 240 ? Weather.Status500 : Weather.Fine);
        await body.RunUntil(241);
        var failed = Assert.Single((await body.State()).FailedEffects);

        await body.Say(new RetryEffect(failed.EffectId, "The trust says that its server is back."));
        await body.RunUntil(242);

        Assert.Equal(RequestStatus.Delivered, (await body.State()).Requests.Single(r => r.Id == Medical).Status);
        Assert.Single(body.Server.All<FhirTask>());
        Assert.Empty((await body.State()).FailedEffects);
    }

    [Fact]
    public async Task Advice_that_comes_when_nobody_waits_for_it_any_more_is_put_before_a_person()
    {
        await using var body = await PushedBody.Ask((_, _) => Weather.Fine);
        await body.RunUntil(1);
        await Answer(body, FhirTask.TaskStatus.Completed);

        await body.Say(new WithdrawAdviceRequest(Medical, "The family moved away."));
        await body.RunUntil(2);

        var asked = Assert.Single((await body.State()).Attention, a => a.Id == $"not-taken-{Medical}");
        Assert.Contains("completed", asked.Text, StringComparison.Ordinal);
        Assert.Empty((await body.State()).Advice);
        Assert.DoesNotContain((await body.State()).Attention, a => a.Id.StartsWith("effect-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_a_body_may_not_take_is_put_before_a_person_once()
    {
        await using var body = await PushedBody.Ask((_, _) => Weather.Fine);
        await body.RunUntil(1);
        await Answer(body, FhirTask.TaskStatus.Cancelled);

        Assert.Equal(0, await body.Follower.PollAllAsync(Cancel));
        Assert.Equal(0, await body.Follower.PollAllAsync(Cancel));

        var asked = Assert.Single((await body.State()).Attention, a => a.Id == $"not-taken-{Medical}");
        Assert.Contains("only the council can cancel its request", asked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advice_that_is_followed_from_the_bodys_own_server_is_in_the_assessment()
    {
        await using var body = await PushedBody.Ask((_, _) => Weather.Fine);
        await body.RunUntil(1);
        await Answer(body, FhirTask.TaskStatus.Completed);

        Assert.Equal(1, await body.Follower.PollAllAsync(Cancel));

        var state = await body.State();
        Assert.Equal("Dr Ngozi Eze", Assert.Single(state.Advice).Content.Author);
        Assert.Equal(RequestStatus.Received, state.Requests.Single(r => r.Id == Medical).Status);
        Assert.DoesNotContain(state.Attention, a => a.Id.StartsWith("not-taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_of_a_re_assessment_is_completed_into_its_round()
    {
        await using var body = await PushedBody.AskAgain();
        await body.RunUntil(1);
        await Answer(body, FhirTask.TaskStatus.Completed);

        Assert.Equal(1, await body.Follower.PollAllAsync(Cancel));

        var state = await body.State();
        var advice = Assert.Single(state.Advice);
        Assert.Equal(("Dr Ngozi Eze", Medical, 1), (advice.Content.Author, advice.RequestId, advice.Reassessment));
        Assert.Equal((RequestStatus.Received, 1), state.Requests.Single(r => r.Id == Medical) is var asked ? (asked.Status, asked.Reassessment!.Value) : default);
        Assert.DoesNotContain(state.Attention, a => a.Id.StartsWith("not-taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_of_a_re_assessment_that_has_ended_is_put_before_a_person()
    {
        await using var body = await PushedBody.AskAgain();
        await body.RunUntil(1);
        await Answer(body, FhirTask.TaskStatus.Completed);

        await body.Say(new DecideOnPlan(false, "Nothing has changed.", "They did not answer."));
        await body.RunUntil(2);

        Assert.Contains("completed", Assert.Single((await body.State()).Attention, a => a.Id == $"not-taken-{Medical}").Text, StringComparison.Ordinal);
        Assert.Empty((await body.State()).Advice);
    }

    // As the body's own staff do, in its own system.
    private static async Task Answer(PushedBody body, FhirTask.TaskStatus status)
    {
        var task = (FhirTask)Assert.Single(body.Server.All<FhirTask>()).DeepCopy();
        using var theirs = new HttpClient { BaseAddress = new Uri($"{body.Server.Base}/") };
        task.Status = status;
        if (status == FhirTask.TaskStatus.Completed)
        {
            var response = QuestionnaireResponseWriter.Write(Cast.Advice("paediatrician", Cast.Start.AddDays(10)));
            response.Subject = task.For;
            using var created = await Send(HttpMethod.Post, "QuestionnaireResponse", response);
            var id = FhirReader.Read(await created.Content.ReadAsByteArrayAsync(Cancel), FhirFormat.Json).Value!.Id;
            task.Output.Add(new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputAdvice), Value = new ResourceReference($"QuestionnaireResponse/{id}") });
        }
        else
        {
            task.StatusReason = new CodeableConcept { Text = "Closed by mistake." };
        }

        using var moved = await Send(HttpMethod.Put, $"Task/{task.Id}", task);

        async Task<HttpResponseMessage> Send(HttpMethod method, string path, Resource resource)
        {
            var content = new ByteArrayContent(FhirWriter.Write(resource, FhirFormat.Json));
            content.Headers.ContentType = new(FhirFormats.Json);
            var response = await theirs.SendAsync(new HttpRequestMessage(method, path) { Content = content }, Cancel);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
            return response;
        }
    }
}
