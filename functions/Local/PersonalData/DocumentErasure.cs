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

    private static bool IsHeld(string name) => name.Split(Path.DirectorySeparatorChar)[0] == "held";

    /// <summary>Whether a file is outside the folders of cases, returns, feeds and shared files.</summary>
    private static bool IsLoose(string name)
    {
        var parts = name.Split(Path.DirectorySeparatorChar);
        return !OfNobody.Contains(parts[0]) && !(parts.Length > 2 && parts[1] is "sen2" or "feed") && !parts[..^1].Any(part => AssessmentId.TryParse(part, out _, out _));
    }
}
