using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Meaning;
using IntegrationHub.Fhir.Tests;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>
/// A code that decides what something means, and that nobody here knows, is refused with its place, by every interface of FHIR. One row a code.
/// </summary>
public sealed class UnknownCodes
{
    private const string Bars = "https://fhir.nhs.uk/CodeSystem/message-events-bars";
    private const string Reasons = "https://fhir.nhs.uk/CodeSystem/message-reason-bars";
    private const string Header = "Bundle.entry[0].resource";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<Bundle>, string> Messages => new()
    {
        { "an invented event", m => Head(m).Event = new Coding(Bars, "child-discharged"), $"{Header}.event" },
        { "the event in capitals", m => Head(m).Event = new Coding(Bars, "SERVICEREQUEST-RESPONSE"), $"{Header}.event" },
        { "a request, not an answer", m => Head(m).Event = new Coding(Bars, "servicerequest-request"), $"{Header}.event" },
        { "a booking", m => Head(m).Event = new Coding(Bars, "booking-request"), $"{Header}.event" },
        { "the event of another system", m => Head(m).Event = new Coding("https://rx1.example/events", "servicerequest-response"), $"{Header}.event" },
        { "an event without a system", m => Head(m).Event = new Coding(null, "servicerequest-response"), $"{Header}.event" },
        { "an event as an address", m => Head(m).Event = new FhirUri("https://fhir.nhs.uk/event/servicerequest-response"), $"{Header}.event" },
        { "a message that deletes", m => Head(m).Reason = new CodeableConcept(Reasons, "delete"), $"{Header}.reason.coding[0]" },
        { "an invented reason", m => Head(m).Reason = new CodeableConcept(Reasons, "recall"), $"{Header}.reason.coding[0]" },
        { "a reason of another system", m => Head(m).Reason = new CodeableConcept("http://terminology.hl7.org/CodeSystem/message-reasons-encounter", "discharge"), $"{Header}.reason.coding[0]" },
        { "an answer that failed", m => Head(m).Response = new() { Identifier = "1", Code = MessageHeader.ResponseType.FatalError }, $"{Header}.response.code" },
        { "a modifier of the header", m => Head(m).ModifierExtension = [new Extension("https://rx1.example/not", new FhirBoolean(true))], $"{Header}.modifierExtension[0]" },
        { "rules of the sender's own", m => Head(m).ImplicitRules = "https://rx1.example/rules", $"{Header}.implicitRules" },
        { "a proposal", m => TaskIn(m).Intent = FhirTask.TaskIntent.Proposal, "Bundle.entry[1].resource.intent" },
        { "a Task made urgent", m => TaskIn(m).Priority = RequestPriority.Urgent, "Bundle.entry[1].resource.priority" },
        { "a Task to abort", m => TaskIn(m).Code = new CodeableConcept(FhirUris.TaskCode, "abort"), "Bundle.entry[1].resource.code" },
        { "a standing nobody knows", m => TaskIn(m).BusinessStatus = new CodeableConcept(FhirUris.RequestProgressCodes, "exception-claimd"), "Bundle.entry[1].resource.businessStatus.coding[0].code" },
        { "a request revoked", m => Request(m).Status = RequestStatus.Revoked, "Bundle.entry[3].resource.status" },
        { "a request in error", m => Request(m).Status = RequestStatus.EnteredInError, "Bundle.entry[3].resource.status" },
        { "a request not to do it", m => Request(m).DoNotPerform = true, "Bundle.entry[3].resource.doNotPerform" },
        { "a patient not in use", m => ((Patient)m.Entry[2].Resource!).Active = false, "Bundle.entry[2].resource.active" },
    };

    public static TheoryData<string, Action<FhirTask>, string> Tasks => new()
    {
        { "a standing nobody knows", t => t.BusinessStatus = new CodeableConcept(FhirUris.RequestProgressCodes, "paused"), "Task.businessStatus.coding[0].code" },
        { "a standing without a code", t => t.BusinessStatus = new CodeableConcept { Coding = [new Coding { System = FhirUris.RequestProgressCodes, Display = "Paused" }] }, "Task.businessStatus.coding[0].code" },
        { "a second standing nobody knows", t => t.BusinessStatus = new CodeableConcept { Coding = [new Coding("https://rx1.example/s", "a"), new Coding(FhirUris.RequestProgressCodes, "late")] }, "Task.businessStatus.coding[1].code" },
        { "a reason of a system that the hub does not have", t => t.StatusReason = new CodeableConcept($"{FhirUris.Hub}/CodeSystem/reasons", "none"), "Task.statusReason.coding[0].code" },
        { "an output nobody knows", t => NilReturn(t, "nil-retrun"), "Task.output[0].type.coding[0].code" },
    };

    public static TheoryData<string, Action<QuestionnaireResponse>, string> Responses => new()
    {
        { "a part of the plan that there is none of", r => Coded(r, FhirUris.AdviceSectionCodes, "needs-housing"), ".code" },
        { "an option of the form that there is none of", r => Coded(r, FhirUris.AdviceFormCodes, "perhaps"), ".code" },
        { "a modifier", r => r.Item[0].ModifierExtension = [new Extension("https://rx1.example/not", new FhirBoolean(true))], "QuestionnaireResponse.item[0].modifierExtension[0]" },
        { "rules of the sender's own", r => r.ImplicitRules = "https://rx1.example/rules", "QuestionnaireResponse.implicitRules" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_whose_meaning_is_not_known_is_refused_with_its_place(string what, Action<Bundle> change, string place)
    {
        await using var host = await Answering.Asked();
        var message = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted);
        change(message);

        using var response = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(message), MessagesAndSubscriptions.Ids());

        var (status, issue) = await response.Refusal();
        Assert.Equal((what, 422, place), (what, status, issue.Expression.Single()));
        Assert.Empty(host.Exchange.Delivered);
    }

    [Fact]
    public async Task A_message_whose_reason_and_response_are_known_is_taken()
    {
        await using var host = await Answering.Asked();
        var message = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted);
        Head(message).Reason = new CodeableConcept(Reasons, "update");
        Head(message).Response = new() { Identifier = "1", Code = MessageHeader.ResponseType.Ok };

        using var response = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(message), MessagesAndSubscriptions.Ids());

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Single(host.Exchange.Delivered);
    }

    [Fact]
    public async Task A_death_and_words_in_the_councils_part_of_a_Task_reach_the_case()
    {
        await using var host = await Answering.Asked();
        var message = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted);
        ((Patient)message.Entry[2].Resource!).Deceased = new FhirDateTime("2026-01-03");
        TaskIn(message).Description = "Seen on the ward, not in clinic.";

        using var response = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(message), MessagesAndSubscriptions.Ids());

        Assert.Equal(200, (int)response.StatusCode);
        var said = Assert.Single(host.Exchange.Delivered).Said.Single().Text;
        Assert.Contains("Patient.deceased: 2026-01-03", said, StringComparison.Ordinal);
        Assert.Contains("Task.description: Seen on the ward, not in clinic.", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task A_Task_with_a_code_that_the_hub_has_not_defined_is_refused_with_its_place(string what, Action<FhirTask> change, string place)
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var before = host.Exchange.Delivered.Count;

        using var response = await Answering.Move(host.Client(), change);

        var (status, issue) = await response.Refusal();
        Assert.Equal((what, 422, place), (what, status, issue.Expression.Single()));
        Assert.Equal(before, host.Exchange.Delivered.Count);
    }

    [Fact]
    public async Task Codes_of_a_bodys_own_systems_are_its_words()
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);

        using var response = await Answering.Move(host.Client(), task => task.BusinessStatus = new CodeableConcept("https://rx1.example/s", "clinic-booked"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("clinic-booked", host.Exchange.Delivered[^1].Said.Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task A_response_with_a_code_that_the_hub_has_not_defined_is_refused_with_its_place(string what, Action<QuestionnaireResponse> change, string place)
    {
        await using var host = await Answering.Asked();
        var handedIn = Answering.Response(Answering.PatientPath["Patient/".Length..]);
        change(handedIn);

        using var response = await host.Client().PostAsync("QuestionnaireResponse", FhirCalls.Body(handedIn), Cancel);

        var (status, issue) = await response.Refusal();
        Assert.Equal((what, 422), (what, status));
        Assert.EndsWith(place, issue.Expression.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_that_the_hub_writes_is_one_that_it_knows()
    {
        var resources = RequestResources.Of(Given.Ask(), Given.Now);

        Assert.Empty(((Resource[])[resources.Task, resources.Request, resources.Patient, HealthAdviceQuestionnaire.Build(), Answering.Response("x")])
            .SelectMany(resource => MeaningCodes.Unknown(resource, resource.TypeName)));
    }

    private static MessageHeader Head(Bundle message) => (MessageHeader)message.Entry[0].Resource!;

    private static FhirTask TaskIn(Bundle message) => (FhirTask)message.Entry[1].Resource!;

    private static ServiceRequest Request(Bundle message) => (ServiceRequest)message.Entry[3].Resource!;

    private static void NilReturn(FhirTask task, string code)
    {
        task.Status = FhirTask.TaskStatus.Completed;
        task.Output.Add(new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, code), Value = new FhirString("Not known to us.") });
    }

    private static void Coded(QuestionnaireResponse response, string system, string code) =>
        response.Item.Add(new() { LinkId = "known", Answer = [new() { Value = new Coding(system, code) }] });
}
