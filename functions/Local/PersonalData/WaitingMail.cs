using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.PersonalData;

/// <summary>The waiting messages in a council's incoming mail, with the numbers that they contain. Nobody has yet decided where these
/// messages belong, so a case that a message names cannot be erased.</summary>
/// <param name="Numbers">The name of each message and the numbers in it.</param>
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

    /// <summary>The reasons why a case cannot be erased yet because of waiting mail: each message that contains the case's reference or a
    /// number of its child.</summary>
    internal IEnumerable<string> About(AssessmentState state)
    {
        string[] own = [.. new[] { state.Id.Value, state.Facts?.Child.NhsNumber?.Value, state.Facts?.Child.Upn?.Value }.OfType<string>()];
        return Numbers.Where(mail => own.Any(mail.Values.Contains)).Select(mail => $"message {mail.Name} waits in the incoming mail");
    }
}
