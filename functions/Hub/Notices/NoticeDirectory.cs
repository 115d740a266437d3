using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Functions.Notices;

/// <summary>A contact: a role in an agency or a council, and the address of the person in that role.</summary>
/// <param name="Of">The id of the agency (<c>ods:RX1</c>) or the code of the council (<c>330</c>).</param>
/// <param name="Role">The role, as the reminder schedule names it, for example "contributor" or "commissioner".</param>
/// <param name="Mail">The e-mail address.</param>
/// <param name="TeamId">The team in Microsoft Teams; used only together with <paramref name="ChannelId"/>.</param>
/// <param name="ChannelId">The Teams channel.</param>
public sealed record NoticeContact(string Of, string Role, string? Mail = null, string? TeamId = null, string? ChannelId = null);

/// <summary>The addresses of contacts. The operators of the hub maintain the directory, which contains no children's data.</summary>
public sealed class NoticeDirectory(IEnumerable<NoticeContact> contacts)
{
    /// <summary>The role of the person who is asked for advice.</summary>
    public const string Contributor = "contributor";

    /// <summary>The contributor's manager, who is looked up in the organisation's own directory if this directory names none.</summary>
    public const string Manager = "contributor's manager";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Dictionary<string, NoticeContact> contacts = contacts.ToDictionary(c => Key(c.Of, c.Role), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file with a list of contacts. If the file is missing, the directory is empty.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or lists the same role twice.</exception>
    public static NoticeDirectory Read(string path)
    {
        if (!File.Exists(path))
        {
            return new NoticeDirectory([]);
        }

        try
        {
            return new NoticeDirectory(SuppliedJson.Read<List<NoticeContact>>(SuppliedText.Read(path), Json) ?? []);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} cannot be read at {FileFaultWords.Of(unreadable, Json.GetTypeInfo(typeof(List<NoticeContact>)))}.", unreadable);
        }
        catch (ArgumentException twice)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} lists the same role of one agency or council twice. Remove one of the entries.", twice);
        }
    }

    /// <summary>
    /// The key in the notice store for a colleague to whom a request was passed on; the directory itself does not list such colleagues.
    /// </summary>
    public static string RoleOf(string requestId, string colleague) => $"{Contributor}/{requestId}/{colleague}";

    /// <summary>The key for a role in the notice store.</summary>
    public static string Key(string of, string role) => $"{of}|{role}";

    /// <summary>The contacts in an agency or a council, by role.</summary>
    public IReadOnlyList<NoticeContact> Of(string of) =>
        [.. contacts.Values.Where(contact => string.Equals(contact.Of, of, StringComparison.OrdinalIgnoreCase)).OrderBy(contact => contact.Role, StringComparer.Ordinal)];

    /// <summary>The address of a role, or null if none is listed.</summary>
    /// <param name="recipient">The role, in the form that <see cref="Key"/> gives.</param>
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
