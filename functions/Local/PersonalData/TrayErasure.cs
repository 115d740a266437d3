using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Local.PersonalData;

/// <summary>
/// Erases complete messages from a council's incoming mail: messages that were put into an erased case, and dismissed messages that contain
/// a number of one of the children. Messages that were put into somebody else's case belong there and are not erased. Messages that are
/// still waiting are not erased either, because nobody has decided where they belong.
/// </summary>
/// <param name="root">The folder that contains the documents.</param>
/// <param name="council">The council whose mail is searched.</param>
/// <param name="readingsToo">Whether the record of who read the messages is also erased.</param>
internal sealed class TrayErasure(string root, LocalAuthorityCode council, bool readingsToo)
{
    /// <summary>Erases the messages. The erasure can be run again, because the decision on each message is erased last.</summary>
    /// <param name="cases">The ids of the cases to be erased.</param>
    /// <param name="isAbout">Whether a file with these bytes is about one of the children.</param>
    /// <param name="numbers">The numbers of the children and the cases.</param>
    /// <param name="cancellationToken">Stops the erasure between two messages.</param>
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

                    // If the message cannot be found, an earlier erasure of it was interrupted.
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
