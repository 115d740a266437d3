using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Subjects;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Corrects details that were sent to a body's own server.</summary>
public sealed partial class FhirPush
{
    /// <summary>
    /// Corrects the child's details, only in the Patient that was made from ours, and the school that the request names. If the request was
    /// joined to one of their own records, that record belongs to somebody, and only a person there may move the request.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="ask">The request with the child's present details.</param>
    /// <param name="showsChild">Whether they may still know the child; otherwise the details are removed.</param>
    /// <param name="ids">Ids of the calls.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<PushResult> CorrectAsync(PushEndpoint endpoint, AdviceAsk ask, bool showsChild, CallIds ids, CancellationToken cancellationToken)
    {
        var (task, trouble) = await LookAsync(endpoint, ask.RequestId, ids, cancellationToken);
        if (task is null)
        {
            return trouble ?? PushResult.Transient("the endpoint has no Task of this request yet");
        }

        // Both are tried independently: the school is corrected even if the child's record cannot be.
        var school = await CorrectSchoolAsync(endpoint, task, ask, showsChild, ids, cancellationToken);
        var child = await CorrectChildAsync(endpoint, task, ask, showsChild, ids, cancellationToken);
        return child.End == PushEnd.Done ? school : child;
    }

    private async Task<PushResult> CorrectChildAsync(PushEndpoint endpoint, FhirTask task, AdviceAsk ask, bool showsChild, CallIds ids, CancellationToken cancellationToken)
    {
        if (task.For?.Reference is not { } reference)
        {
            return PushResult.NeedsHuman("their Task does not say whom it is for; send them the correction by other means.");
        }

        var (resource, noPatient) = await FetchAsync(endpoint, reference.Split("/_history/")[0], ids, cancellationToken);
        if (resource is not Patient patient)
        {
            return noPatient ?? PushResult.NeedsHuman("their Task is not for a Patient.");
        }

        var wanted = showsChild ? PatientMapping.ToFhir(ask.Child, ask.Assessment) : PatientMapping.WithoutChildDetails(ask.Assessment);
        if (!patient.Identifier.Exists(given => given.System == FhirUris.SubjectId && given.Value == ask.Assessment.Value))
        {
            var child = new KnownChild { Assessment = ask.Assessment, Child = ask.Child, References = new HashSet<string>() };
            return SubjectReader.Read(patient, child, _ => null).IsThatChild
                ? PushResult.Done($"Patient/{patient.Id}")
                : PushResult.NeedsHuman("their Task is in a record of their own that is not this child's; they must move it, and tell nobody else what it says.");
        }

        var patch = PatientCorrection.From(patient, wanted);
        return patch.Count == 0 ? PushResult.Done($"Patient/{patient.Id}") : await PatchAsync(endpoint, patient, patch, ids, cancellationToken);
    }

    /// <summary>The request made from ours gets the present school, or none where they may no longer know it.</summary>
    private async Task<PushResult> CorrectSchoolAsync(PushEndpoint endpoint, FhirTask task, AdviceAsk ask, bool showsChild, CallIds ids, CancellationToken cancellationToken)
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
            return PushResult.NeedsHuman("their Task belongs to a request of their own; they must correct the school that it names.");
        }

        var patch = SchoolCorrection.From(request, showsChild ? ask.School : null);
        return patch.Count == 0 ? PushResult.Done($"ServiceRequest/{request.Id}") : await PatchAsync(endpoint, request, patch, ids, cancellationToken);
    }
}
