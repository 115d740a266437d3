using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>
/// The operation $process-message of the Booking and Referral Standard. The headers with the request id and the correlation id are
/// required and returned, and a repeated message is refused with 409 duplicate. The message's Task changes the hub's Task for the same
/// request, the output is created, and everything else in the message is context.
/// </summary>
internal sealed class Messages(FhirIntake intake, IFhirResourceStore store, Writing writing, FhirViews views, Refusals refusals)
{
    internal const string RequestId = "X-Request-Id";
    internal const string CorrelationId = "X-Correlation-Id";

    internal async Task<RestAnswer> ProcessAsync(RestRequest request)
    {
        foreach (var name in (string[])[RequestId, CorrelationId])
        {
            if (!Guid.TryParse(request.Header(name), out _))
            {
                return RestAnswer.Refused(400, OperationOutcome.IssueType.Required, "this header must contain a UUID.", name);
            }
        }

        var body = await RestBody.BytesAsync(request, FhirReader.MaxRequestBytes);
        var read = body.Value is { } bytes ? FhirReader.Read(bytes, request.Http.Request.ContentType) : FhirReading<Resource>.Failed(body.Problems);
        if (read.Value is not { } resource)
        {
            return RestAnswer.Refused(read.Problems);
        }

        if (resource is not Bundle { Type: Bundle.BundleType.Message } message)
        {
            return RestAnswer.Refused(400, OperationOutcome.IssueType.Invalid, "send a message Bundle.", resource.TypeName);
        }

        var header = (MessageHeader)message.Entry[0].Resource!;
        var task = message.Entry.Select(entry => entry.Resource).OfType<FhirTask>().ToList() is [var only] ? only : null;
        var stored = task is null ? null : await OurTaskAsync(request, task);
        if (task is null || stored is null)
        {
            refusals.Note(RefusalReason.NotVisible, "Task", request.Caller.Key);
            return RestAnswer.Refused(422, OperationOutcome.IssueType.BusinessRule, $"the message must contain exactly one Task for a request that was sent to you, with its identifier from {FhirUris.AdviceRequestId}.", "Bundle.entry");
        }

        var ours = stored.Parse<FhirTask>();
        if (await WrongPatientAsync(request, message, ours) is { } refused)
        {
            return refused;
        }

        if (MessageMeaning.Problems(message, ours).ToList() is { Count: > 0 } unknown)
        {
            return RestAnswer.Refused(unknown);
        }

        if (MessageWords.Unread(message, task).ToList() is { Count: > 0 } unread)
        {
            return RestAnswer.Refused(unread);
        }

        var beside = MessageWords.Beside(message, await OursAsync(request, ours));
        var submission = new Submission(Propose(message, task, stored, beside))
        {
            OnceKey = $"message/{request.Caller.Key}/{request.Header(RequestId)!.ToLowerInvariant()}",
            Received = writing.Received(request, request.Http.Request.ContentType, body.Value!),
            Base = request.Base,
            Known = Known(message, ours),
        };
        var answer = await intake.TakeAsync(request.Caller, submission, request.Cancel);
        return answer.Taken is null ? RestAnswer.Refused(answer.Problems) : RestAnswer.Of(Reply(request, message, header, await views.Of(request.Caller).ShowAsync(answer.Taken[0].Resource, isCurrent: true, request.Cancel) ?? stored));
    }

    // The hub's own resources for the request; a message can contain copies of them.
    private async Task<List<Resource>> OursAsync(RestRequest request, FhirTask task)
    {
        var ours = new List<Resource> { task };
        foreach (var reference in ((ResourceReference?[])[task.For, task.Focus, task.Owner, task.Requester]).Select(reference => References.Local(reference?.Reference)).OfType<string>())
        {
            var slash = reference.IndexOf('/', StringComparison.Ordinal);
            ours.AddRange(await store.ReadAsync(reference[..slash], reference[(slash + 1)..], request.Cancel) is { Deleted: false } stored ? [stored.Parse<Resource>()] : []);
        }

        return ours;
    }

    private async Task<StoredResource?> OurTaskAsync(RestRequest request, FhirTask task)
    {
        var id = task.Identifier.Find(identifier => identifier.System == FhirUris.AdviceRequestId)?.Value is { } requestId ? RequestResources.TaskId(requestId) : task.Id;
        var stored = id is null ? null : await store.ReadAsync("Task", id, request.Cancel);
        return stored is { Deleted: false } && stored.IsReadableBy(request.Caller.Key) ? stored : null;
    }

    private static List<Proposal> Propose(Bundle message, FhirTask task, StoredResource stored, Annotation? beside)
    {
        var proposals = new List<Proposal>
        {
            new()
            {
                Kind = ProposalKind.Update,
                Type = "Task",
                Id = stored.Id,
                FullUrl = message.Entry.Find(entry => entry.Resource == task)!.FullUrl,
                At = "Task",
                Content = before => FhirReading<Resource>.Of(Moved(before!.Parse<FhirTask>(), task, beside)),
            },
        };
        for (var i = 0; i < message.Entry.Count; i++)
        {
            if (message.Entry[i] is { Resource: { TypeName: "QuestionnaireResponse" or "DocumentReference" or "Binary" or "Bundle" } handedIn } entry)
            {
                proposals.Add(new Proposal
                {
                    Kind = ProposalKind.Create,
                    Type = handedIn.TypeName,
                    Id = Writing.NewId(),
                    FullUrl = entry.FullUrl,
                    At = $"Bundle.entry[{i}].resource",
                    Content = _ => FhirReading<Resource>.Of((Resource)handedIn.DeepCopy()),
                });
            }
        }

        return proposals;
    }

    // Applies the message's changes to the hub's own Task, and leaves unchanged everything that only the council sets.
    private static FhirTask Moved(FhirTask ours, FhirTask theirs, Annotation? beside)
    {
        var said = (FhirTask)theirs.DeepCopy();
        ours.Status = said.Status;
        ours.StatusReason = said.StatusReason;
        ours.BusinessStatus = said.BusinessStatus ?? ours.BusinessStatus;
        ours.ExecutionPeriod = said.ExecutionPeriod ?? ours.ExecutionPeriod;
        ours.Output = said.Output.Count > 0 ? said.Output : ours.Output;
        ours.Text = said.Text ?? ours.Text;
        ours.Note = said.Note.Count > 0 ? said.Note : ours.Note;
        ours.Note.AddRange(beside is null ? [] : [beside]);
        return ours;
    }

    // The message contains copies of the hub's own Patient, ServiceRequest and other context under different ids.
    private static Dictionary<string, string> Known(Bundle message, FhirTask ours)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in message.Entry.Where(entry => entry.FullUrl is not null))
        {
            var reference = entry.Resource switch
            {
                Patient => ours.For?.Reference,
                ServiceRequest => ours.Focus?.Reference,
                _ => null,
            };
            if (reference is not null)
            {
                known[entry.FullUrl!] = reference;
            }
        }

        return known;
    }

    // Everything in the message must be about the Task's child. The Patients in the message are replaced by the hub's own Patient, so their
    // details must identify the child.
    private async Task<RestAnswer?> WrongPatientAsync(RestRequest request, Bundle message, FhirTask ours)
    {
        if (await new ResourceChild(store, request.Base, views.ChildAsync).OfTaskAsync(ours, request.Cancel) is not { } child)
        {
            return RestAnswer.Refused(422, OperationOutcome.IssueType.NotFound, "the hub does not know the child of this request.", "Bundle");
        }

        // A full address at the hub's own endpoint identifies a child just as a relative reference does.
        var resolved = (Bundle)message.DeepCopy();
        References.Resolve(resolved, new Dictionary<string, string>(), request.Base);
        var reading = SubjectReader.Read(resolved, child, _ => null);
        var problems = reading.Contradictions.ToList();
        if (!reading.IsNamed && message.Entry.FindIndex(entry => entry.Resource is Patient) is var at and >= 0)
        {
            problems.Add(new FhirProblem($"Bundle.entry[{at.ToString(CultureInfo.InvariantCulture)}].resource", "must identify the patient, by NHS number or by name and birth date.", OperationOutcome.IssueType.BusinessRule));
        }

        if (problems.Count > 0)
        {
            refusals.Note(RefusalReason.WrongPatient, "Patient", request.Caller.Key);
            return RestAnswer.Refused(problems);
        }

        return null;
    }

    private static Bundle Reply(RestRequest request, Bundle message, MessageHeader header, StoredResource task)
    {
        var original = message.Id ?? header.Id ?? request.Header(RequestId)!;
        return new Bundle
        {
            Id = Writing.NewId(),
            Type = Bundle.BundleType.Message,
            Timestamp = task.LastUpdated,
            Entry =
            [
                new Bundle.EntryComponent
                {
                    FullUrl = $"urn:uuid:{Writing.NewId()}",
                    Resource = new MessageHeader
                    {
                        Event = (DataType)header.Event!.DeepCopy(),
                        Source = new MessageHeader.MessageSourceComponent { Endpoint = request.Base },
                        Destination = header.Source?.Endpoint is { } sender ? [new MessageHeader.MessageDestinationComponent { Endpoint = sender }] : [],
                        Response = new MessageHeader.ResponseComponent { Identifier = original, Code = MessageHeader.ResponseType.Ok },
                        Focus = [new ResourceReference(task.Reference)],
                    },
                },
                new Bundle.EntryComponent { FullUrl = $"{request.Base}/{task.Reference}", Resource = task.Parse<Resource>() },
            ],
        };
    }
}
