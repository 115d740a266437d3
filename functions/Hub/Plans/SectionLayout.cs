using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Functions.Plans;

/// <summary>A lettered section of the plan, as a table with a heading.</summary>
/// <param name="Letter">The letter of the section in the regulations.</param>
/// <param name="Name">What the section contains, in plain words.</param>
/// <param name="Empty">The text that is shown if the section is empty.</param>
/// <param name="Columns">The column headings, each with its share of the width in per cent.</param>
/// <param name="Rows">The lines of the section.</param>
internal sealed record SectionLayout(
    PlanSectionLetter Letter, string Name, string Empty, IReadOnlyList<(string Heading, int Share)> Columns, IReadOnlyList<RowLayout> Rows)
{
    internal string Heading => $"Section {Letter}: {Name}";

    /// <summary>What the table shows, for people who come to the table without reading its heading.</summary>
    internal string Caption => Letter switch
    {
        PlanSectionLetter.A => "Views, and who gave them",
        PlanSectionLetter.B => "Special educational needs, and the advice that identified them",
        PlanSectionLetter.C => "Health needs, and the advice that identified them",
        PlanSectionLetter.D => "Social care needs, and the advice that identified them",
        PlanSectionLetter.E => "Outcomes, the needs they answer and the provision that meets them",
        PlanSectionLetter.I => "Where the child or young person will learn",
        PlanSectionLetter.J => "How the personal budget is held and what it pays for",
        PlanSectionLetter.K => "The advice and information obtained for this plan, with dates",
        _ => $"What is provided under {Letter}, by whom, how often and for how long",
    };

    /// <summary>The heading of a section, which is the same in every version.</summary>
    internal static string HeadingOf(PlanSectionLetter letter) => $"Section {letter}: {Names(PlanKind.Draft, letter).Name}";

    internal static SectionLayout Of(PlanDocument plan, PlanSection section, IReadOnlyDictionary<string, string> references)
    {
        var (name, empty, column) = Names(plan.Kind, section.Letter);
        (string, int)[] columns = section.Letter switch
        {
            PlanSectionLetter.E => [("Line", 8), (column, 44), ("Needs addressed", 13), ("Supporting provision", 13), ("Where it comes from", 22)],
            var provision when PlanLinks.IsProvision(provision) =>
                [("Line", 8), (column, 35), ("Who provides it", 18), ("How often", 14), ("How long each time", 14), ("Outcome", 11)],
            PlanSectionLetter.K => [("Line", 8), (column, 34), ("Author", 28), ("Written on", 15), ("Received on", 15)],
            _ => [("Line", 8), (column, 62), ("Where it comes from", 30)],
        };
        return new SectionLayout(section.Letter, name, empty, columns, [.. section.Lines.Select(line => Row(plan, section.Letter, line, references))]);
    }

    private static RowLayout Row(PlanDocument plan, PlanSectionLetter letter, PlanLine line, IReadOnlyDictionary<string, string> references)
    {
        var reference = references[line.Id];
        var words = new CellLayout(line.Text, Under(line));
        var source = new CellLayout(Source(line.From), Edited(line.From));
        // There is no room for a seventh column, so the source of provision is shown below the provision's text.
        var sourced = words with { Under = string.Join('\n', new[] { words.Under, $"From: {source.Text}", source.Under }.OfType<string>()) };
        var answers = new CellLayout("") { Links = [.. line.Answers.Where(references.ContainsKey).Select(id => references[id])] };
        return letter switch
        {
            PlanSectionLetter.E => new(reference, [new(reference), words, answers, new CellLayout("") { Links = ServedBy(plan, line.Id, references) }, source]),
            _ when PlanLinks.IsProvision(letter) =>
                new(reference, [new(reference), sourced, Said(line.Who), Said(line.HowOften), Said(line.HowLong), answers]),
            PlanSectionLetter.K => new(reference,
                [new(reference), words, new($"{line.From.Author}, {line.From.AuthorRole}", line.From.AgencyName), new(PlainText.Day(line.From.WrittenOn)), Said(line.From.ReceivedOn is { } day ? PlainText.Day(day) : null)]),
            _ => new(reference, [new(reference), words, source]),
        };
    }

    private static CellLayout Said(string? text) => new(string.IsNullOrWhiteSpace(text) ? "Not stated" : text);

    private static List<string> ServedBy(PlanDocument plan, string outcome, IReadOnlyDictionary<string, string> references) =>
        [.. plan.Sections.Where(s => s.Letter is > PlanSectionLetter.E and < PlanSectionLetter.K).SelectMany(s => s.Lines)
            .Where(line => line.Answers.Contains(outcome)).Select(line => references[line.Id])];

    private static string? Under(PlanLine line)
    {
        var parts = new List<string>();
        if (line.PreparesForAdulthood)
        {
            parts.Add("Prepares for adulthood and independent living.");
        }

        if (line.Note is { } note)
        {
            parts.Add(note);
        }

        if (line.Attachment is { } file)
        {
            parts.Add($"Document, {file.ContentType}, {(file.Size + 1023) / 1024} KB.");
        }

        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    private static string Source(LineProvenance from) =>
        $"{from.Author}, {from.AuthorRole}{(from.AgencyName is { } agency ? $", {agency}" : "")}, {PlainText.Day(from.WrittenOn)}";

    private static string? Edited(LineProvenance from)
    {
        if (from.EditedBy is not { } by)
        {
            return null;
        }

        var last = from.Changes.Count > 0 ? $" on {PlainText.Day(from.Changes[^1].On)}: {from.Changes[^1].Reason}" : ".";
        return $"Changed by {by}{last}{(from.OriginalText is { } words ? $"\nThe author's words: {words}" : "")}";
    }

    private static (string Name, string Empty, string Column) Names(PlanKind kind, PlanSectionLetter letter) => letter switch
    {
        PlanSectionLetter.A => ("Views, interests and aspirations", "No views were given.", "View, interest or aspiration"),
        PlanSectionLetter.B => ("Special educational needs", "No special educational needs are set out.", "Need"),
        PlanSectionLetter.C => ("Health needs", "No health needs related to the special educational needs were identified.", "Need"),
        PlanSectionLetter.D => ("Social care needs", "No social care needs related to the special educational needs or to a disability were identified.", "Need"),
        PlanSectionLetter.E => ("Outcomes", "No outcomes are set out.", "Outcome"),
        PlanSectionLetter.F => ("Special educational provision", "No special educational provision is set out.", "Provision"),
        PlanSectionLetter.G => ("Health provision", "No health provision is required by the needs in this plan.", "Provision"),
        PlanSectionLetter.H1 => ("Social care provision for a person under 18 (Chronically Sick and Disabled Persons Act 1970, section 2)", "No provision of this kind is required.", "Provision"),
        PlanSectionLetter.H2 => ("Other social care provision", "No other social care provision is required.", "Provision"),
        PlanSectionLetter.I => ("Placement",
            kind == PlanKind.Draft ? "This section is blank in a draft. The final plan will name the school, college or other institution, or its type." : "No placement is named.", "Placement"),
        PlanSectionLetter.J => ("Personal budget and direct payments", "There is no personal budget.", "Arrangement"),
        _ => ("Advice and information", "No advice is listed.", "Advice or information"),
    };
}
