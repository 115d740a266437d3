using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.TaskLife;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>Invariants of the resources that the exchange uses, and the hub's own rule about Task.</summary>
internal static class ResourceRules
{
    internal static readonly IReadOnlyList<CheckedRule> All =
    [
        CheckedRule.For<DomainResource>("dom-2", "A contained resource must not contain another resource.",
            (DomainResource r) => r.Contained.All(c => c is not DomainResource { Contained.Count: > 0 }), "contained"),
        CheckedRule.For<DomainResource>("dom-4", "A contained resource must not have a version or a time of last update.",
            (DomainResource r) => r.Contained.All(c => c.Meta?.VersionId is null && c.Meta?.LastUpdated is null), "contained"),
        CheckedRule.For<DomainResource>("dom-5", "A contained resource must not have a security label.",
            (DomainResource r) => r.Contained.All(c => c.Meta is null || c.Meta.Security.Count == 0), "contained"),
        CheckedRule.For<Patient>("pat-1", "A contact of a patient must have a name, a telecom, an address or an organization.",
            p => Index(p.Contact, c => c.Name is null && c.Telecom.Count == 0 && c.Address is null && c.Organization is null, "contact")),
        CheckedRule.For<Organization>("org-1", "An organization must have an identifier or a name.",
            (Organization o) => o.Identifier.Count > 0 || o.Name is not null),
        CheckedRule.For<Organization>("org-2", "The telecom of an organization must not have the use 'home'.",
            (Organization o) => o.Telecom.All(t => t.Use != ContactPoint.ContactPointUse.Home), "telecom"),
        CheckedRule.For<Organization>("org-3", "The address of an organization must not have the use 'home'.",
            (Organization o) => o.Address.All(a => a.Use != Address.AddressUse.Home), "address"),
        CheckedRule.For<ServiceRequest>("prr-1", "The element orderDetail is allowed only together with code.",
            (ServiceRequest s) => s.OrderDetail.Count == 0 || s.Code is not null, "orderDetail"),
        CheckedRule.For<FhirTask>("inv-1", "The lastModified of a task must not be before its authoredOn.",
            (FhirTask t) => FhirTimes.InOrder(t.AuthoredOn, t.LastModified), "lastModified"),
        CheckedRule.For<FhirTask>("hub-task-reason", "A task that is on hold, rejected, cancelled or failed must state the reason in statusReason.",
            (FhirTask t) => !TaskTransitions.NeedsReason(t.Status) || t.StatusReason is { } reason && (reason.Coding.Count > 0 || reason.Text is not null), "statusReason")
            with { Code = OperationOutcome.IssueType.BusinessRule },
        CheckedRule.For<Composition>("cmp-1", "A section must have text, entries or sections of its own.",
            c => Section(c.Section, s => s.Text is null && s.Entry.Count == 0 && s.Section.Count == 0)),
        CheckedRule.For<Composition>("cmp-2", "A section that gives a reason for being empty must not have entries.",
            c => Section(c.Section, s => s.EmptyReason is not null && s.Entry.Count > 0)),
    ];

    internal static string? Index<T>(IReadOnlyList<T> list, Func<T, bool> broken, string name)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (broken(list[i]))
            {
                return $"{name}[{i}]";
            }
        }

        return null;
    }

    private static string? Section(IReadOnlyList<Composition.SectionComponent> sections, Func<Composition.SectionComponent, bool> broken)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            if (broken(sections[i]))
            {
                return $"section[{i}]";
            }

            if (Section(sections[i].Section, broken) is { } below)
            {
                return $"section[{i}].{below}";
            }
        }

        return null;
    }
}
