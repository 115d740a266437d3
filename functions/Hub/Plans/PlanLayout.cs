using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans;

/// <summary>
/// The layout of a plan. The HTML page and the Word document are both made from this layout, so their content is the same.
/// </summary>
internal sealed record PlanLayout(
    string Title,
    string StatusLine,
    IReadOnlyList<(string Label, string Value)> About,
    PlanSummaryFacts Summary,
    IReadOnlyList<SectionLayout> Sections,
    IReadOnlyList<RowLayout> LeftOut)
{
    /// <summary>Column headings of the table that lists the lines of advice that are not in the plan.</summary>
    internal static readonly IReadOnlyList<string> LeftOutColumns = ["Line", "Words", "Why it is not in the plan"];

    internal static PlanLayout Of(PlanDocument plan, PlanSummaryFacts facts)
    {
        var name = $"{plan.Child.GivenName} {plan.Child.FamilyName}";
        var kind = plan.Kind switch
        {
            PlanKind.Draft => "Draft education, health and care plan",
            PlanKind.Final => "Education, health and care plan",
            _ => "Amended education, health and care plan",
        };
        var about = new List<(string, string)>
        {
            ("Name", name),
            ("Date of birth", PlainText.Day(plan.Child.DateOfBirth)),
        };
        if (plan.Child.NhsNumber is { } nhs)
        {
            about.Add(("NHS number", $"{nhs.Value[..3]} {nhs.Value[3..6]} {nhs.Value[6..]}"));
        }

        if (plan.Child.Upn is { } upn)
        {
            about.Add(("Unique pupil number", upn.Value));
        }

        about.Add(("Council", facts.CouncilName));
        about.Add(("Reference", plan.Assessment.Value));
        about.Add(("Prepared on", PlainText.Day(plan.PreparedOn)));
        about.Add(("Prepared by", plan.PreparedBy));
        if (plan.SignedBy is { } signer)
        {
            about.Add(("Signed by", $"{signer}, on {PlainText.Day(plan.PreparedOn)}"));
        }

        var references = References(plan);
        return new PlanLayout(
            $"{kind} for {name}",
            plan.Kind == PlanKind.Draft ? $"Draft, version {plan.Version}. This is not the final plan." : $"{(plan.Kind == PlanKind.Final ? "Final" : "Amended final")}, version {plan.Version}.",
            about,
            facts,
            [.. plan.Sections.Select(section => SectionLayout.Of(plan, section, references))],
            [.. plan.LeftOut.Select(line => new RowLayout("", [new(line.Section is { } letter ? $"{line.Id} (section {letter})" : line.Id), new(line.Text ?? ""), new(line.RemovedBy is { } by ? $"{line.Reason} ({by})" : line.Reason)]))]);
    }

    /// <summary>For each line id, the short reference that people see, for example B1, B2 or F1.</summary>
    private static Dictionary<string, string> References(PlanDocument plan)
    {
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in plan.Sections)
        {
            for (var i = 0; i < section.Lines.Count; i++)
            {
                // The reference is H1.2 and not H12, because the section's own digit would run into the number.
                references.TryAdd(section.Lines[i].Id, char.IsAsciiDigit(section.Letter.ToString()[^1]) ? $"{section.Letter}.{i + 1}" : $"{section.Letter}{i + 1}");
            }
        }

        return references;
    }
}

/// <summary>A cell with its text, smaller text below it, and references to other lines.</summary>
internal sealed record CellLayout(string Text, string? Under = null)
{
    /// <summary>The references of the lines to which the cell refers, for example B1 and E2.</summary>
    internal IReadOnlyList<string> Links { get; init; } = [];
}

/// <summary>A row of a table. The first cell names the row; <paramref name="Reference"/> is empty if no other line refers to the
/// row.</summary>
internal sealed record RowLayout(string Reference, IReadOnlyList<CellLayout> Cells);
