using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.GivenFiles;

namespace IntegrationHub.Functions.Notices;

/// <summary>One contact: a role of an agency or a council, and the address of the person in it.</summary>
/// <param name="Of">The agency's id (<c>ods:RX1</c>) or the council's code (<c>330</c>).</param>
/// <param name="Role">The role, in the words of the chase ladder: "contributor", "commissioner".</param>
/// <param name="Mail">Mail address.</param>
/// <param name="TeamId">Team, with <paramref name="ChannelId"/>.</param>
/// <param name="ChannelId">Channel.</param>
public sealed record NoticeContact(string Of, string Role, string? Mail = null, string? TeamId = null, string? ChannelId = null);

/// <summary>The addresses of contacts. Kept by the operators of the hub; contains no child's data.</summary>
public sealed class NoticeDirectory(IEnumerable<NoticeContact> contacts)
{
    /// <summary>The role that is asked for advice.</summary>
    public const string Contributor = "contributor";

    /// <summary>The contributor's manager, looked up in the organisation's own directory where this directory names none.</summary>
    public const string Manager = "contributor's manager";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Dictionary<string, NoticeContact> contacts = contacts.ToDictionary(c => Key(c.Of, c.Role), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file with a list of contacts; an absent file is an empty directory.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or names a role twice.</exception>
    public static NoticeDirectory Read(string path)
    {
        if (!File.Exists(path))
        {
            return new NoticeDirectory([]);
        }

        try
        {
            return new NoticeDirectory(GivenJson.Read<List<NoticeContact>>(File.ReadAllText(path), Json) ?? []);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The book's key for a colleague to whom a request was passed on. The directory does not list colleagues.</summary>
    public static string RoleOf(string requestId, string colleague) => $"{Contributor}/{requestId}/{colleague}";

    /// <summary>The book's key for a role.</summary>
    public static string Key(string of, string role) => $"{of}|{role}";

    /// <summary>The contacts of an agency or a council, by role.</summary>
    public IReadOnlyList<NoticeContact> Of(string of) =>
        [.. contacts.Values.Where(contact => string.Equals(contact.Of, of, StringComparison.OrdinalIgnoreCase)).OrderBy(contact => contact.Role, StringComparer.Ordinal)];

    /// <summary>The address of a role; null where none is listed.</summary>
    /// <param name="recipient">The role, as <see cref="Key"/> makes it.</param>
    public NoticeAddress? Find(string recipient)
    {
        if (contacts.TryGetValue(recipient, out var contact))
        {
            return contact switch
            {
                { TeamId: { } team, ChannelId: { } channel } => new NoticeAddress { Teams = new TeamsChannel(team, channel) },
                { Mail: { } mail } => new NoticeAddress { Mail = mail },
                _ => null,
            };
        }

        var bar = recipient.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && recipient.AsSpan(bar + 1).Equals(Manager, StringComparison.OrdinalIgnoreCase)
            && contacts.TryGetValue(Key(recipient[..bar], Contributor), out var contributor) && contributor.Mail is { } theirs
                ? new NoticeAddress { ManagerOf = theirs }
                : null;
    }
}
