using System.Xml.Linq;
using static IntegrationHub.Hub.Tests.Returns.Independent.ReadReturn;
using static IntegrationHub.Hub.Tests.Returns.Independent.SoundReturn;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>
/// What the text of DfE's guide asks, as Data to Insight's data model carries it (the text of 2023): data-to-insight/ssd-data-model, commit 0855a2b0,
/// data/objects/ssd_ehcp_requests.yml, ssd_ehcp_assessment.yml, ssd_ehcp_named_plan.yml and ssd_person.yml. The numbers are its item_ref.
/// </summary>
internal static class GuideRules
{
    private static readonly HashSet<string> Outcomes = ["Y", "N", "A", "W", "H"];

    internal static IReadOnlyList<StatedRule> All { get; } =
    [
        new("EHCR003A", "A request has the day on which it was received.",
            read => read.All("Requests").Where(request => Text(request, "ReceivedDate") is null), root => Of(root, Refused).Descendants("ReceivedDate").Remove(), "missing"),
        new("EHCR004A", "A decision to assess, or not to, has the day on which whoever asked was told.",
            read => read.All("Requests").Where(request => Text(request, "RequestOutcome") is "Y" or "N" && Text(request, "RequestOutcomeDate") is null),
            root => Of(root, Refused).Descendants("RequestOutcomeDate").Remove(), "outcome-without-day"),
        new("EHCR005A", "The outcome of a request is Y, N, A, W or H.",
            read => read.All("Requests").Where(request => !IsOutcome(request, "RequestOutcome")),
            root => Of(root, Refused).Descendants("RequestOutcome").First().Value = "Q", "unknown-code", "missing"),
        new("EHCR005A end", "After A or W no assessment is told.",
            read => read.All("Requests").Where(request => Text(request, "RequestOutcome") is "A" or "W" && request.Element("Assessment") is not null),
            root => Of(root, Ceased).Descendants("RequestOutcome").First().Value = "A", "after-the-end"),
        new("EHCA003A", "A plan that was issued, or refused, in the year has the day on which the family was told.",
            read => read.All("Assessment").Where(one => Text(one, "AssessmentOutcomeDate") is null
                && (Text(one, "AssessmentOutcome") == "N" || (Text(one, "AssessmentOutcome") == "Y" && one.Element("NamedPlan") is not null))),
            root => Of(root, Planned).Descendants("AssessmentOutcomeDate").Remove(), "outcome-without-day"),
        new("EHCA004A", "The outcome of an assessment is Y, N, A, W or H.",
            read => read.All("Assessment").Where(one => !IsOutcome(one, "AssessmentOutcome")),
            root => Of(root, Ceased).Descendants("AssessmentOutcome").First().Value = "Q", "unknown-code", "missing"),
        new("EHCA004A end", "After A or W no plan is told.",
            read => read.All("Assessment").Where(one => Text(one, "AssessmentOutcome") is "A" or "W" && one.Element("NamedPlan") is not null),
            root => Of(root, Ceased).Descendants("AssessmentOutcome").First().Value = "W", "after-the-end"),
        new("EHCA001A", "The assessment of a plan that was transferred in is historical, even where the plan began in the year.",
            read => read.Planned.Where(request => Text(request.Element("ActivePlans"), "TransferLA") is not null && request.Elements("Assessment").Any(one => Text(one, "AssessmentOutcome") != "H")),
            root => Of(root, Planned).Descendants("ActivePlans").First().AddFirst(new XElement("TransferLA", "331")), "transferred-not-old"),
        new("EHCA005A", "Whether exceptions to the 20 weeks apply is 1 or 0.",
            read => read.All("Assessment").Where(one => Text(one, "Week20") is not ("0" or "1")), root => Of(root, Planned).Descendants("Week20").First().Value = "Yes", "not-a-flag", "missing"),
        new("EHCN005A", "The reason of ceasing is one of 1 to 9.",
            read => read.All("NamedPlan").Where(plan => Text(plan, "CeaseReason") is not (null or ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9'])),
            root => Of(root, Ceased).Descendants("CeaseReason").First().Value = "12", "unknown-code"),
        new("PERS007A", "UN1 is the reason of a child who is not of school age (also A107, from 6).",
            read => read.Persons.Where(person => Text(person, "UPNunknown") == "UN1" && Day(person, "PersonBirthDate")?.AddYears(6) <= read.Census),
            root => Of(root, Planned).Element("UPN")!.ReplaceWith(new XElement("UPNunknown", "UN1")), "reason-of-the-young"),
    ];

    private static bool IsOutcome(XElement block, string name) => Text(block, name) is { } said && Outcomes.Contains(said);
}
