using Hl7.Fhir.Model;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Search;

/// <summary>A search parameter, with its name, its kind and the elements that it searches.</summary>
/// <param name="Name">Name of the parameter in the URL.</param>
/// <param name="Kind">Kind of the parameter: token, reference, date, string or uri.</param>
/// <param name="Values">Returns the elements of a resource that the parameter searches.</param>
public sealed record FhirSearchParameter(string Name, SearchParamType Kind, Func<Resource, IEnumerable<object?>> Values);

/// <summary>
/// The search parameters of each type that the hub stores. The parameters are those of R4, and two that the hub adds to Task for elements
/// without an R4 parameter: <c>due</c> (restriction.period.end) and <c>output</c>.
/// </summary>
public static class SearchParameters
{
    private static readonly FhirSearchParameter[] OnAll =
    [
        Token<Resource>("_id", r => [new Id(r.Id)]),
        Date<Resource>("_lastUpdated", r => [r.Meta?.LastUpdatedElement]),
        Token<Resource>("_profile", r => r.Meta?.ProfileElement ?? []),
        Token<Resource>("_tag", r => r.Meta?.Tag ?? []),
    ];

    private static readonly Dictionary<string, FhirSearchParameter[]> ByType = new(StringComparer.Ordinal)
    {
        ["Task"] =
        [
            Token<FhirTask>("identifier", t => t.Identifier), Token<FhirTask>("status", t => [t.StatusElement]),
            Token<FhirTask>("business-status", t => [t.BusinessStatus]), Token<FhirTask>("code", t => [t.Code]),
            Token<FhirTask>("intent", t => [t.IntentElement]), Token<FhirTask>("priority", t => [t.PriorityElement]),
            Token<FhirTask>("group-identifier", t => [t.GroupIdentifier]), Token<FhirTask>("performer", t => t.PerformerType),
            Reference<FhirTask>("owner", t => [t.Owner]), Reference<FhirTask>("requester", t => [t.Requester]),
            Reference<FhirTask>("focus", t => [t.Focus]), Reference<FhirTask>("subject", t => [t.For]), Reference<FhirTask>("patient", t => [t.For]),
            Reference<FhirTask>("based-on", t => t.BasedOn), Reference<FhirTask>("part-of", t => t.PartOf), Reference<FhirTask>("encounter", t => [t.Encounter]),
            Date<FhirTask>("authored-on", t => [t.AuthoredOnElement]), Date<FhirTask>("modified", t => [t.LastModifiedElement]),
            Date<FhirTask>("period", t => [t.ExecutionPeriod]),
            Reference<FhirTask>("output", t => t.Output.Select(o => o.Value)), Date<FhirTask>("due", t => [t.Restriction?.Period?.EndElement]),
        ],
        ["ServiceRequest"] =
        [
            Token<ServiceRequest>("identifier", s => s.Identifier), Token<ServiceRequest>("status", s => [s.StatusElement]), Token<ServiceRequest>("code", s => [s.Code]),
            Token<ServiceRequest>("intent", s => [s.IntentElement]), Token<ServiceRequest>("requisition", s => [s.Requisition]),
            Reference<ServiceRequest>("subject", s => [s.Subject]), Reference<ServiceRequest>("patient", s => [s.Subject]),
            Reference<ServiceRequest>("requester", s => [s.Requester]), Reference<ServiceRequest>("performer", s => s.Performer),
            Reference<ServiceRequest>("based-on", s => s.BasedOn), Date<ServiceRequest>("authored", s => [s.AuthoredOnElement]),
        ],
        ["Patient"] =
        [
            Token<Patient>("identifier", p => p.Identifier), Token<Patient>("gender", p => [p.GenderElement]), Date<Patient>("birthdate", p => [p.BirthDateElement]),
            Text<Patient>("family", p => p.Name.Select(n => n.Family)), Text<Patient>("given", p => p.Name.SelectMany(n => n.Given)),
            Text<Patient>("name", p => p.Name.SelectMany(n => n.Given.Append(n.Family).Append(n.Text))),
            Text<Patient>("address-postalcode", p => p.Address.Select(a => a.PostalCode)),
        ],
        ["Organization"] =
        [
            Token<Organization>("identifier", o => o.Identifier), Token<Organization>("active", o => [o.ActiveElement]), Token<Organization>("type", o => o.Type),
            Text<Organization>("name", o => o.Alias.Append(o.Name)),
        ],
        ["DocumentReference"] =
        [
            Token<DocumentReference>("identifier", d => d.Identifier.Append(d.MasterIdentifier)), Token<DocumentReference>("status", d => [d.StatusElement]),
            Token<DocumentReference>("type", d => [d.Type]), Token<DocumentReference>("category", d => d.Category),
            Reference<DocumentReference>("subject", d => [d.Subject]), Reference<DocumentReference>("patient", d => [d.Subject]),
            Reference<DocumentReference>("related", d => d.Context?.Related ?? []), Date<DocumentReference>("date", d => [d.DateElement]),
        ],
        ["Binary"] = [Token<Binary>("contenttype", b => [b.ContentTypeElement])],
        ["Questionnaire"] =
        [
            Uri<Questionnaire>("url", q => [q.Url]), Token<Questionnaire>("version", q => [q.VersionElement]), Token<Questionnaire>("status", q => [q.StatusElement]),
            Token<Questionnaire>("identifier", q => q.Identifier), Text<Questionnaire>("name", q => [q.Name]), Text<Questionnaire>("title", q => [q.Title]),
        ],
        ["QuestionnaireResponse"] =
        [
            Token<QuestionnaireResponse>("identifier", q => [q.Identifier]), Token<QuestionnaireResponse>("status", q => [q.StatusElement]),
            Reference<QuestionnaireResponse>("questionnaire", q => [q.QuestionnaireElement]), Reference<QuestionnaireResponse>("subject", q => [q.Subject]),
            Reference<QuestionnaireResponse>("patient", q => [q.Subject]), Reference<QuestionnaireResponse>("based-on", q => q.BasedOn),
            Reference<QuestionnaireResponse>("author", q => [q.Author]), Date<QuestionnaireResponse>("authored", q => [q.AuthoredElement]),
        ],
        ["Subscription"] =
        [
            Token<Subscription>("status", s => [s.StatusElement]), Token<Subscription>("type", s => [s.Channel?.TypeElement]),
            Uri<Subscription>("url", s => [s.Channel?.Endpoint]), Text<Subscription>("criteria", s => [s.Criteria]),
        ],
        ["Bundle"] =
        [
            Token<Bundle>("identifier", b => [b.Identifier]), Token<Bundle>("type", b => [b.TypeElement]), Date<Bundle>("timestamp", b => [b.TimestampElement]),
        ],
    };

    /// <summary>The types that the endpoint supports.</summary>
    public static IEnumerable<string> Types => ByType.Keys;

    /// <summary>Whether the endpoint supports this type.</summary>
    public static bool Supports(string type) => ByType.ContainsKey(type);

    /// <summary>The parameters of a type, beginning with the parameters that all types have.</summary>
    public static IEnumerable<FhirSearchParameter> Of(string type) => OnAll.Concat(ByType.GetValueOrDefault(type) ?? []);

    private static FhirSearchParameter Token<T>(string name, Func<T, IEnumerable<object?>> values)
        where T : Resource => new(name, SearchParamType.Token, r => values((T)r));

    private static FhirSearchParameter Reference<T>(string name, Func<T, IEnumerable<object?>> values)
        where T : Resource => new(name, SearchParamType.Reference, r => values((T)r));

    private static FhirSearchParameter Date<T>(string name, Func<T, IEnumerable<object?>> values)
        where T : Resource => new(name, SearchParamType.Date, r => values((T)r));

    private static FhirSearchParameter Text<T>(string name, Func<T, IEnumerable<object?>> values)
        where T : Resource => new(name, SearchParamType.String, r => values((T)r));

    private static FhirSearchParameter Uri<T>(string name, Func<T, IEnumerable<object?>> values)
        where T : Resource => new(name, SearchParamType.Uri, r => values((T)r));
}
