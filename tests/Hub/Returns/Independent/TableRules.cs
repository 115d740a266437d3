using System.Xml.Linq;
using static IntegrationHub.Hub.Tests.Returns.Independent.ReadReturn;
using static IntegrationHub.Hub.Tests.Returns.Independent.SoundReturn;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>
/// How many records of each table belong to one of its parent, and what must be unique: MastodonC/witan.sen2, commit 3ddb8c31,
/// src/witan/sen2/return/person_level/blade/eda.clj, which cites pages 18 to 31 of DfE's guide of 2023. The numbers are those of its tables.
/// </summary>
internal static class TableRules
{
    internal static IReadOnlyList<StatedRule> All { get; } =
    [
        new("T2", "A person has one request or more.",
            read => read.Persons.Where(person => !person.Elements("Requests").Any()), root => Of(root, Refused).Element("Requests")!.Remove(), "too-few"),
        new("T3", "A request has at most one assessment.",
            read => Many(read.All("Requests"), "Assessment", 1), root => Twice(Of(root, Ceased), "Assessment"), "too-many"),
        new("T4a", "An assessment has at most one named plan.",
            read => Many(read.All("Assessment"), "NamedPlan", 1), root => Twice(Of(root, Ceased), "NamedPlan"), "too-many"),
        new("T4b", "A named plan has one plan detail, or two.",
            read => read.All("NamedPlan").Where(plan => plan.Elements("PlanDetail").Count() is 0 or > 2), root => Of(root, Planned).Descendants("PlanDetail").Remove(), "too-few", "too-many"),
        new("T5a", "A request has at most one active plan.",
            read => Many(read.All("Requests"), "ActivePlans", 1), root => Twice(Of(root, Planned), "ActivePlans"), "too-many"),
        new("T5c", "An active plan has at most two needs.",
            read => Many(read.All("ActivePlans"), "SENneed", 2),
            root => Of(root, Planned).Descendants("SENneed").Last().AddAfterSelf(new XElement("SENneed", new XElement("SENtype", "HI"), new XElement("SENtypeRank", "3"))), "too-many"),
        new("T5c rank", "Each rank of a need is given once.",
            read => read.All("ActivePlans").Where(active => active.Elements("SENneed").GroupBy(need => Text(need, "SENtypeRank")).Any(same => same.Skip(1).Any())),
            root => Of(root, Planned).Descendants("SENneed").Last().SetElementValue("SENtypeRank", "1"), "need-ranks"),
    ];

    private static IEnumerable<XElement> Many(IEnumerable<XElement> parents, string name, int most) => parents.Where(parent => parent.Elements(name).Skip(most).Any());

    private static void Twice(XElement person, string name)
    {
        var block = person.Descendants(name).First();
        block.AddAfterSelf(new XElement(block));
    }
}
