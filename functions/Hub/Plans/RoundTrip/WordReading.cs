using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>A returned Word file, and the plan from which it was made.</summary>
internal sealed record WordReading(WordFileMark Mark, WordFile File)
{
    /// <summary>Reads as much of a file as is needed to find the plan from which it was made.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="assessment">The case in which the file was uploaded.</param>
    /// <param name="planVersion">The version of the plan that is being prepared.</param>
    /// <param name="caseVersion">The version of the case.</param>
    /// <param name="fault">The reason why the file is refused.</param>
    internal static WordReading? Of(byte[] bytes, string assessment, int planVersion, long caseVersion, out string fault)
    {
        if (WordFile.Read(bytes, out fault) is not { } file)
        {
            return null;
        }

        var marks = WordBody.Read(file, new HashSet<string>()).Marks.Select(WordFileMark.Read).Distinct().ToList();
        fault = marks switch
        {
            [] => "The file has no file reference, because it was not made by “Download to edit in Word” or the reference was removed. Download the plan again and make the changes in that file.",
            [{ } one] when one.Case != assessment => "This file is the plan of another case. Nothing in the file was read.",
            [{ } one] when one.PlanVersion != planVersion => $"The file was made from version {one.PlanVersion} of the plan, and version {planVersion} is being prepared now. Download the plan again and make the changes in that file.",
            [{ } one] when one.CaseVersion > caseVersion => "The file reference in this file was changed. Download the plan again and make the changes in that file.",
            [_] => "",
            _ => "The file has several different file references, because it was put together from several files. Download the plan again and make the changes in that file.",
        };
        return fault.Length == 0 ? new WordReading(marks[0]!, file) : null;
    }

    /// <summary>Finds the changes that the file would make to the plan.</summary>
    /// <param name="made">The plan as it was when the file was made.</param>
    /// <param name="now">The present plan.</param>
    /// <param name="fault">The reason why the file is refused.</param>
    internal WordFileChanges? Compare(PlanDocument made, PlanDocument now, out string fault)
    {
        if (WordFileMark.Of(made, Mark.CaseVersion) != Mark)
        {
            fault = "The file reference in this file does not belong to this plan. Download the plan again and make the changes in that file.";
            return null;
        }

        var own = new HashSet<string>([WordPlan.TitleOf(made), WordPlan.SubtitleOf(made), .. WordPlan.Help, WordPlan.End], StringComparer.Ordinal);
        var body = WordBody.Read(File, own);
        if (!body.HasAllHeadings)
        {
            fault = "A section heading is missing, was changed, appears twice or is out of order, so it is not clear which line belongs to which section. Put the headings back as they were: "
                + $"{string.Join("; ", WordPlan.Letters.Select(WordPlan.HeadingOf))}.";
            return null;
        }

        fault = "";
        var changes = WordComparing.Of(made, Mark, now, body);
        var edges = File.Edges.Where(words => !words.StartsWith($"{WordPlan.TitleOf(made)}. Page ", StringComparison.Ordinal))
            .Select(words => new RefusedWords("Header or footer", words, "Text in a header or footer does not belong to the plan. Write the text under the heading of its section."));
        return changes with { Refused = [.. changes.Refused, .. edges] };
    }
}
