using System.Text;
using IntegrationHub.Functions.Links;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>A letter in a list of letters.</summary>
/// <param name="What">Subject of the letter.</param>
/// <param name="SentOn">Day on which the letter was sent.</param>
/// <param name="Address">The address that opens the letter, or null if the council's earlier system sent it, so that the hub does not have
/// it.</param>
public sealed record LetterLine(string What, DateOnly SentOn, string? Address)
{
    /// <summary>What is said of a letter that the council's earlier system sent.</summary>
    public const string SentBefore = "The council’s earlier system sent this letter, so it cannot be read here. Ask the council for a copy.";
}

/// <summary>The page that the reader of a letter opens with the link.</summary>
public sealed record LetterView
{
    /// <summary>What is said of a letter that an officer wrote.</summary>
    public const string WrittenSeparately = "The council wrote this letter separately, so this page does not show the text. Ask the council for a copy.";

    private const string Start = "<main id=\"main\" tabindex=\"-1\">";
    private const string End = "</main>";

    /// <summary>Name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>Subject of the letter.</summary>
    public required string What { get; init; }

    /// <summary>Day on which the letter was sent.</summary>
    public required DateOnly SentOn { get; init; }

    /// <summary>The time limits that run from the letter, in sentences.</summary>
    public required IReadOnlyList<string> TimeLimits { get; init; }

    /// <summary>The text of the stored letter, as markup written and encoded by the hub, or null if no letter is stored.</summary>
    public required string? Body { get; init; }

    /// <summary>The letter's own address within the hub.</summary>
    public required string Address { get; init; }

    /// <summary>Whether the reader is a member of the family.</summary>
    public required bool IsForFamily { get; init; }

    /// <summary>Whether the council's earlier system sent the letter, before the case was taken over.</summary>
    public required bool WasSentBefore { get; init; }

    /// <summary>Whether a copy of the letter can be stored. An officer wrote any other letter, or the earlier system sent it.</summary>
    public required bool IsWrittenByHub { get; init; }

    /// <summary>Whether the letter includes the plan.</summary>
    public required bool HasPlan { get; init; }

    /// <summary>The reader's other letters in the case.</summary>
    public required IReadOnlyList<LetterLine> Others { get; init; }

    /// <summary>Last day on which the link opens the letter.</summary>
    public required DateOnly OpensUntil { get; init; }

    /// <summary>Makes the view.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="page">The stored page, or null if no page is stored.</param>
    /// <param name="resolver">Finds the reader's other letters.</param>
    /// <param name="links">Makes the addresses of the other letters.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="today">Today's date in London.</param>
    internal static LetterView Of(OpenedLetter letter, byte[]? page, LetterLinkResolver resolver, ReaderLinks links, Rules rules, DateOnly today) => new()
    {
        Council = rules.Council.Name,
        What = Words.Of(letter.Notice.Kind),
        SentOn = letter.Notice.SentOn!.Value,
        TimeLimits = letter.Notice.To == RecipientRole.Family ? [.. LastDaysOf(letter, rules, today)] : [],
        Body = page is null ? null : BodyOf(Encoding.UTF8.GetString(page)),
        Address = links.PathOfLetter(letter.State.Id, letter.Notice),
        IsForFamily = letter.Notice.To == RecipientRole.Family,
        WasSentBefore = IsFromEarlierSystem(letter.Notice),
        IsWrittenByHub = LetterWriting.IsWrittenByHub(letter.Notice),
        HasPlan = letter.Notice.PlanVersion is { } version && letter.State.Plans.Any(p => p.Version == version && p.KeptAt is not null),
        Others = [.. Lines(letter.State, letter.Reader, resolver, links).Where(l => l.Address != links.PathOfLetter(letter.State.Id, letter.Notice))],
        OpensUntil = letter.OpensUntil,
    };

    /// <summary>The letters of a reader, newest first.</summary>
    internal static IEnumerable<LetterLine> Lines(AssessmentState state, string reader, LetterLinkResolver resolver, ReaderLinks links) =>
        resolver.OfReader(state, reader).Select(n => new LetterLine(Words.Of(n.Kind), n.SentOn!.Value, IsFromEarlierSystem(n) ? null : links.PathOfLetter(state.Id, n)));

    private static bool IsFromEarlierSystem(Notice notice) => notice.Channel == NoticeChannel.EarlierSystem;

    /// <summary>The content of the letter's main element. The hub itself wrote the page, and everything in it is encoded.</summary>
    private static string? BodyOf(string page)
    {
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return from < 0 || to < from ? null : page[(from + Start.Length)..to];
    }

    /// <summary>
    /// The time limits according to the present state of the case. If there are several decisions against which the reader may appeal, only
    /// the last has time limits, because the time limits for older decisions no longer apply.
    /// </summary>
    private static IEnumerable<string> LastDaysOf(OpenedLetter letter, Rules rules, DateOnly today)
    {
        var (state, notice) = (letter.State, letter.Notice);
        Func<NoticeKind, bool> course = notice.Kind == NoticeKind.DraftPlan ? kind => kind == NoticeKind.DraftPlan
            : notice.Kind.AsksForRepresentations() ? kind => kind is NoticeKind.PlanToBeAmended or NoticeKind.AmendmentProposed
            : NoticeKinds.IsAppealable;
        if (!course(notice.Kind)
            || state.Notices.LastOrDefault(n => course(n.Kind) && LetterLinkResolver.ReaderId(n) == letter.Reader && n.SentOn is not null) != notice)
        {
            yield break;
        }

        IReadOnlyList<(string Rule, string What)> asked = notice.Kind == NoticeKind.DraftPlan
            ? [("familyRepresentations", "Your last day to tell the council what you think of the draft plan")]
            : notice.Kind.AsksForRepresentations() ? [("reviewRepresentations", "Your last day to tell the council what you think of the changes")]
            : [("appeal", "Your last day to appeal to the Tribunal"), ("contactMediationAdviser", "Your last day to speak to the mediation adviser")];
        var limits = Limits.Of(FamilyPeople.VisibleTo(state, notice), today, rules);
        foreach (var (rule, what) in asked)
        {
            if (limits.FirstOrDefault(l => l.Limit.RuleKey == rule)?.Limit.Due is { } due)
            {
                yield return $"{what} {(due < today ? "was" : "is")} {due.ToString("dddd d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}.";
            }
        }
    }
}
