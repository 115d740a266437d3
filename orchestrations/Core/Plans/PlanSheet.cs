using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>A plan while it is being assembled: lines by section, and what was left out.</summary>
internal sealed class PlanSheet
{
    private static readonly PlanSectionLetter[] Letters = Enum.GetValues<PlanSectionLetter>();

    private readonly Dictionary<PlanSectionLetter, List<PlanLine>> sections = Letters.ToDictionary(letter => letter, _ => new List<PlanLine>());
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly List<LeftOutLine> leftOut = [];

    internal IReadOnlyList<LeftOutLine> LeftOut => leftOut;

    internal IReadOnlyList<PlanSection> Sections => [.. Letters.Select(letter => new PlanSection(letter, sections[letter]))];

    /// <summary>Returns an unused line id, so that no line disappears if an author gives two lines the same number.</summary>
    internal string Claim(string id)
    {
        var candidate = id;
        for (var n = 2; !taken.Add(candidate); n++)
        {
            candidate = $"{id}~{n}";
        }

        return candidate;
    }

    internal void Add(PlanSectionLetter letter, PlanLine line) => sections[letter].Add(line);

    internal void LeaveOut(LeftOutLine line) => leftOut.Add(line);

    internal bool Has(PlanSectionLetter letter, string id) => sections[letter].Exists(line => line.Id == id);

    internal (PlanSectionLetter Letter, PlanLine Line)? Find(string id)
    {
        foreach (var letter in Letters)
        {
            if (sections[letter].Find(line => line.Id == id) is { } found)
            {
                return (letter, found);
            }
        }

        return null;
    }

    internal void Replace(PlanSectionLetter letter, PlanLine line) =>
        sections[letter][sections[letter].FindIndex(other => other.Id == line.Id)] = line;

    internal void Remove(PlanSectionLetter letter, string id) => sections[letter].RemoveAll(line => line.Id == id);

    /// <summary>Removes links to lines that never existed or no longer exist in the plan.</summary>
    internal void DropBrokenLinks()
    {
        foreach (var letter in Letters)
        {
            var lines = sections[letter];
            for (var i = 0; i < lines.Count; i++)
            {
                if (lines[i].Answers.Count == 0)
                {
                    continue;
                }

                var kept = lines[i].Answers.Where(id => PlanLinks.MayAnswer(letter, target => Has(target, id))).Distinct(StringComparer.Ordinal).ToList();
                if (kept.Count != lines[i].Answers.Count)
                {
                    lines[i] = lines[i] with { Answers = kept };
                }
            }
        }
    }
}

/// <summary>Which sections of a plan can have lines that are linked to each other.</summary>
public static class PlanLinks
{
    private static readonly PlanSectionLetter[] Needs = [PlanSectionLetter.B, PlanSectionLetter.C, PlanSectionLetter.D];
    private static readonly PlanSectionLetter[] Provision = [PlanSectionLetter.F, PlanSectionLetter.G, PlanSectionLetter.H1, PlanSectionLetter.H2];

    internal static bool IsNeed(PlanSectionLetter letter) => Needs.Contains(letter);

    /// <summary>Whether a section contains provision: F, G, H1 and H2 (SEND Regs 2014 reg 12(1)).</summary>
    public static bool IsProvision(PlanSectionLetter letter) => Provision.Contains(letter);

    /// <summary>Whether a line of one section can respond to a line of another section. Outcomes respond to needs; provision and the
    /// personal budget respond to outcomes.</summary>
    internal static bool MayAnswer(PlanSectionLetter from, Func<PlanSectionLetter, bool> isIn) => from switch
    {
        PlanSectionLetter.E => Needs.Any(isIn),
        PlanSectionLetter.J => isIn(PlanSectionLetter.E),
        _ => IsProvision(from) && isIn(PlanSectionLetter.E),
    };

    /// <summary>Whether a line can move between two sections, which must be of the same sort, so that a need stays a need.</summary>
    internal static bool MayMove(PlanSectionLetter from, PlanSectionLetter to) =>
        (IsNeed(from) && IsNeed(to)) || (IsProvision(from) && IsProvision(to));
}
