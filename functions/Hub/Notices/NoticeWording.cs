using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// The texts of notices, with placeholders for what is due, the day, the reference and the link. There is no placeholder for a person's
/// name.
/// </summary>
public sealed class NoticeWording
{
    private const string Digest = "digest";
    private const string OneTimeCode = "oneTimeCode";
    private const string AnswerCode = "answerCode";
    private const string FamilyCode = "familyCode";
    private const string AskingCode = "askingCode";

    private static readonly Lazy<NoticeWording> English = new(() =>
    {
        using var data = typeof(NoticeWording).Assembly.GetManifestResourceStream("IntegrationHub.Functions.Notices.wording.json")
            ?? throw new InvalidDataException("wording.json is missing from the assembly.");
        return new NoticeWording(JsonSerializer.Deserialize<Dictionary<string, Words>>(data, JsonSerializerOptions.Web)!);
    });

    private readonly Dictionary<string, Words> words;

    private NoticeWording(Dictionary<string, Words> words) => this.words = words;

    /// <summary>The default wording, which is part of the hub.</summary>
    public static NoticeWording Default => English.Value;

    /// <summary>Whether there is a wording with this name.</summary>
    public bool Has(string name) => name is not (Digest or OneTimeCode or AnswerCode or FamilyCode or AskingCode) && words.ContainsKey(name);

    /// <summary>The message with the code that opens a letter on its page.</summary>
    /// <param name="reference">Reference of the case.</param>
    /// <param name="code">The code.</param>
    public (string Subject, string Text) Code(string reference, string code) => Code(OneTimeCode, reference, code);

    /// <summary>The message with the code that opens the page of a request for advice.</summary>
    /// <param name="reference">Reference of the case.</param>
    /// <param name="code">The code.</param>
    public (string Subject, string Text) CodeToAnswer(string reference, string code) => Code(AnswerCode, reference, code);

    /// <summary>The message with the code that opens a family's pages.</summary>
    /// <param name="reference">Reference of the case.</param>
    /// <param name="code">The code.</param>
    public (string Subject, string Text) CodeForFamily(string reference, string code) => Code(FamilyCode, reference, code);

    /// <summary>The message with the code that confirms the e-mail address of a person who asks for an assessment.</summary>
    /// <param name="code">The code.</param>
    public (string Subject, string Text) CodeToAsk(string code) => Code(AskingCode, "", code);

    /// <summary>Writes one item in its own wording, or several items as one digest.</summary>
    /// <param name="items">One or more items for the same person.</param>
    /// <exception cref="KeyNotFoundException">There is no wording with the name that the item gives; see <see cref="Has"/>.</exception>
    public (string Subject, string Text) Write(IReadOnlyList<NoticeItem> items)
    {
        if (items.Count == 1)
        {
            return (Fill(words[items[0].Wording].Subject, items[0]), Fill(words[items[0].Wording].Text, items[0]));
        }

        var digest = words[Digest];
        var count = items.Count.ToString(CultureInfo.InvariantCulture);
        var lines = string.Join("\n\n", items.OrderBy(i => i.Due).ThenBy(i => i.Assessment.Value, StringComparer.Ordinal).Select(i => Fill(digest.Item!, i)));
        return (
            digest.Subject.Replace("{count}", count, StringComparison.Ordinal),
            digest.Text.Replace("{count}", count, StringComparison.Ordinal).Replace("{role}", items[0].Role, StringComparison.Ordinal).Replace("{items}", lines, StringComparison.Ordinal));
    }

    private (string Subject, string Text) Code(string name, string reference, string code) => (
        words[name].Subject.Replace("{reference}", reference, StringComparison.Ordinal),
        words[name].Text.Replace("{reference}", reference, StringComparison.Ordinal).Replace("{code}", code, StringComparison.Ordinal));

    private static string Fill(string text, NoticeItem item) => text
        .Replace("{what}", item.What, StringComparison.Ordinal)
        .Replace("{due}", item.Due is { } due ? Orchestrations.Assessments.Words.Day(due, true) : "a day that has not been fixed", StringComparison.Ordinal)
        .Replace("{reference}", item.Assessment.Value, StringComparison.Ordinal)
        .Replace("{role}", item.Role, StringComparison.Ordinal)
        .Replace("{link}", item.Link, StringComparison.Ordinal)
        .Replace("{law}", item.Law ?? "", StringComparison.Ordinal)
        .TrimEnd();

    private sealed record Words(string Subject, string Text, string? Item = null);
}
