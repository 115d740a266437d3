using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Answering;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>One request for advice as FHIR resources with the hub's own ids and references between them.</summary>
public sealed record RequestResources
{
    public required Patient Patient { get; init; }

    public required Organization Council { get; init; }

    public required Organization Provider { get; init; }

    public Organization? School { get; init; }

    /// <summary>The ServiceRequest, which authorises the work, for example "the council asks for medical advice".</summary>
    public required ServiceRequest Request { get; init; }

    /// <summary>The Task, by which the body's work on the request is tracked.</summary>
    public required FhirTask Task { get; init; }

    /// <summary>All resources, sorted so that each one comes after the resources that it refers to.</summary>
    public IEnumerable<DomainResource> All =>
        new DomainResource?[] { Patient, Council, Provider, School, Request, Task }.OfType<DomainResource>();

    /// <summary>The hub's id for the Task that belongs to a request for advice.</summary>
    public static string TaskId(string requestId) => FhirIds.Of("Task", requestId);

    /// <summary>The hub's id for the ServiceRequest that belongs to a request for advice.</summary>
    public static string ServiceRequestId(string requestId) => FhirIds.Of("ServiceRequest", requestId);

    /// <summary>Writes a request for advice as FHIR resources. The Task has the status "requested".</summary>
    /// <param name="ask">The request for advice.</param>
    /// <param name="authored">The time at which the hub writes the request.</param>
    public static RequestResources Of(RequestForAdvice ask, DateTimeOffset authored)
    {
        var patient = PatientMapping.ToFhir(ask.Child, ask.Assessment);
        var council = OrganizationMapping.ToFhir(ask.Council);
        var provider = OrganizationMapping.ToFhir(ask.Provider);
        var school = ask.School is { } agency ? OrganizationMapping.ToFhir(agency) : null;
        var request = Authorisation(ask, patient, council, provider, school);
        return new RequestResources
        {
            Patient = patient,
            Council = council,
            Provider = provider,
            School = school,
            Request = request,
            Task = Work(ask, request, patient, council, provider, authored),
        };
    }

    private static ServiceRequest Authorisation(RequestForAdvice ask, Patient patient, Organization council, Organization provider, Organization? school) => new()
    {
        Id = ServiceRequestId(ask.RequestId),
        Meta = new Meta { Profile = [FhirUris.UkCoreServiceRequest] },
        Identifier = [new Identifier(FhirUris.AdviceRequestId, ask.RequestId)],
        Requisition = new Identifier(FhirUris.AssessmentId, ask.Assessment.Value),
        Status = RequestStatus.Active,
        Intent = RequestIntent.Order,
        Code = RequestCodes.Of(ask.Kind),
        Subject = Reference(patient),
        AuthoredOn = Day(ask.RequestedOn),
        Requester = Reference(council),
        Performer = [Reference(provider)],
        ReasonCode = [new CodeableConcept { Text = ask.LegalBasis }],
        SupportingInfo = school is null ? [] : [Reference(school)],
        Note = [new Annotation { Text = ask.Asked }],
    };

    private static FhirTask Work(RequestForAdvice ask, ServiceRequest request, Patient patient, Organization council, Organization provider, DateTimeOffset authored) => new()
    {
        Id = TaskId(ask.RequestId),
        Meta = new Meta { Profile = [FhirUris.UkCoreTask] },
        Identifier = [new Identifier(FhirUris.AdviceRequestId, ask.RequestId)],
        GroupIdentifier = new Identifier(FhirUris.AssessmentId, ask.Assessment.Value),
        Status = FhirTask.TaskStatus.Requested,
        BusinessStatus = RequestCodes.Of(ask.Standing),
        Intent = FhirTask.TaskIntent.Order,
        Priority = RequestPriority.Routine,
        Code = new CodeableConcept
        {
            Coding =
            [
                new Coding(FhirUris.TaskCode, "fulfill", "Fulfill the focal request"),
                .. ask.Review is null ? Array.Empty<Coding>() : [new Coding(FhirUris.AdviceTaskCodes, RequestCodes.TaskReviewAdvice, "Advice for a review of an education, health and care plan")],
            ],
        },
        Description = ask.Asked,
        Focus = Reference(request),
        For = Reference(patient),
        AuthoredOn = Instant(authored),
        LastModified = Instant(authored),
        Requester = Reference(council),
        Owner = Reference(provider),
        Restriction = new FhirTask.RestrictionComponent
        {
            Repetitions = 1,

            // The period for the answer: six weeks from receipt (SEND Regs 2014 reg 8(1)) or, for a review, until the papers of the review
            // are sent, which can be before the day of receipt. FHIR: "period.high is the due date".
            Period = new Period { Start = Day(ask.Review is null ? ask.ReceivedByBodyOn ?? ask.RequestedOn : ask.RequestedOn), End = Day(ask.Due) },
        },
        Input =
        [
            new FhirTask.ParameterComponent
            {
                Type = new CodeableConcept { Coding = [new Coding(FhirUris.TaskInputCodes, RequestCodes.InputQuestionnaire)], Text = "What the advice must cover" },
                Value = new Canonical(ask.Review is null ? HealthAdviceQuestionnaire.Canonical : ReviewAdviceQuestionnaire.Canonical),
            },
            .. ask.Review is { } review ? OfReview(review) : [],
            .. ask.Documents.Select(document => Document(ask, document)),
        ],
    };

    private static IEnumerable<FhirTask.ParameterComponent> OfReview(ReviewRequest review) =>
    [
        Input(RequestCodes.InputReview, "Number of the review", new PositiveInt(review.Number)),
        Input(RequestCodes.InputMeeting, "Day of the review meeting", new Date(Day(review.MeetingOn))),
        .. review.Lines.Select(line => Input(
            RequestCodes.InputLine, "An outcome or provision of the plan", new CodeableConcept { Coding = [new Coding(FhirUris.PlanLine, line.Line, $"Section {line.Section}")], Text = line.Text })),
    ];

    private static FhirTask.ParameterComponent Input(string code, string text, DataType value) => new()
    {
        Type = new CodeableConcept { Coding = [new Coding(FhirUris.TaskInputCodes, code)], Text = text },
        Value = value,
    };

    /// <summary>
    /// The address of a document at the hub, where only the bodies that were asked for advice can fetch it. The SHA-256 is the last part of
    /// the address, because Attachment.hash in R4 is SHA-1, which is no longer secure.
    /// </summary>
    private static FhirTask.ParameterComponent Document(RequestForAdvice ask, AttachmentRef document) => new()
    {
        Type = new CodeableConcept { Text = "Representations or evidence from the family (SEND Regulations 2014 reg 6(3))" },
        Value = new Attachment
        {
            ContentType = document.ContentType,
            Url = $"{ask.HubAddress}/v1/cases/{ask.Assessment.Value}/attachments/{document.Sha256}",
            Size = (int)document.Size,
            Title = document.FileName,
        },
    };

    private static ResourceReference Reference(Resource resource) => new($"{resource.TypeName}/{resource.Id}");

    // In NHS practice the reference also contains the organization's ODS code, so that nobody has to fetch the organization to identify it.
    private static ResourceReference Reference(Organization organization) => new($"Organization/{organization.Id}", organization.Name)
    {
        Identifier = (Identifier)organization.Identifier[0].DeepCopy(),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);
}
