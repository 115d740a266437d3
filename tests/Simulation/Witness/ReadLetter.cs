using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace IntegrationHub.Simulation.Witness;

/// <summary>A letter that left for its reader.</summary>
/// <param name="After">How many events the case had when it left.</param>
/// <param name="On">The local day on which it left.</param>
/// <param name="ByPost">Whether it was posted.</param>
/// <param name="Read">What its reader finds in it.</param>
public sealed record SentLetter(long After, DateOnly On, bool ByPost, ReadLetter Read);

/// <summary>What can be found in a letter by somebody who has nothing but its page. The page itself is not kept: a year has millions of letters.</summary>
public sealed partial record ReadLetter
{
    private const string LastDay = @"\w+day (\d{1,2} \w+ \d{4})";

    /// <summary>The day that it bears.</summary>
    public required DateOnly? Dated { get; init; }

    /// <summary>The reference that it gives.</summary>
    public required string Reference { get; init; }

    /// <summary>Above the address.</summary>
    public required string Reader { get; init; }

    /// <summary>Every family name of an invented child in it, once, in order.</summary>
    public required string Names { get; init; }

    /// <summary>The last day on which the Tribunal may receive an appeal.</summary>
    public DateOnly? AppealBy { get; init; }

    /// <summary>The last day for speaking to the mediation adviser.</summary>
    public DateOnly? AdviserBy { get; init; }

    /// <summary>The last day for what the family thinks of a draft, or which institution it prefers.</summary>
    public DateOnly? SayBy { get; init; }

    /// <summary>The reasons for a decision.</summary>
    public string? Reasons { get; init; }

    /// <summary>The rights and contacts in it.</summary>
    public required LetterSays Says { get; init; }

    /// <summary>Mediation adviser, person for mediation, disagreement resolution, advice and support, as the letter gives them, one to a line.</summary>
    public required string Contacts { get; init; }

    /// <summary>Reads a page.</summary>
    public static ReadLetter Of(string html)
    {
        var page = WebUtility.HtmlDecode(Markup().Replace(html[html.IndexOf("<body>", StringComparison.Ordinal)..], "\n"));
        return new ReadLetter
        {
            Dated = Day(About().Match(page)),
            Reference = Found(Reference_().Match(page)) ?? "",
            Reader = Found(Window().Match(html)) is { } reader ? WebUtility.HtmlDecode(reader) : "",
            Names = string.Join(' ', Name().Matches(page).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            AppealBy = Day(Appeal().Match(page)),
            AdviserBy = Day(Adviser().Match(page)),
            SayBy = Day(Draft().Match(page)),
            Reasons = Found(Why().Match(page)),
            Says = Right("You have a right to appeal", LetterSays.RightToAppeal) | Right("First-tier Tribunal", LetterSays.Tribunal) | Right("You have a right to mediation", LetterSays.RightToMediation)
                | Right("certificate from the mediation adviser before you can appeal", LetterSays.Certificate) | Right("If you want mediation, tell us too. Tell us what you want to talk about", LetterSays.TellTheCouncil)
                | Right("about health care that is missing, tell us what care you want", LetterSays.TellOfHealthCare),
            Contacts = string.Join('\n', Contact().Matches(page).Select(m => m.Value)),
        };

        LetterSays Right(string words, LetterSays says) => page.Contains(words, StringComparison.Ordinal) ? says : 0;
    }

    private static string? Found(Match match) => match.Success ? match.Groups[1].Value : null;

    private static DateOnly? Day(Match match) =>
        match.Success && DateOnly.TryParseExact(match.Groups[1].Value, "d MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex("<p class=\"window\">([^<]*)")]
    private static partial Regex Window();

    [GeneratedRegex(LastDay + @"\s*Our reference")]
    private static partial Regex About();

    [GeneratedRegex(@"Our reference: (\S+)")]
    private static partial Regex Reference_();

    [GeneratedRegex("Example[a-z]{6}")]
    private static partial Regex Name();

    [GeneratedRegex("The Tribunal must have your appeal by " + LastDay)]
    private static partial Regex Appeal();

    [GeneratedRegex("The last day to call the adviser is " + LastDay)]
    private static partial Regex Adviser();

    [GeneratedRegex("[Tt]ell us by the end of " + LastDay)]
    private static partial Regex Draft();

    [GeneratedRegex(@"These are the reasons for what we decided:\s*([^\n]+)")]
    private static partial Regex Why();

    [GeneratedRegex(@"\w+ (Mediation|SEND team|Resolution|SENDIASS), 0300 000 000\d")]
    private static partial Regex Contact();
}

/// <summary>Rights that a letter tells of.</summary>
[Flags]
public enum LetterSays
{
    /// <summary>An appeal can be made.</summary>
    RightToAppeal = 1,

    /// <summary>To whom.</summary>
    Tribunal = 2,

    /// <summary>There may be mediation.</summary>
    RightToMediation = 4,

    /// <summary>A mediation certificate is needed before the appeal.</summary>
    Certificate = 8,

    /// <summary>The council must be told that mediation is wanted, and about what.</summary>
    TellTheCouncil = 16,

    /// <summary>And which health care.</summary>
    TellOfHealthCare = 32,
}
