using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Simulation.Witness;
using FhirTask = Hl7.Fhir.Model.Task;
using Status = Hl7.Fhir.Model.Task.TaskStatus;

namespace IntegrationHub.Simulation.Doors;

/// <summary>
/// An NHS body that finds its Task at the hub's FHIR endpoint and moves it: accepted, rejected, completed with a questionnaire's answers, put
/// right, taken back. What it says changes the Task from the version that it has read, so that what it sends twice changes nothing twice.
/// </summary>
internal sealed class FhirDoor(DoorHub hub, IFhirResourceStore store, TimeProvider time)
{
    private const string Answers = "urn:uuid:5d7b4e62-3f8c-4f43-8e4e-000000000001";

    /// <summary>Hands something in.</summary>
    /// <returns>False where the Task is past it, so that there is nothing to send.</returns>
    internal async Task<bool> GiveAsync(CaseLedger ledger, Message message, Actor by, AssessmentInput input)
    {
        message.MaySayNothing = true;
        if (message.Request is not { } request || !ledger.Links.TryGetValue(request, out var name))
        {
            return false;
        }

        var body = new Body(ledger, by.Agency!.Value, RequestResources.TaskId(name));
        if (await WasTakenAsync(body, message))
        {
            return true;
        }

        var task = await ReadAsync(body);
        switch (input)
        {
            case AcknowledgeAdviceRequest when task.Status == Status.Requested:
                task.Status = Status.Received;
                break;
            case AcceptAdviceRequest when task.Status is Status.Requested or Status.Received:
                task.Status = Status.Accepted;
                break;
            case DeclineAdviceRequest i when task.Status is Status.Requested or Status.Received or Status.Accepted:
                (task.Status, task.StatusReason) = (task.Status == Status.Accepted ? Status.Failed : Status.Rejected, new CodeableConcept { Text = i.Reason });
                break;
            case RetractAdvice i when task.Status == Status.Completed:
                task.Output = [new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputNilReturn), Value = new FhirString(i.Reason) }];
                break;
            case SubmitAdvice i:
                await CompleteAsync(ledger, message, body, i.Content);
                return true;
            default:
                return false;
        }

        await PutAsync(ledger, message, body, task, null);
        return true;
    }

    /// <summary>Reads the Task again after an answer, and sends the same once more: it says nothing new.</summary>
    internal async System.Threading.Tasks.Task RepeatAsync(CaseLedger ledger, Message message, Actor by)
    {
        if (message is { Request: { } request, RefusedAtDoor: false } && ledger.Links.TryGetValue(request, out var name))
        {
            var body = new Body(ledger, by.Agency!.Value, RequestResources.TaskId(name));
            var task = await ReadAsync(body);
            await hub.SendAsync(ledger.Person.Id, Put(body, task, task.Meta!.VersionId!));
            await hub.CallAsync(ledger.Person.Id, () => DeliveredAsync(body));
        }
    }

    private async System.Threading.Tasks.Task CompleteAsync(CaseLedger ledger, Message message, Body body, AdviceContent advice)
    {
        var task = await ReadAsync(body);
        if (await AcceptedAsync(ledger, message, body, task))
        {
            task = await ReadAsync(body);
        }

        var response = QuestionnaireResponseWriter.Write(advice);
        response.Subject = new ResourceReference($"Patient/{PatientMapping.IdOf(ledger.Person.Id)}");
        task.Status = Status.Completed;
        task.Output = [new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputAdvice), Value = new ResourceReference(Answers) }];
        await PutAsync(ledger, message, body, task, response);
    }

    /// <summary>A Task is accepted before it is completed: that is a word of its own to the case.</summary>
    /// <returns>True where the Task was moved.</returns>
    private async Task<bool> AcceptedAsync(CaseLedger ledger, Message message, Body body, FhirTask task)
    {
        var (id, isOpen) = ($"accept-{body.Task}", task.Status is Status.Requested or Status.Received);
        if (ledger.IsAnswered(id) || (!isOpen && !ledger.Messages.ContainsKey(id)))
        {
            return false;
        }

        var accepts = ledger.Sending(new Message(id, IdentityMatch.Accepted, message.Request, message.Day) { Door = Door.Fhir, ByAgency = true, MaySayNothing = true });
        if (await WasTakenAsync(body, accepts))
        {
            return false;
        }

        if (!isOpen)
        {
            // The council had withdrawn the request when the answer was lost: it was not accepted after all.
            ledger.NotSent(id);
            return false;
        }

        task.Status = Status.Accepted;
        await PutAsync(ledger, accepts, body, task, null);
        return true;
    }

    /// <summary>Whether an earlier attempt reached the endpoint, though its answer was lost: its version of the Task is there.</summary>
    private async Task<bool> WasTakenAsync(Body body, Message message)
    {
        if (message.Under?.Split('/') is not [_, var id, _, var version] || message.RefusedAtDoor)
        {
            return message.RefusedAtDoor;
        }

        var there = await store.ReadAsync("Task", id, long.Parse(version, System.Globalization.CultureInfo.InvariantCulture), CancellationToken.None);
        if (there?.WrittenBy != body.Agency.Value)
        {
            return false;
        }

        await hub.CallAsync(body.Ledger.Person.Id, () => DeliveredAsync(body));
        Taken(message);
        return true;
    }

    private async System.Threading.Tasks.Task PutAsync(CaseLedger ledger, Message message, Body body, FhirTask task, QuestionnaireResponse? answers)
    {
        var version = task.Meta!.VersionId!;
        ledger.GoesUnder(message, FormattableString.Invariant($"Task/{body.Task}/_history/{long.Parse(version, System.Globalization.CultureInfo.InvariantCulture) + 1}"));
        var answer = await hub.SendAsync(ledger.Person.Id, answers is null ? Put(body, task, version) : Transaction(body, task, version, answers));
        if (answer.Status is >= 500 or 412)
        {
            throw new StoreUnavailableException(StoreFault.InputOutput, "The endpoint could not take it.");
        }

        if (answer.Status >= 400)
        {
            // The version that it would have made is the next one's.
            message.Under = null;
            (message.RefusedAtDoor, message.RefusalTold) = (true, answer.Body.Contains("\"diagnostics\"", StringComparison.Ordinal));
            message.Acknowledged = true;
            BusDoor.Answered(message, false);
            return;
        }

        await hub.CallAsync(ledger.Person.Id, () => DeliveredAsync(body));
        Taken(message);
    }

    private async Task<bool> DeliveredAsync(Body body)
    {
        await hub.DeliverRestAsync(body.Task);
        return true;
    }

    private void Taken(Message message)
    {
        message.Acknowledged = true;
        message.ReceiptAt ??= time.GetUtcNow();
    }

    private async Task<FhirTask> ReadAsync(Body body)
    {
        var answer = await hub.SendAsync(body.Ledger.Person.Id, new RuleInput("GET", $"/fhir/Task/{body.Task}") { Headers = [Bearer(body)] });
        return answer.Status == 200 && FhirReader.Read(System.Text.Encoding.UTF8.GetBytes(answer.Body), FhirFormats.Json, int.MaxValue).Value is FhirTask task ? task
            : throw new InvalidOperationException($"A body does not find its Task: {answer.Status} {answer.Body}");
    }

    private RuleInput Put(Body body, FhirTask task, string version) => new("PUT", $"/fhir/Task/{body.Task}")
    {
        Headers = [Bearer(body), ("If-Match", $"W/\"{version}\"")],
        ContentType = FhirFormats.Json,
        Body = FhirWriter.Write(task, FhirFormat.Json),
    };

    private RuleInput Transaction(Body body, FhirTask task, string version, QuestionnaireResponse answers) => new("POST", "/fhir")
    {
        Headers = [Bearer(body)],
        ContentType = FhirFormats.Json,
        Body = FhirWriter.Write(
            new Bundle
            {
                Type = Bundle.BundleType.Transaction,
                Entry =
                [
                    new() { FullUrl = Answers, Resource = answers, Request = new() { Method = Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse" } },
                    new() { FullUrl = $"urn:uuid:{body.Task}", Resource = task, Request = new() { Method = Bundle.HTTPVerb.PUT, Url = $"Task/{body.Task}", IfMatch = $"W/\"{version}\"" } },
                ],
            },
            FhirFormat.Json),
    };

    private (string, string) Bearer(Body body) => ("Authorization", $"Bearer {hub.TokenOf(body.Agency)}");

    /// <summary>A body and the Task that it works on.</summary>
    private sealed record Body(CaseLedger Ledger, Contracts.Identifiers.AgencyId Agency, string Task);
}
