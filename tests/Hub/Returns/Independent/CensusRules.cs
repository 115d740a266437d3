using System.Xml.Linq;
using static IntegrationHub.Hub.Tests.Returns.Independent.ReadReturn;
using static IntegrationHub.Hub.Tests.Returns.Independent.SoundReturn;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>
/// What analysts check of the plans and placements on the day of the census: MastodonC/witan.sen2, commit 3ddb8c31,
/// src/witan/sen2/return/person_level/blade/plans_placements.clj. The numbers are theirs.
/// </summary>
internal static class CensusRules
{
    private static readonly HashSet<string> Settings = ["OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO"];
    private static readonly HashSet<string> Needs = ["SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH"];

    internal static IReadOnlyList<StatedRule> All { get; } =
    [
        new("W142", "Who has neither UPN nor ULN has a reason.",
            read => read.Persons.Where(person => Text(person, "UPN") is null && Text(person, "UniqueLearnerNumber") is null && Text(person, "UPNunknown") is null),
            root => Of(root, Planned).Element("UPN")!.Remove(), "upn-or-reason"),
        new("W212", "Nobody has plans from several requests.",
            read => read.Persons.Where(person => person.Elements("Requests").Count(request => request.Element("ActivePlans") is not null) > 1),
            root => Of(root, Planned).Add(new XElement(Of(root, Planned).Element("Requests")!)), "several-plans"),
        new("W232", "Who has a plan was between 0 and 24 when the school year began.",
            read => read.Persons.Where(person => person.Descendants("ActivePlans").Any() && AgeAtStart(person, read.Census) is < 0 or > 24),
            root => Of(root, Planned).SetElementValue("PersonBirthDate", "1999-01-02"), "age", "age-at-the-edge"),
        new("W312", "An active plan has a named plan on the day of the census.",
            read => read.Planned.Where(request => !request.Descendants("NamedPlan").Any(plan => IsOn(read.Census, plan, "StartDate", "CeaseDate"))),
            root => Of(root, Planned).Descendants("NamedPlan").Remove(), "no-named-plan"),
        new("W412", "An active plan has a placement on the day of the census (also T5b, one or more).",
            read => read.Planned.Where(request => !request.Descendants("PlacementDetail").Any(place => IsOn(read.Census, place, "EntryDate", "LeavingDate"))),
            root => Of(root, Planned).Descendants("PlacementDetail").First().SetElementValue("LeavingDate", "2025-12-05"), "no-place-on-census-day", "too-few"),
        new("W422", "A placement is at a URN, a UKPRN or a kind of setting (also W512).",
            read => read.All("PlacementDetail").Where(place => !HasPlace(place)),
            root => Of(root, Planned).Descendants("PlacementDetail").First().Element("URN")!.Remove(), "one-setting"),
        new("W514", "A placement says whether it is in a SEN unit and whether in resourced provision, at a setting too.",
            read => read.All("PlacementDetail").Where(place => HasPlace(place) && !(IsFlag(place, "SENunitIndicator") && IsFlag(place, "ResourcedProvisionIndicator"))),
            root => Of(root, Planned).Descendants("PlacementDetail").First().Element("SENunitIndicator")!.Remove(), "indicator-missing", "not-a-flag"),
        new("W592", "A kind of setting is one of the eight.",
            read => read.All("PlacementDetail").Where(place => Text(place, "SENSetting") is { } setting && !Settings.Contains(setting)),
            root => Of(root, Planned).Descendants("PlacementDetail").First().Element("URN")!.ReplaceWith(new XElement("SENSetting", "FARM")), "unknown-code"),
        new("W612", "An active plan has a need of the first rank (also A101d).",
            read => read.Planned.Where(request => request.Descendants("SENneed").All(need => Text(need, "SENtypeRank") != "1")),
            root => Of(root, Planned).Descendants("SENneed").First().SetElementValue("SENtypeRank", "3"), "need-ranks", "too-few"),
        new("W614", "A need is one of the thirteen.",
            read => read.All("SENneed").Where(need => Text(need, "SENtype") is { } kind && !Needs.Contains(kind)),
            root => Of(root, Planned).Descendants("SENneed").First().SetElementValue("SENtype", "NSA"), "unknown-code"),
    ];

    private static bool HasPlace(XElement place) => (Text(place, "URN") ?? Text(place, "UKPRN") ?? Text(place, "SENSetting")) is not null;

    private static bool IsFlag(XElement place, string name) => Text(place, name) is "0" or "1" or "true" or "false";

    private static bool IsOn(DateOnly? day, XElement what, string from, string to) => !(Day(what, from) > day) && !(Day(what, to) < day);

    private static int? AgeAtStart(XElement person, DateOnly? census)
    {
        if (census is not { } day || Day(person, "PersonBirthDate") is not { } born)
        {
            return null;
        }

        return (day.Month < 9 ? day.Year - 1 : day.Year) - (born.Month < 9 ? born.Year - 1 : born.Year) - 1;
    }
}
