using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>A message in the incoming mail, with its case and the text to search for a person's details.</summary>
/// <param name="Item">The message.</param>
/// <param name="Case">The case that the message was filed in, or null if it is waiting or was dismissed.</param>
/// <param name="Words">The text to search for the person's details.</param>
internal sealed record HeldMail(TrayItem Item, AssessmentId? Case, string Words)
{
    /// <summary>The name of the message, which does not identify anybody.</summary>
    internal string Name => TrayStore.NameOf(Item).ToString();

    /// <summary>Whether the message names a person or contains one of the person's numbers.</summary>
    internal bool Names(DataSubject sought, IReadOnlySet<string> numbers) =>
        sought.IsIn(Words) || sought.Is(Item.SenderName, Item.SenderAddress) || MailIdentifiers.In(Words).Any(found => numbers.Contains(found.Value));
}

/// <summary>Searches a council's incoming mail for data about people.</summary>
/// <param name="documents">The store of incoming mail.</param>
internal sealed class MailItems(IDocumentStore documents)
{
    /// <summary>All messages that a council received: those that wait for an officer, and those that were dealt with.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    internal async Task<IReadOnlyList<HeldMail>> AllAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var rules = new KeepingRules();
        var (tray, words) = (new TrayStore(documents, rules), new MailWords(new AttachmentStore(documents, rules)));
        var found = new List<HeldMail>();
        foreach (var name in (await tray.WaitingAsync(council, cancellationToken)).Concat(await tray.DecidedAsync(council, cancellationToken)).Distinct())
        {
            if (await tray.FindAsync(council, name.Key, cancellationToken) is { } item)
            {
                found.Add(new HeldMail(item, (await tray.DecisionAsync(council, name, cancellationToken))?.Case, await words.OfAsync(item, cancellationToken)));
            }
        }

        return found;
    }

    /// <summary>The items for a message: the message itself, and those of its files that the case does not already contain.</summary>
    internal static IEnumerable<HeldItem> ItemsOf(AssessmentId @case, HeldMail mail, IEnumerable<HeldItem> before)
    {
        var item = mail.Item;
        yield return new HeldItem(
            @case, HeldItemKind.Message, mail.Name, new DateTimeOffset(item.ReceivedOn.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), $"An e-mail, received on {Words.Day(item.ReceivedOn, true)}",
            new JsonObject
            {
                ["from"] = $"{item.SenderName} {item.SenderAddress}".Trim(),
                ["subject"] = item.Subject,
                ["text"] = item.Text,
                ["files"] = new JsonArray([.. item.Parts.Select(part => JsonValue.Create(part.Reason is { } reason ? $"{part.Name} (only in the original message: {reason})" : part.Name))]),
            });
        var there = before.Select(one => one.Document).ToHashSet(StringComparer.Ordinal);
        foreach (var part in item.Parts.Where(part => part.Sha256 is not null && there.Add(part.Sha256)))
        {
            yield return new HeldItem(
                @case, HeldItemKind.Document, $"{mail.Name}-{part.Number}", null, "A file attached to an e-mail",
                new JsonObject { ["fileName"] = part.Name, ["contentType"] = part.Type, ["size"] = part.Size, ["receivedOn"] = item.ReceivedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })
            {
                Document = part.Sha256,
                Folder = $"{TrayStore.FolderOf(item.Council, item.Key)}/files",
            };
        }
    }
}
