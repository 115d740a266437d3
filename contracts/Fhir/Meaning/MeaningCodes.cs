using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;

namespace IntegrationHub.Contracts.Fhir.Meaning;

/// <summary>
/// Finds unknown content that changes the meaning of the rest of a resource: a code in one of the hub's own systems that the hub has not
/// defined, a modifier extension, or implicit rules. FHIR R4 (2.4.1, 2.6) requires a reader to refuse anything whose meaning it does not
/// know.
/// </summary>
public static class MeaningCodes
{
    private const string OwnSystems = $"{FhirUris.Hub}/CodeSystem/";

    // The code systems that the hub publishes: for its requests, its questionnaires and the sections of a document.
    private static readonly Lazy<HashSet<(string, string)>> Defined = new(() =>
    [
        .. RequestCodes.All.Concat(AdviceCodes.All.Select(code => (FhirUris.AdviceSectionCodes, code))),
        .. Codings(HealthAdviceQuestionnaire.Build()).Concat(Codings(ReviewAdviceQuestionnaire.Build())).Select(coding => (coding.System!, coding.Code!)),
    ]);

    /// <summary>
    /// All elements of a resource that have an unknown meaning. The reported paths begin with the given path.
    /// </summary>
    public static IEnumerable<FhirProblem> Unknown(Base resource, string place)
    {
        foreach (var (name, child) in resource.EnumerateElements())
        {
            var list = child as IEnumerable<Base> ?? (child is Base single ? [single] : []);
            var at = 0;
            foreach (var element in list)
            {
                var path = child is Base ? $"{place}.{name}" : $"{place}.{name}[{at++}]";
                foreach (var problem in Of(name, element, path))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<FhirProblem> Of(string name, Base element, string path) => (name, element) switch
    {
        ("modifierExtension", _) => [new FhirProblem(path, "the hub does not know this extension, which changes the meaning of its element.", OperationOutcome.IssueType.NotSupported)],
        ("implicitRules", _) => [new FhirProblem(path, "the hub does not support implicit rules.", OperationOutcome.IssueType.NotSupported)],
        (_, Coding { System: { } system } coding) when system.StartsWith(OwnSystems, StringComparison.Ordinal) && !IsDefined(system, coding.Code) =>
            [new FhirProblem($"{path}.code", $"is not a code of {system}.", OperationOutcome.IssueType.CodeInvalid)],
        _ => Unknown(element, path),
    };

    // A response can have any number of lines, so the code that reads a response checks the codes of its lines.
    private static bool IsDefined(string system, string? code) =>
        system == FhirUris.AdviceLinkCodes || (code is not null && Defined.Value.Contains((system, code)));

    private static IEnumerable<Coding> Codings(Base element) => element.EnumerateElements()
        .SelectMany(child => child.Value as IEnumerable<Base> ?? (child.Value is Base single ? [single] : []))
        .SelectMany(below => below is Coding coding ? [coding] : Codings(below));
}
