using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using static Hl7.Fhir.Model.Composition;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// Turns the sections of a Composition into advice. A section's code decides the part of the plan to which its lines belong. Text in a
/// section with any other code, at any depth, becomes a note that has the section's title as its heading.
/// </summary>
internal sealed class SectionReading(UsedElements placing)
{
    private readonly List<AdviceView> views = [];
    private readonly List<AdviceNeed> needs = [];
    private readonly List<AdviceOutcome> outcomes = [];
    private readonly List<AdviceProvision> provision = [];
    private readonly List<AdviceNote> notes = [];

    /// <summary>Adds the lines and notes read so far to <paramref name="content"/>.</summary>
    internal AdviceContent Into(AdviceContent content) =>
        content with { Views = views, Needs = needs, Outcomes = outcomes, Provision = provision, Notes = [.. content.Notes, .. notes] };

    /// <summary>Reads a section and the sections inside it.</summary>
    /// <param name="section">The section.</param>
    /// <param name="below">Title of the enclosing section, or "" at the top.</param>
    internal void Read(SectionComponent section, string below = "")
    {
        if (Code(section) is { } code)
        {
            foreach (var text in Narrated(section))
            {
                Add(code, text);
            }

            foreach (var inner in section.Section)
            {
                Line(code, inner);
            }

            return;
        }

        var heading = string.Join(" - ", ((string[])[below, Title(section)]).Where(text => text.Length > 0));
        var lines = Narrated(section).Concat(ConceptWords.Of(section.EmptyReason)).ToList();
        placing.AddWords(section.EmptyReason);
        var leads = section.Section.Count == 0 || section.Section.Exists(inner => Code(inner) is not null);
        if (lines.Count > 0 || (leads && heading.Length > 0))
        {
            notes.Add(new AdviceNote(heading.Length > 0 ? heading : "Without a title", lines.Count > 0 ? string.Join('\n', lines) : heading));
        }

        foreach (var inner in section.Section)
        {
            Read(inner, heading);
        }
    }

    // Each section inside a section with a code becomes one line, which begins with the inner section's title.
    private void Line(string code, SectionComponent section)
    {
        if (Code(section) is not null)
        {
            Read(section);
            return;
        }

        var title = Title(section);
        var text = string.Join(' ', Narrated(section).Concat(ConceptWords.Of(section.EmptyReason)));
        placing.AddWords(section.EmptyReason);
        if (text.Length + title.Length > 0)
        {
            Add(code, title.Length == 0 ? text : text.Length == 0 ? title : $"{title}: {text}");
        }

        foreach (var inner in section.Section)
        {
            Line(code, inner);
        }
    }

    private void Add(string code, string text)
    {
        if (code == AdviceCodes.Views)
        {
            views.Add(new AdviceView(Number("view", views.Count), text));
        }
        else if (code == AdviceCodes.Outcomes)
        {
            outcomes.Add(new AdviceOutcome(Number("outcome", outcomes.Count), text, []));
        }
        else if (AdviceCodes.Value(AdviceCodes.NeedAreas, code) is { } area)
        {
            needs.Add(new AdviceNeed(Number("need", needs.Count), area, text));
        }
        else if (AdviceCodes.Value(AdviceCodes.ProvisionKinds, code) is { } kind)
        {
            provision.Add(new AdviceProvision { Id = Number("provision", provision.Count), Kind = kind, Text = text });
        }
    }

    private List<string> Narrated(SectionComponent section)
    {
        var read = NarrativeReading.Read(section.Text?.Div);
        if (read.IsComplete)
        {
            placing.Add(section.Text);
        }

        return [.. read.Lines];
    }

    private string Title(SectionComponent section)
    {
        placing.Add(section.TitleElement);
        placing.AddWords(section.Code);
        var title = NarrativeReading.Words(section.Title ?? "");
        var codes = ConceptWords.Of(section.Code)
            .Where(text => !text.Equals(title, StringComparison.OrdinalIgnoreCase) && (title.Length == 0 || !section.Code!.Coding.Exists(coding => coding.Display is null && coding.Code == text))).ToList();
        return codes.Count == 0 ? title : title.Length == 0 ? string.Join(", ", codes) : $"{title} ({string.Join(", ", codes)})";
    }

    // The code and its display name only decide which part of the plan the lines go to.
    private string? Code(SectionComponent section)
    {
        var coding = section.Code?.Coding.Find(coding => coding.System == FhirUris.AdviceSectionCodes && AdviceCodes.Display(coding.Code) is not null);
        if (coding is null)
        {
            return null;
        }

        var display = AdviceCodes.Display(coding.Code);
        bool SaysOnly(string? text) => text is null || text == display || text == coding.Code;
        placing.Add(SaysOnly(coding.Display) ? coding : coding.CodeElement);
        placing.Add(SaysOnly(section.Code!.Text) ? section.Code.TextElement : null);
        placing.Add(SaysOnly(section.Title) ? section.TitleElement : null);
        return coding.Code;
    }

    private static string Number(string kind, int before) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{before + 1}");
}
