using System.Collections.Frozen;
using System.Text;
using MimeKit.Text;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>
/// Extracts the text of a message that was written as a web page. The page is read from beginning to end and not as a tree, because the
/// elements of a page can be nested without limit. The address of each link is written after the link's text, so that nobody has to open a
/// link to see its target.
/// </summary>
internal static class HtmlText
{
    private static readonly FrozenSet<HtmlTagId> Blocks = FrozenSet.Create(
        HtmlTagId.P, HtmlTagId.Div, HtmlTagId.Br, HtmlTagId.TR, HtmlTagId.Table, HtmlTagId.LI, HtmlTagId.UL, HtmlTagId.OL, HtmlTagId.BlockQuote, HtmlTagId.HR,
        HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3, HtmlTagId.H4, HtmlTagId.H5, HtmlTagId.H6, HtmlTagId.Pre, HtmlTagId.Section, HtmlTagId.Article,
        HtmlTagId.Address, HtmlTagId.Aside, HtmlTagId.Caption, HtmlTagId.Center, HtmlTagId.DD, HtmlTagId.Dir, HtmlTagId.DL, HtmlTagId.DT, HtmlTagId.FieldSet,
        HtmlTagId.FigCaption, HtmlTagId.Figure, HtmlTagId.Footer, HtmlTagId.Form, HtmlTagId.Header, HtmlTagId.Legend, HtmlTagId.Main, HtmlTagId.Menu, HtmlTagId.Nav,
        HtmlTagId.Option, HtmlTagId.Object, HtmlTagId.NoScript, HtmlTagId.TextArea, HtmlTagId.Details, HtmlTagId.Summary, HtmlTagId.Listing);

    private static readonly FrozenSet<HtmlTagId> Silent = FrozenSet.Create(
        HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.Title);

    private static readonly FrozenSet<HtmlTagId> Instead = FrozenSet.Create(HtmlTagId.NoScript, HtmlTagId.NoFrames, HtmlTagId.NoEmbed);

    private static readonly FrozenSet<HtmlTagId> CrossedOut = FrozenSet.Create(HtmlTagId.Del, HtmlTagId.S, HtmlTagId.Strike);

    /// <summary>The text of the page, up to a given number of characters.</summary>
    internal static string Of(string html, int most) => Of(html, most, isInside: false);

    private static string Of(string html, int most, bool isInside)
    {
        var text = new StringBuilder();
        var (silent, link, crossedOut, last) = (HtmlTagId.Unknown, "", 0, HtmlTagId.Unknown);
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (text.Length <= most && tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                silent = silent == HtmlTagId.Unknown ? Silent.Contains(tag.Id) && !tag.IsEndTag && !tag.IsEmptyElement ? tag.Id : silent
                    : tag.IsEndTag && tag.Id == silent ? HtmlTagId.Unknown
                    : silent;
                Tag(text, tag, ref link);
                CrossOut(text, tag, ref crossedOut);
                last = tag.IsEndTag ? HtmlTagId.Unknown : tag.Id;
            }
            else if (silent == HtmlTagId.Unknown && token.Kind is HtmlTokenKind.Data or HtmlTokenKind.CData && token is HtmlDataToken data)
            {
                // What is shown in place of a script is given as one text with its tags. It is read only once, because it can contain another such text.
                Words(text, Instead.Contains(last) && !isInside ? Of(data.Data, most, isInside: true) : data.Data);
            }
        }

        text.Append(crossedOut > 0 ? "]" : "");
        return text.Length > most ? text.ToString(0, most) : text.ToString();
    }

    private static void Tag(StringBuilder text, HtmlTagToken tag, ref string link)
    {
        if (Blocks.Contains(tag.Id))
        {
            Break(text);
        }
        else if (tag.Id is HtmlTagId.TD or HtmlTagId.TH)
        {
            Words(text, " ");
        }
        else if (tag.Id == HtmlTagId.A && !tag.IsEndTag)
        {
            link = tag.Attributes.FirstOrDefault(one => one.Id == HtmlAttributeId.Href)?.Value?.Trim() ?? "";
        }
        else if (tag.Id == HtmlTagId.A && link.Length > 0)
        {
            var named = link.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? link["mailto:".Length..] : link;
            if (!text.ToString(Math.Max(0, text.Length - named.Length), Math.Min(named.Length, text.Length)).Equals(named, StringComparison.OrdinalIgnoreCase))
            {
                text.Append(" <").Append(named).Append('>');
            }

            link = "";
        }
    }

    // Words that the writer crossed out would otherwise read as words that the writer meant.
    private static void CrossOut(StringBuilder text, HtmlTagToken tag, ref int depth)
    {
        if (!CrossedOut.Contains(tag.Id) || tag.IsEmptyElement || (tag.IsEndTag && depth == 0))
        {
            return;
        }

        depth += tag.IsEndTag ? -1 : 1;
        text.Append(tag.IsEndTag ? depth == 0 ? "]" : "" : depth == 1 ? "[crossed out: " : "");
    }

    private static void Break(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }

    // Any run of white space in a page becomes one space.
    private static void Words(StringBuilder text, string data)
    {
        foreach (var c in data)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
            {
                text.Append(' ');
            }
        }
    }
}
