using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Local.PersonalData;

/// <summary>Erases the documents of cases: all folders of the cases, and other files that are about the child.</summary>
internal static class DocumentErasure
{
    // Top-level folders of shared files. The register of schools is public and contains no personal data; mail is erased separately, one
    // complete message at a time. Stored returns and feeds of events are corrected one by one.
    private static readonly string[] OfNobody = ["institutions", "intake"];

    /// <summary>Erases the documents.</summary>
    /// <param name="root">The folder that contains the documents.</param>
    /// <param name="cases">The ids of the cases to be erased.</param>
    /// <param name="isAbout">Whether a file with these bytes is about one of the children.</param>
    /// <returns>How many files were erased.</returns>
    internal static int Run(string root, IReadOnlySet<string> cases, Func<byte[], bool> isAbout)
    {
        if (!Directory.Exists(root))
        {
            return 0;
        }

        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        var erased = 0;
        foreach (var folder in Directory.EnumerateDirectories(root, "*", everything).Where(folder => cases.Contains(Path.GetFileName(folder))).ToList().Where(Directory.Exists))
        {
            erased += Directory.EnumerateFiles(folder, "*", everything).Count();
            Directory.Delete(folder, recursive: true);
        }

        foreach (var draft in Directory.EnumerateFiles(root, "ask-*.json", everything).Where(file => IsOfAsking(Path.GetRelativePath(root, file))).ToList())
        {
            erased += Forget(draft, cases, isAbout) ? 1 : 0;
        }

        var loose = Directory.EnumerateFiles(root, "*", everything).Where(file => IsLoose(Path.GetRelativePath(root, file))).ToList();
        var theirs = loose.Where(file => cases.Any(one => Path.GetFileName(file).Contains(one, StringComparison.Ordinal)) || isAbout(File.ReadAllBytes(file))).ToHashSet(StringComparer.Ordinal);

        // A held message (one that is stored until the hub can use it) has further files with its name but without content, which are
        // erased with it. In other folders, a file with the same name may belong to another child.
        var held = loose.Where(file => IsHeld(Path.GetRelativePath(root, file))).ToList();
        var keys = held.Where(theirs.Contains).Select(file => Path.GetFileNameWithoutExtension(file)).Where(key => !cases.Contains(key)).ToHashSet(StringComparer.Ordinal);
        theirs.UnionWith(held.Where(file => keys.Contains(Path.GetFileNameWithoutExtension(file)) || keys.Contains(Path.GetFileName(Path.GetDirectoryName(file)!))));
        foreach (var file in theirs)
        {
            File.Delete(file);
        }

        return erased + theirs.Count;
    }

    /// <summary>
    /// Removes erased cases from the receipts of somebody who asks for assessments on the web. The receipts are still counted, because the
    /// reference of the next case is made from their number: counted from the beginning, a new case would get the reference of an erased
    /// one, and would be erased with it when the erasure is repeated.
    /// </summary>
    /// <returns>Whether the file contained data about one of the children.</returns>
    private static bool Forget(string file, IReadOnlySet<string> cases, Func<byte[], bool> isAbout)
    {
        var bytes = File.ReadAllBytes(file);
        if (!isAbout(bytes) || Parsed(bytes) is not { } draft)
        {
            return false;
        }

        foreach (var receipt in (draft["sent"] as JsonArray ?? new JsonArray()).OfType<JsonObject>())
        {
            if (receipt["reference"] is JsonValue said && said.TryGetValue<string>(out var reference) && cases.Contains(reference))
            {
                receipt["reference"] = "erased";
            }
        }

        // Text that was typed and not sent yet may be about another child.
        if (isAbout(Bytes(draft)))
        {
            draft["typed"] = new JsonObject();
            draft["files"] = new JsonArray();
        }

        File.WriteAllBytes($"{file}.new", Bytes(draft));
        File.Move($"{file}.new", file, overwrite: true);
        return true;
    }

    private static byte[] Bytes(JsonObject draft) => JsonSerializer.SerializeToUtf8Bytes(draft);

    // A file that is damaged is erased like any other file that contains a number of one of the children.
    private static JsonObject? Parsed(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a file is the draft of somebody who asks for an assessment on the web.</summary>
    private static bool IsOfAsking(string name) =>
        name.Split(Path.DirectorySeparatorChar) is ["contributions", _, var file] && file.StartsWith("ask-", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal);

    private static bool IsHeld(string name) => name.Split(Path.DirectorySeparatorChar)[0] == "held";

    /// <summary>Whether a file is outside the folders of cases, returns, feeds and shared files.</summary>
    private static bool IsLoose(string name)
    {
        var parts = name.Split(Path.DirectorySeparatorChar);
        return !OfNobody.Contains(parts[0]) && !(parts.Length > 2 && parts[1] is "sen2" or "feed") && !parts[..^1].Any(part => AssessmentId.TryParse(part, out _, out _));
    }
}
