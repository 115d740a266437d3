using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Local.PersonalData;

/// <summary>
/// Erases messages of a council's tray, each as a whole: those that went into an erased case, and those that were dismissed and have a number of one of
/// the children. What went into somebody else's case is theirs and stays, and so does what waits: nobody has decided about it.
/// </summary>
/// <param name="root">The folder of documents.</param>
/// <param name="council">The council.</param>
/// <param name="readingsToo">Whether who read them goes too.</param>
internal sealed class TrayErasure(string root, LocalAuthorityCode council, bool readingsToo)
{
    /// <summary>Erases them. It can be run again: the decision goes last.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="isAbout">Whether bytes are about one of the children.</param>
    /// <param name="numbers">The numbers of the children and the cases.</param>
    /// <param name="cancellationToken">Stops it between two messages.</param>
    internal async Task RunAsync(IReadOnlySet<string> cases, Func<byte[], bool> isAbout, IReadOnlySet<string> numbers, CancellationToken cancellationToken)
    {
        var rules = new KeepingRules();
        var documents = new FolderDocuments(root, rules, TimeProvider.System);
        var (tray, words) = (new TrayStore(documents, rules), new MailWords(new AttachmentStore(documents, rules)));
        foreach (var name in await tray.DecidedAsync(council, cancellationToken))
        {
            var decision = await tray.DecisionAsync(council, name, cancellationToken);
            var folder = Path.Combine(root, TrayStore.FolderOf(council, name.Key).Replace('/', Path.DirectorySeparatorChar));
            var goes = decision?.Case is { } one ? cases.Contains(one.Value)
                : await tray.FindAsync(council, name.Key, cancellationToken) is not { } item

                    // An erasure of it was interrupted.
                    || MailIdentifiers.In(await words.OfAsync(item, cancellationToken)).Any(found => numbers.Contains(found.Value))
                    || Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file => isAbout(File.ReadAllBytes(file)));
            if (goes)
            {
                Erase(folder, name);
            }
        }
    }

    private void Erase(string folder, TrayName name)
    {
        var intake = Path.Combine(root, "intake", council.Value);
        foreach (var gone in new[] { folder, readingsToo ? Path.Combine(intake, "readings", name.Key) : "" }.Where(Directory.Exists))
        {
            Directory.Delete(gone, recursive: true);
        }

        foreach (var kind in new[] { "open", "claims", "decided" })
        {
            var entry = Path.Combine(intake, kind, $"{name}.json");
            if (File.Exists(entry))
            {
                File.Delete(entry);
            }
        }
    }
}
