using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// Removes cases from the notice store of one machine while no hub uses the store. A digest about several cases remains in the store, but
/// without the removed cases.
/// </summary>
public static class NoticeErasure
{
    /// <summary>Removes the given cases from the notice store.</summary>
    /// <param name="directory">The directory of the notice store.</param>
    /// <param name="cases">The cases to remove.</param>
    /// <returns>The number of lines that were removed or changed.</returns>
    /// <exception cref="InvalidDataException">A line of the notice store cannot be read.</exception>
    public static int Run(string directory, IReadOnlySet<AssessmentId> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var changed = 0;
        foreach (var path in Directory.Exists(directory) ? Directory.GetFiles(directory, "notices-*.jsonl") : [])
        {
            var lines = File.ReadAllLines(path);
            var left = lines.Select(line => Without(line, Path.GetFileName(path), cases)).ToList();
            var different = lines.Zip(left).Count(pair => pair.First != pair.Second);
            if (different > 0)
            {
                Replace(path, left.OfType<string>());
                changed += different;
            }
        }

        return changed;
    }

    private static string? Without(string text, string name, IReadOnlySet<AssessmentId> cases)
    {
        NoticeFile.Line line;
        try
        {
            line = JsonSerializer.Deserialize(text, NoticeJson.Default.Line) ?? throw new JsonException();
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"A line of {name} cannot be read.", damaged);
        }

        if ((line.Put is { } put && cases.Contains(put.Assessment)) || (line.Dropped is { } dropped && cases.Any(one => IsOf(dropped, one))))
        {
            return null;
        }

        if (line.Kept is not { } kept || !kept.Assessments.Any(cases.Contains))
        {
            return text;
        }

        if (kept.Assessments.All(cases.Contains))
        {
            return null;
        }

        var left = kept with
        {
            Assessments = [.. kept.Assessments.Where(one => !cases.Contains(one))],
            Effects = [.. kept.Effects.Where(effect => !cases.Any(one => IsOf(effect, one)))],
            Text = cases.Aggregate(kept.Text, (words, one) => words.Replace(one.Value, "[an erased case]", StringComparison.Ordinal)),
            Subject = cases.Aggregate(kept.Subject, (words, one) => words.Replace(one.Value, "[an erased case]", StringComparison.Ordinal)),
        };
        return JsonSerializer.Serialize(line with { Kept = left }, NoticeJson.Default.Line);
    }

    private static bool IsOf(string effect, AssessmentId one) => effect.StartsWith($"{one.Value}/", StringComparison.Ordinal);

    private static void Replace(string path, IEnumerable<string> lines)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            foreach (var line in lines)
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        Directories.Flush(Path.GetDirectoryName(path)!);
    }
}
