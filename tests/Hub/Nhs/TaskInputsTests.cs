using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using FhirTask = Hl7.Fhir.Model.Task;
using RequestStatus = IntegrationHub.Orchestrations.Advice.RequestStatus;
using Task = System.Threading.Tasks.Task;
using TaskStatus = Hl7.Fhir.Model.Task.TaskStatus;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What a body says with its Task about when it will answer, and that it will answer after all. Today is 10 June 2026.</summary>
public sealed class TaskInputsTests
{
    private const string Medical = "medical-1";

    private static readonly Actor Body = new() { Role = ActorRole.Agency, Id = "fhir ods:RX1", Agency = HubUnderTest.Asked };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TaskStatus.Requested, TaskStatus.Requested, "2026-07-03", "2026-07-03", RequestStatus.Requested)]
    [InlineData(TaskStatus.Requested, TaskStatus.Received, "2026-07-03", "2026-07-03", RequestStatus.Acknowledged)]
    [InlineData(TaskStatus.Requested, TaskStatus.Accepted, "2026-07-03", "2026-07-03", RequestStatus.Accepted)]
    [InlineData(TaskStatus.Requested, TaskStatus.Accepted, "2026-07", "2026-07-31", RequestStatus.Accepted)]
    [InlineData(TaskStatus.Requested, TaskStatus.Accepted, "2026-07-02T23:30:00Z", "2026-07-03", RequestStatus.Accepted)]
    [InlineData(TaskStatus.Requested, TaskStatus.Accepted, "2026-06-09", null, RequestStatus.Accepted)]
    [InlineData(TaskStatus.Requested, TaskStatus.Rejected, "2026-07-03", null, RequestStatus.Declined)]
    public async Task A_planned_period_sets_the_day_on_which_the_answer_is_expected(TaskStatus from, TaskStatus to, string end, string? expected, RequestStatus standing)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("planned");

        await SayAsync(hub, id, from, to, new Period { Start = "2026-06-09", End = end });

        var request = await RequestAsync(hub, id);
        Assert.Equal((standing, expected is null ? null : DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)), (request.Status, request.ExpectedOn));
        Assert.Contains((await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(e => e.What).OfType<AdviceRequestReported>(), r => r.Text == $"Work is planned from 2026-06-09 to {end}.");
    }

    [Fact]
    public async Task Another_period_sets_another_day()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("planned");
        await SayAsync(hub, id, TaskStatus.Requested, TaskStatus.Accepted, new Period { End = "2026-07-03" });

        await SayAsync(hub, id, TaskStatus.Accepted, TaskStatus.InProgress, new Period { End = "2026-07-10" });

        Assert.Equal(new DateOnly(2026, 7, 10), (await RequestAsync(hub, id)).ExpectedOn);
    }

    [Theory]
    [InlineData(TaskStatus.Rejected)]
    [InlineData(TaskStatus.Failed)]
    public async Task A_body_that_refused_and_then_accepts_answers_the_request(TaskStatus refused)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("after-all");
        await SayAsync(hub, id, TaskStatus.Accepted, refused, null);
        Assert.Equal(RequestStatus.Declined, (await RequestAsync(hub, id)).Status);

        await SayAsync(hub, id, refused, TaskStatus.Accepted, new Period { End = "2026-07-03" });

        var request = await RequestAsync(hub, id);
        Assert.Equal((RequestStatus.Accepted, new DateOnly(2026, 7, 3)), (request.Status, request.ExpectedOn));
        Assert.Contains((await hub.Store.LoadAsync(id, Stop)).State.Attention, a => a.Id == $"after-all-{Medical}");
    }

    [Fact]
    public async Task Whether_a_body_can_still_answer_is_decided_by_the_case()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("after-all");
        await SayAsync(hub, id, TaskStatus.Accepted, TaskStatus.Rejected, null);
        await hub.SubmitAsync(id, new WithdrawAdviceRequest(Medical, "Another service has taken over."));

        var input = Assert.Single(await InputsAsync(hub, id, TaskStatus.Rejected, TaskStatus.Accepted, null));

        Assert.Equal(new AcceptAdviceRequest(Medical), input);
    }

    [Fact]
    public async Task A_nil_return_that_is_corrected_into_advice_opens_the_request_for_it()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("nil");
        await hub.SubmitAsync(id, new DeclineAdviceRequest(Medical, "The child is not known to this body."), Body);
        var state = (await hub.Store.LoadAsync(id, Stop)).State;

        var change = Change(hub, id, TaskStatus.Completed, TaskStatus.Completed, null) with { IsCorrection = true, Advice = Given.Advice() };
        foreach (var input in TaskInputs.Of(change, state))
        {
            await hub.SubmitAsync(id, input, Body);
        }

        Assert.Equal(RequestStatus.Received, (await RequestAsync(hub, id)).Status);
    }

    [Fact]
    public async Task The_Task_of_a_body_that_refused_can_be_accepted()
    {
        await using var host = await Answering.Asked();
        using var refused = await Answering.Move(host.Client(), task => (task.Status, task.StatusReason) = (TaskStatus.Rejected, new CodeableConcept { Text = "Not known." }));
        Assert.Equal(200, (int)refused.StatusCode);

        using var accepted = await Answering.Move(host.Client(), task => (task.Status, task.StatusReason) = (TaskStatus.Accepted, null));

        Assert.Equal(200, (int)accepted.StatusCode);
        Assert.Equal((TaskStatus.Rejected, TaskStatus.Accepted), (host.Exchange.Delivered[^1].From, host.Exchange.Delivered[^1].To));
    }

    private static async Task SayAsync(HubUnderTest hub, AssessmentId id, TaskStatus from, TaskStatus to, Period? period)
    {
        foreach (var input in await InputsAsync(hub, id, from, to, period))
        {
            await hub.SubmitAsync(id, input, Body);
        }
    }

    private static async Task<IReadOnlyList<AssessmentInput>> InputsAsync(HubUnderTest hub, AssessmentId id, TaskStatus from, TaskStatus to, Period? period) =>
        TaskInputs.Of(Change(hub, id, from, to, period), (await hub.Store.LoadAsync(id, Stop)).State);

    private static TaskChange Change(HubUnderTest hub, AssessmentId id, TaskStatus from, TaskStatus to, Period? period)
    {
        var (before, after) = (new FhirTask { Status = from }, new FhirTask { Status = to, ExecutionPeriod = period });
        return new TaskChange
        {
            Id = "Task/t/_history/2",
            RequestId = RequestNames.Of(id, Medical),
            Assessment = id,
            Task = after,
            From = from,
            To = to,
            Reason = to is TaskStatus.Rejected or TaskStatus.Failed ? "Not known here." : null,
            Said = TaskRemarks.New(before, after, reasonIsTold: false),
            Who = "ods:RX1",
            At = hub.Time.GetUtcNow(),
        };
    }

    private static async Task<AdviceRequest> RequestAsync(HubUnderTest hub, AssessmentId id) => (await hub.Store.LoadAsync(id, Stop)).State.Requests.Single(r => r.Id == Medical);
}
