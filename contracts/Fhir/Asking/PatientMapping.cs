using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>
/// Converts between children and Patient resources. The UPN is read but never written, because it is an education number that an NHS body
/// does not need for its advice (UK GDPR Art 5(1)(c), data minimisation).
/// </summary>
public static class PatientMapping
{
    private static readonly Dictionary<NhsNumberStatus, string> StatusWords = new()
    {
        [NhsNumberStatus.Verified] = "Number present and verified",
        [NhsNumberStatus.PresentNotTraced] = "Number present but not traced",
        [NhsNumberStatus.TraceRequired] = "Trace required",
        [NhsNumberStatus.NoMatch] = "Trace attempted - No match or multiple match found",
        [NhsNumberStatus.NeedsResolving] = "Trace needs to be resolved - (NHS Number or patient detail conflict)",
        [NhsNumberStatus.InProgress] = "Trace in progress",
        [NhsNumberStatus.NotPresent] = "Number not present and trace not required",
        [NhsNumberStatus.Postponed] = "Trace postponed (baby under six weeks old)",
    };

    /// <summary>The Patient resource for the child of one assessment.</summary>
    public static Patient ToFhir(Child child, AssessmentId assessment)
    {
        var patient = new Patient
        {
            Id = IdOf(assessment),
            Meta = new Meta { Profile = [FhirUris.UkCorePatient] },
            Identifier = [new Identifier(FhirUris.SubjectId, assessment.Value)],
            Name = [new HumanName { Use = HumanName.NameUse.Official, Family = child.FamilyName, Given = [child.GivenName] }],
            BirthDate = child.DateOfBirth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (child.Postcode is { Length: > 0 } postcode)
        {
            patient.Address.Add(new Address { Use = Address.AddressUse.Home, PostalCode = postcode });
        }

        if (child.NhsNumber is { } number)
        {
            var status = child.NhsNumberStatus ?? NhsNumberStatus.PresentNotTraced;
            var identifier = new Identifier(FhirUris.NhsNumber, number.Value);
            identifier.Extension.Add(new Extension(FhirUris.NhsNumberVerificationStatus, Coded(FhirUris.NhsNumberVerificationStatusCodes, ((int)status).ToString("00", CultureInfo.InvariantCulture), StatusWords[status])));
            patient.Identifier.Insert(0, identifier);
        }
        else
        {
            // UK Core: a Patient without an NHS number states why the number is missing. The only thing the hub knows is that no NHS number
            // was given.
            patient.Extension.Add(new Extension(FhirUris.NhsNumberUnavailableReason, Coded(FhirUris.NhsNumberUnavailableReasonCodes, "unknown", "Unknown")));
        }

        return patient;
    }

    /// <summary>
    /// The Patient that replaces the child's at a body that no longer needs to know who the child is: it has the assessment's id and no
    /// personal details.
    /// </summary>
    public static Patient WithoutChildDetails(AssessmentId assessment) => new()
    {
        Id = IdOf(assessment),
        Identifier = [new Identifier(FhirUris.SubjectId, assessment.Value)],
        Active = false,
    };

    /// <summary>The id that the hub gives to the Patient resource of an assessment.</summary>
    public static string IdOf(AssessmentId assessment) => FhirIds.Of("Patient", assessment.Value);

    /// <summary>
    /// The child that a Patient describes: a name, a full date of birth and, if given, an NHS number with a correct check digit.
    /// </summary>
    public static FhirReading<Child> Read(Patient patient, string path)
    {
        var problems = new List<FhirProblem>();
        var name = patient.Name.FirstOrDefault(n => n.Use == HumanName.NameUse.Official) ?? patient.Name.FirstOrDefault();
        if (name?.Family is null || !name.Given.Any())
        {
            problems.Add(new FhirProblem($"{path}.name", "a family name and a given name are needed.", OperationOutcome.IssueType.Required));
        }

        if (!DateOnly.TryParseExact(patient.BirthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born))
        {
            problems.Add(new FhirProblem($"{path}.birthDate", "a full date of birth is needed.", OperationOutcome.IssueType.Required));
        }

        var number = patient.Identifier.FirstOrDefault(i => i.System == FhirUris.NhsNumber && i.Value is not null);
        NhsNumber? nhsNumber = null;
        NhsNumberStatus? status = null;
        if (number is not null)
        {
            if (NhsNumber.TryParse(number.Value, out var parsed, out var problem))
            {
                nhsNumber = parsed;
                status = StatusOf(number);
            }
            else
            {
                problems.Add(new FhirProblem($"{path}.identifier.value", problem, OperationOutcome.IssueType.Value));
            }
        }

        Upn? upn = patient.Identifier.FirstOrDefault(i => i.System == FhirUris.Upn) is { } pupil && Upn.TryParse(pupil.Value, out var upnValue, out _) ? upnValue : null;
        return FhirReading<Child>.Of(problems, () => new Child
        {
            GivenName = name!.Given.First()!,
            FamilyName = name.Family!,
            DateOfBirth = born,
            NhsNumber = nhsNumber,
            NhsNumberStatus = status,
            Upn = upn,
            Postcode = patient.Address.Select(address => address.PostalCode).FirstOrDefault(code => code is not null),
        });
    }

    private static NhsNumberStatus? StatusOf(Identifier identifier)
    {
        var code = (identifier.GetExtension(FhirUris.NhsNumberVerificationStatus)?.Value as CodeableConcept)?.Coding.FirstOrDefault()?.Code;
        return int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && Enum.IsDefined((NhsNumberStatus)value) ? (NhsNumberStatus)value : null;
    }

    private static CodeableConcept Coded(string system, string code, string display) => new() { Coding = [new Coding(system, code, display)] };
}
