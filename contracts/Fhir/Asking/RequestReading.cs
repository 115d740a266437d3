using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>Reads a request for advice from its resources, as the receiving body does.</summary>
public static class RequestReading
{
    /// <summary>Reads a request for advice from a transaction Bundle or a search result.</summary>
    public static FhirReading<RequestForAdvice> Read(Bundle bundle)
    {
        var task = bundle.Entry.Select(entry => entry.Resource).OfType<FhirTask>().FirstOrDefault();
        return task is null
            ? FhirReading<RequestForAdvice>.Failed(new FhirProblem("Bundle.entry", "the Bundle contains no Task.", OperationOutcome.IssueType.Required))
            : Read(task, reference => Find(bundle, reference));
    }

    /// <summary>
    /// Reads a request for advice from its Task and from the resources to which the Task refers.
    /// </summary>
    public static FhirReading<RequestForAdvice> Read(FhirTask task, Func<string, Resource?> find)
    {
        var problems = new List<FhirProblem>();
        var request = Find<ServiceRequest>(task.Focus, "Task.focus");
        var patient = Find<Patient>(task.For, "Task.for");
        var council = Find<Organization>(task.Requester, "Task.requester");
        var provider = Find<Organization>(task.Owner, "Task.owner");
        var school = request?.SupportingInfo.Select(info => info.Reference is { } text ? find(text) : null).OfType<Organization>().FirstOrDefault();
        var requestId = task.Identifier.Find(identifier => identifier.System == FhirUris.AdviceRequestId)?.Value;
        if (requestId is null)
        {
            problems.Add(new FhirProblem("Task.identifier", $"an identifier of {FhirUris.AdviceRequestId} is needed.", OperationOutcome.IssueType.Required));
        }

        if (!AssessmentId.TryParse(task.GroupIdentifier?.System == FhirUris.AssessmentId ? task.GroupIdentifier.Value : null, out var assessment, out var problem))
        {
            problems.Add(new FhirProblem("Task.groupIdentifier", problem, OperationOutcome.IssueType.Required));
        }

        var kind = RequestCodes.KindOf(request?.Code);
        if (request is not null && kind is null)
        {
            problems.Add(new FhirProblem("ServiceRequest.code", $"a code of {FhirUris.AdviceKindCodes} is needed.", OperationOutcome.IssueType.Required));
        }

        var requested = Day(request?.AuthoredOn, "ServiceRequest.authoredOn");
        var start = Day(task.Restriction?.Period?.Start, "Task.restriction.period.start");
        var due = Day(task.Restriction?.Period?.End, "Task.restriction.period.end");
        var child = Take(patient is null ? null : PatientMapping.Read(patient, "Patient"));
        var from = Take(council is null ? null : OrganizationMapping.Read(council, "Organization"));
        var to = Take(provider is null ? null : OrganizationMapping.Read(provider, "Organization"));
        var at = Take(school is null ? null : OrganizationMapping.Read(school, "Organization"));
        return FhirReading<RequestForAdvice>.Of(problems, () => new RequestForAdvice
        {
            Assessment = assessment,
            RequestId = requestId!,
            Child = child!,
            Council = from!,
            Provider = to!,
            School = at,
            Kind = kind!.Value,
            LegalBasis = request!.ReasonCode.Select(reason => reason.Text).FirstOrDefault(text => text is not null) ?? "",
            RequestedOn = requested,
            ReceivedByBodyOn = start == requested ? null : start,
            Due = due,
            Asked = task.Description ?? "",
            Review = ReviewOf(task),
            Standing = RequestCodes.ProgressOf(task.BusinessStatus),
        });

        T? Find<T>(ResourceReference? reference, string path)
            where T : Resource
        {
            if (reference?.Reference is { } text && find(text) is T found)
            {
                return found;
            }

            problems.Add(new FhirProblem(path, $"must refer to a {typeof(T).Name} that can be found.", OperationOutcome.IssueType.NotFound));
            return null;
        }

        T? Take<T>(FhirReading<T>? reading)
            where T : class
        {
            problems.AddRange(reading?.Problems ?? []);
            return reading?.Value;
        }

        DateOnly Day(string? text, string path)
        {
            if (text is { Length: >= 10 } && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            problems.Add(new FhirProblem(path, "a full date is needed.", OperationOutcome.IssueType.Required));
            return default;
        }
    }

    private static ReviewRequest? ReviewOf(FhirTask task) =>
        Input<PositiveInt>(task, RequestCodes.InputReview).FirstOrDefault()?.Value is { } number
        && DateOnly.TryParseExact(Input<Date>(task, RequestCodes.InputMeeting).FirstOrDefault()?.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var meeting)
            ? new ReviewRequest(number, meeting, [.. Input<CodeableConcept>(task, RequestCodes.InputLine).Select(LineOf)])
            : null;

    private static ReviewedLine LineOf(CodeableConcept line) =>
        new(RequestCodes.CodeIn(line, FhirUris.PlanLine) ?? "", line.Coding.Find(coding => coding.System == FhirUris.PlanLine)?.Display?.Split(' ')[^1] ?? "", line.Text ?? "");

    private static IEnumerable<T> Input<T>(FhirTask task, string code)
        where T : DataType =>
        task.Input.Where(input => RequestCodes.CodeIn(input.Type, FhirUris.TaskInputCodes) == code).Select(input => input.Value).OfType<T>();

    private static Resource? Find(Bundle bundle, string reference) =>
        bundle.Entry.Find(entry => entry.FullUrl == reference
            || (entry.Resource is { } resource && (entry.FullUrl?.EndsWith("/" + reference, StringComparison.Ordinal) == true || $"{resource.TypeName}/{resource.Id}" == reference)))?.Resource;
}
