using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Subjects;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Corrects details already sent to a body's own server.</summary>
public sealed partial class FhirPush
{
    /// <summary>
    /// Corrects the school named in the request, and the child's details in a Patient that was created from the hub's Patient. If the body
    /// linked the request to one of its own records, and that record is another person's, only staff at the body can move the request.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="ask">The request for advice, with the child's present details.</param>
    /// <param name="showsChild">Whether the body is still allowed to know who the child is. If showsChild is false, the child's details are
    /// removed.</param>
    /// <param name="ids">Ids of the calls.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<PushResult> CorrectAsync(PushEndpoint endpoint, RequestForAdvice ask, bool showsChild, CallIds ids, CancellationToken cancellationToken)
    {
        var (task, trouble) = await LookAsync(endpoint, ask.RequestId, ids, cancellationToken);
        if (task is null)
        {
            return trouble ?? PushResult.Transient("the endpoint has no Task for this request yet");
        }

        // Both corrections are tried independently, so the school is corrected even if the child's record cannot be corrected.
        var school = await CorrectSchoolAsync(endpoint, task, ask, showsChild, ids, cancellationToken);
        var child = await CorrectChildAsync(endpoint, task, ask, showsChild, ids, cancellationToken);
        return child.End == PushOutcome.Done ? school : child;
    }

    private async Task<PushResult> CorrectChildAsync(PushEndpoint endpoint, FhirTask task, RequestForAdvice ask, bool showsChild, CallIds ids, CancellationToken cancellationToken)
    {
        if (task.For?.Reference is not { } reference)
        {
            return PushResult.NeedsHuman("the body's Task does not name the child; send the correction by other means.");
        }

        var (resource, noPatient) = await FetchAsync(endpoint, reference.Split("/_history/")[0], ids, cancellationToken);
        if (resource is not Patient patient)
        {
            return noPatient ?? PushResult.NeedsHuman("the body's Task is not about a Patient.");
        }

        var wanted = showsChild ? PatientMapping.ToFhir(ask.Child, ask.Assessment) : PatientMapping.WithoutChildDetails(ask.Assessment);
        if (!patient.Identifier.Exists(given => given.System == FhirUris.SubjectId && given.Value == ask.Assessment.Value))
        {
            var child = new KnownChild { Assessment = ask.Assessment, Child = ask.Child, References = new HashSet<string>() };
            return SubjectReader.Read(patient, child, _ => null).IsSameChild
                ? PushResult.Done($"Patient/{patient.Id}")
                : PushResult.NeedsHuman("the body has filed the Task in another child's record; the body must move the Task to the right record and keep its content confidential.");
        }

        var patch = PatientCorrection.From(patient, wanted);
        return patch.Count == 0 ? PushResult.Done($"Patient/{patient.Id}") : await PatchAsync(endpoint, patient, patch, ids, cancellationToken);
    }

    /// <summary>
    /// Sets the present school in the body's request, which was created from the hub's request, or removes the school if the body is no
    /// longer allowed to know it.
    /// </summary>
    private async Task<PushResult> CorrectSchoolAsync(PushEndpoint endpoint, FhirTask task, RequestForAdvice ask, bool showsChild, CallIds ids, CancellationToken cancellationToken)
    {
        if (task.Focus?.Reference is not { } reference)
        {
            return PushResult.Done($"Task/{task.Id}");
        }

        var (resource, trouble) = await FetchAsync(endpoint, reference.Split("/_history/")[0], ids, cancellationToken);
        if (resource is not ServiceRequest request)
        {
            return trouble ?? PushResult.Done($"Task/{task.Id}");
        }

        if (!request.Identifier.Exists(given => given.System == FhirUris.AdviceRequestId && given.Value == ask.RequestId))
        {
            return PushResult.NeedsHuman("the body's Task belongs to the body's own request; the body must correct the school in that request.");
        }

        var patch = SchoolCorrection.From(request, showsChild ? ask.School : null);
        return patch.Count == 0 ? PushResult.Done($"ServiceRequest/{request.Id}") : await PatchAsync(endpoint, request, patch, ids, cancellationToken);
    }
}
