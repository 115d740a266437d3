using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.PersonalData;

/// <summary>The messages that wait in a council's tray, by the numbers in them: nobody has decided yet where they belong, so they hold a case that they name.</summary>
/// <param name="Numbers">The numbers of each message, by its name.</param>
internal sealed record WaitingMail(IReadOnlyList<(string Name, IReadOnlySet<string> Values)> Numbers)
{
    internal static async Task<WaitingMail> ReadAsync(string data, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var rules = new KeepingRules();
        var documents = new FolderDocuments(Directory.CreateDirectory(Path.Combine(data, LocalHub.Documents)).FullName, rules, TimeProvider.System);
        var (tray, words) = (new TrayStore(documents, rules), new MailWords(new AttachmentStore(documents, rules)));
        var found = new List<(string, IReadOnlySet<string>)>();
        foreach (var name in (await tray.WaitingAsync(council, cancellationToken)).Except(await tray.DecidedAsync(council, cancellationToken)))
        {
            if (await tray.FindAsync(council, name.Key, cancellationToken) is { } item)
            {
                found.Add((name.ToString(), MailIdentifiers.In(await words.OfAsync(item, cancellationToken)).Select(one => one.Value).ToHashSet(StringComparer.Ordinal)));
            }
        }

        return new WaitingMail(found);
    }

    /// <summary>What holds a case, in words: each message that has its reference or a number of its child.</summary>
    internal IEnumerable<string> About(AssessmentState state)
    {
        string[] own = [.. new[] { state.Id.Value, state.Facts?.Child.NhsNumber?.Value, state.Facts?.Child.Upn?.Value }.OfType<string>()];
        return Numbers.Where(mail => own.Any(mail.Values.Contains)).Select(mail => $"message {mail.Name} waits in the tray");
    }
}
