using System.Globalization;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Plans;
using static IntegrationHub.Functions.Letters.Layout.LetterPart;

namespace IntegrationHub.Functions.Workspace.Panel;

/// <summary>The layout of the minutes, from which the page, the HTML and the Word document are made.</summary>
internal static class MinutesDocument
{
    /// <summary>The note in the minutes about which names appear in them.</summary>
    internal const string OfNames =
        "Children are identified only by the reference of their case, so that the minutes can be circulated. Advice and reasons are given as they were recorded, and may name people. Cases that are restricted to named people appear only when one of those people opens the minutes.";

    private const string Incomplete = "The hub has just started and is still reading the cases, so some that were considered may be missing. Try again in a few minutes.";

    internal static LetterLayout Of(PanelMinutes minutes) => new(
        $"Minutes of the panel of {PlainText.Day(minutes.On)}", "en", minutes.Council, [], minutes.On, PlainText.Day(minutes.On),
        minutes.On.ToString("'Panel' yyyy-MM-dd", CultureInfo.InvariantCulture), null, [.. Blocks(minutes)]);

    private static IEnumerable<LetterBlock> Blocks(PanelMinutes minutes)
    {
        yield return new(Paragraph, OfNames);
        if (!minutes.IsComplete)
        {
            yield return new(Paragraph, Incomplete);
        }

        if (minutes.More)
        {
            yield return new(Paragraph, $"More cases were considered on this day than are listed here. Only the first {PanelMeetings.MaxCases} are listed.");
        }

        yield return new(Heading, "Present");
        foreach (var one in minutes.Present)
        {
            yield return new(Item, one);
        }

        foreach (var considered in minutes.Cases)
        {
            yield return new(Heading, $"Case {considered.Case}");
            if (!considered.Meeting.Present.SequenceEqual(minutes.Present, StringComparer.Ordinal))
            {
                yield return new(Paragraph, $"Present for this case: {string.Join("; ", considered.Meeting.Present)}");
            }

            if (considered.Meeting.Advice is { } advice)
            {
                yield return new(Paragraph, $"The panel advised: {advice}");
            }

            yield return new(Paragraph, $"Decision: {considered.Decision ?? (considered.PendingDecision is { } waits ? $"no decision is on record yet ({char.ToLowerInvariant(waits[0])}{waits[1..]})." : "no decision is on record.")}");
            if (considered.Reasons is { } reasons)
            {
                yield return new(Paragraph, $"Reasons: {reasons}");
            }
        }
    }
}
