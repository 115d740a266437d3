using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.TaskLife;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Nhs.Subscriptions;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>
/// Publishes the council's part of a request for a body to pull: Patient, Organizations, ServiceRequest and Task. Publishing a request
/// again updates the council's fields (for example the due date) and leaves the body's fields (status, output, notes) unchanged.
/// </summary>
public sealed class FhirPublisher(IFhirResourceStore store, SubscriptionDelivery subscribers, TimeProvider time)
{
    private const string Hub = "hub";
    private const int Attempts = 8;

    /// <summary>Publishes a request to a body. The call can be repeated safely.</summary>
    /// <exception cref="InvalidOperationException">Other writers changed the resources during every attempt, so nothing was
    /// published.</exception>
    public Task PublishAsync(RequestForAdvice ask, CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            var resources = RequestResources.Of(ask, time.GetUtcNow());
            string[] readers = [ask.Provider.Id.Value, $"la:{ask.Assessment.Council.Value}"];
            var writes = new List<ResourceWrite>();
            foreach (var resource in resources.All.DistinctBy(resource => (resource.TypeName, resource.Id)))
            {
                var current = await store.ReadAsync(resource.TypeName, resource.Id!, cancellationToken);
                if (resource is FhirTask task && current is { Deleted: false })
                {
                    Keep(task, current.Parse<FhirTask>());
                }

                Add(writes, resource, current, readers);
            }

            return writes;
        },
        cancellationToken);

    /// <summary>
    /// Updates the child and the school of a published request and leaves its status unchanged. The call can be repeated safely.
    /// </summary>
    public Task CorrectAsync(RequestForAdvice ask, CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            var resources = RequestResources.Of(ask, time.GetUtcNow());
            var writes = new List<ResourceWrite>();
            foreach (var resource in new DomainResource?[] { resources.Patient, resources.School }.OfType<DomainResource>())
            {
                Add(writes, resource, await store.ReadAsync(resource.TypeName, resource.Id!, cancellationToken), [ask.Provider.Id.Value, $"la:{ask.Assessment.Council.Value}"]);
            }

            if (await store.ReadAsync("ServiceRequest", RequestResources.ServiceRequestId(ask.RequestId), cancellationToken) is { Deleted: false } stored)
            {
                var request = stored.Parse<ServiceRequest>();
                request.SupportingInfo = resources.Request.SupportingInfo;
                Add(writes, request, stored, stored.Readers);
            }

            return writes;
        },
        cancellationToken);

    /// <summary>Withdraws a request: the Task is cancelled and the ServiceRequest revoked. A closed Task is not changed.</summary>
    /// <param name="requestId">Id of the request.</param>
    /// <param name="reason">The reason, as the body will read it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task WithdrawAsync(string requestId, string reason, CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            var writes = new List<ResourceWrite>();
            if (await store.ReadAsync("Task", RequestResources.TaskId(requestId), cancellationToken) is { Deleted: false } task)
            {
                var now = task.Parse<FhirTask>();
                if (!TaskTransitions.IsFinal(now.Status))
                {
                    now.Status = FhirTask.TaskStatus.Cancelled;
                    now.StatusReason = new CodeableConcept { Text = reason };
                    now.LastModified = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
                    Add(writes, now, task, task.Readers);
                }
            }

            if (await store.ReadAsync("ServiceRequest", RequestResources.ServiceRequestId(requestId), cancellationToken) is { Deleted: false } stored)
            {
                var request = stored.Parse<ServiceRequest>();
                if (request.Status == RequestStatus.Active)
                {
                    request.Status = RequestStatus.Revoked;
                    Add(writes, request, stored, stored.Readers);
                }
            }

            return writes;
        },
        cancellationToken);

    /// <summary>Publishes the questionnaires to every known caller. The call can be repeated safely.</summary>
    public Task PublishQuestionnaireAsync(CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            var writes = new List<ResourceWrite>();
            foreach (var form in new[] { HealthAdviceQuestionnaire.Build(), ReviewAdviceQuestionnaire.Build() })
            {
                Add(writes, form, await store.ReadAsync("Questionnaire", form.Id!, cancellationToken), [StoredResource.Everyone]);
            }

            return writes;
        },
        cancellationToken);

    private async Task WriteAsync(Func<Task<List<ResourceWrite>>> prepare, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var writes = await prepare();
            if (writes.Count == 0)
            {
                return;
            }

            if (await store.CommitAsync(new Commit(writes), cancellationToken) == CommitOutcome.Done)
            {
                subscribers.SignalChange();
                return;
            }
        }

        throw new InvalidOperationException("The resources of a request changed repeatedly while they were published.");
    }

    // A resource is written only if it has changed, because an identical version would notify subscribers needlessly.
    private void Add(List<ResourceWrite> writes, Resource resource, StoredResource? current, IReadOnlyList<string> readers)
    {
        if (current is { Deleted: false } && readers.All(current.Readers.Contains) && Same(resource, current))
        {
            return;
        }

        var version = (current?.Version ?? 0) + 1;
        var now = time.GetUtcNow();
        var json = Stamp.Write(resource, version, now);
        var stored = new StoredResource
        {
            Type = resource.TypeName,
            Id = resource.Id!,
            Version = version,
            LastUpdated = now,
            Json = json,
            Readers = readers,
            WrittenBy = Hub,
        };
        writes.Add(new ResourceWrite(stored, version - 1, Indexing.Of(resource)));
    }

    private static bool Same(Resource resource, StoredResource current)
    {
        var (before, after) = (current.Parse<Resource>(), (Resource)resource.DeepCopy());
        foreach (var meta in (Meta?[])[before.Meta, after.Meta])
        {
            if (meta is not null)
            {
                (meta.VersionId, meta.LastUpdated) = (null, null);
            }
        }

        return before.IsExactly(after);
    }

    private static void Keep(FhirTask fresh, FhirTask current)
    {
        fresh.Status = current.Status;
        fresh.StatusReason = current.StatusReason;
        fresh.Output = current.Output;
        fresh.Note = current.Note;
        fresh.ExecutionPeriod = current.ExecutionPeriod;
        fresh.AuthoredOn = current.AuthoredOn;
        fresh.LastModified = current.LastModified;

        // If the body has claimed that an exception applies, the claim remains in the Task until the council has answered it. A reminder
        // does not remove the claim from the Task.
        if (RequestCodes.ProgressOf(current.BusinessStatus) == RequestProgress.ExceptionClaimed && RequestCodes.ProgressOf(fresh.BusinessStatus) == RequestProgress.Open)
        {
            fresh.BusinessStatus = current.BusinessStatus;
        }
    }
}
