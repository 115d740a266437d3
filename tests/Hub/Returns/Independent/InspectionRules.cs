using System.Xml.Linq;
using static IntegrationHub.Hub.Tests.Returns.Independent.ReadReturn;
using static IntegrationHub.Hub.Tests.Returns.Independent.SoundReturn;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>
/// Data to Insight's rules about the list of plans for an inspection, as far as the return has the same items: data-to-insight/annex-a-sen-validator-be,
/// commit 23cfd320, sen_validator/rules/sen_v0_0_1. "In the future" is there after today, and here after the day of the census. The numbers are theirs.
/// </summary>
internal static class InspectionRules
{
    internal static IReadOnlyList<StatedRule> All { get; } =
    [
        new("A101a", "The date of birth is given.",
            read => read.Persons.Where(person => Text(person, "PersonBirthDate") is null), root => Of(root, Planned).Element("PersonBirthDate")!.Remove(), "missing"),
        new("A101b", "The sex is given.",
            read => read.Persons.Where(person => Text(person, "Sex") is null), root => Of(root, Planned).Element("Sex")!.Remove(), "missing"),
        new("A101c", "The ethnicity is given.",
            read => read.Persons.Where(person => Text(person, "Ethnicity") is null), root => Of(root, Planned).Element("Ethnicity")!.Remove(), "missing"),
        new("A102a", "Somebody of 25 is questioned (26 and over: W232).",
            read => read.Planned.Where(request => IsAged25(request.Parent!, read.Census)), root => Of(root, Planned).SetElementValue("PersonBirthDate", "2000-12-01"), "age-at-the-edge"),
        new("A105a", "Nobody was born in the future.",
            read => read.Persons.Where(person => Day(person, "PersonBirthDate") > read.Census), root => Of(root, Refused).SetElementValue("PersonBirthDate", "2030-05-01"), "age", "days-reversed"),
        new("A105b", "No plan began in the future.",
            read => read.All("NamedPlan").Where(plan => Day(plan, "StartDate") > read.Census), root => Of(root, Ceased).Descendants("StartDate").First().Value = "2026-02-02", "after-period"),
        new("A105d", "No review was decided in the future.",
            read => read.All("ActivePlans").Where(active => Day(active, "LastReview") > read.Census), root => Of(root, Planned).Descendants("LastReview").First().Value = "2026-02-02", "after-census"),
        new("A106b", "No plan was reviewed before it began.",
            read => read.Planned.Where(request => Day(request.Element("ActivePlans"), "LastReview") < Day(request.Element("Assessment")?.Element("NamedPlan"), "StartDate")),
            root => Of(root, Planned).Descendants("LastReview").First().Value = "2025-02-03", "review-before-plan"),
        new("A109", "Nobody has the UPN of another.",
            read => read.Persons.Where(person => Text(person, "UPN") is not null).GroupBy(person => Text(person, "UPN")).Where(same => same.Skip(1).Any()).Select(same => same.Last()),
            root => Of(root, Ceased).Element("UPN")!.Value = Text(Of(root, Planned), "UPN")!, "number-given-twice"),
    ];

    private static bool IsAged25(XElement person, DateOnly? census) => Day(person, "PersonBirthDate") is { } born && born.AddYears(25) < census && born.AddYears(26) > census;
}
