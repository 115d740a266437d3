using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>
/// Finds another child's name or identifier in any text of a plan. A match is a sign that the plan was copied from another plan, and a data
/// breach once the plan is sent. A finding does not repeat the text.
/// </summary>
internal static partial class OtherChildChecks
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    // Every plan contains these words, and each of them can be a child's given name.
    private static readonly HashSet<string> OrdinaryWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "April", "Art", "August", "Autumn", "Bill", "Chase", "Faith", "Frank", "Grace", "Grant", "Harmony", "Hope", "Ivy", "Joy", "June", "Mark", "May",
        "Miles", "Olive", "Page", "Patience", "Rich", "Rose", "Skye", "Summer", "Sunday", "Will", "Winter",
    };

    internal static void Check(PlanDocument plan, PlanCheckContext context, List<PlanFinding> found)
    {
        var others = Names(plan, context.OtherChildren);
        var texts = new List<string>();
        foreach (var section in plan.Sections)
        {
            foreach (var line in section.Lines)
            {
                texts.Clear();
                AddTextsOf(line, texts);
                Look(plan, others, "The line", section.Letter, line.Id, texts, found);
            }
        }

        foreach (var advice in context.SentWithDraft.Where(advice => NamesOther(plan.Child, others, advice.Texts)))
        {
            found.Add(new(
                PlanSectionLetter.K, advice.AdviceId, Codes.AdviceNamesOther,
                "The advice, which the family can read with the draft, names a child in another case, or contains an NHS number or a pupil number that is not this child's. Return the advice to its author, or accept the finding if the family may read it.",
                FindingSeverity.Blocking));
        }
    }

    // The given name alone is not compared, because a brother or a teacher can have it. If this child's own number is not known, an
    // NHS number in the advice is probably this child's.
    private static bool NamesOther(Child own, List<OtherName> others, IReadOnlyList<string> texts) =>
        texts.Any(text => others.Exists(other => other.Full.IsMatch(text)) || (own.NhsNumber is not null && HasForeignIdentifier(text, own)));

    /// <summary>The findings that prevent a plan from being sent, in its lines and in the text that is sent with it.</summary>
    internal static List<PlanFinding> Blocking(PlanDocument plan, IReadOnlyList<string> said, PlanCheckContext context)
    {
        var found = new List<PlanFinding>();
        var children = context.OtherChildren;
        Check(plan, context, found);
        Look(plan, Names(plan, children), "The text about the amendments", null, null, said, found);
        return [.. found.Select(finding => PlanChecks.Weigh(finding, context)).Where(finding => finding.Severity == FindingSeverity.Blocking)];
    }

    /// <summary>
    /// Why a text must not be sent, or null if it can be sent. Only the full name is compared, because a brother or a teacher can have the
    /// same given name. People and places that belong to this case may be named, even if a child in another case has the same name.
    /// </summary>
    internal static string? InWords(Child own, IReadOnlyList<string> people, IReadOnlyList<string> said, IReadOnlyList<OtherChild> children)
    {
        var others = children.Where(o => !IsSame(o, own) && HasName(o)).Select(Full).Where(name => !people.Any(name.IsMatch)).ToList();
        return said.Any(text => others.Exists(name => name.IsMatch(text))) ? "The text names a child in another case."
            : said.Any(text => HasForeignIdentifier(text, own)) ? "The text contains an NHS number or a pupil number that is not this child's."
            : null;
    }

    // The texts that people read in a line of a plan.
    private static void AddTextsOf(PlanLine line, List<string> texts)
    {
        Add(line.Text);
        Add(line.Who);
        Add(line.HowOften);
        Add(line.HowLong);
        Add(line.Note);
        Add(line.Attachment?.FileName);

        void Add(string? text)
        {
            if (text is not null)
            {
                texts.Add(text);
            }
        }
    }

    private static void Look(
        PlanDocument plan, List<OtherName> others, string what, PlanSectionLetter? section, string? line, IReadOnlyList<string> texts, List<PlanFinding> found)
    {
        // Plain loops are used because every line of every draft is checked, and in most drafts there is nothing to find.
        var (named, perhaps, identified) = (false, false, false);
        for (var n = 0; n < texts.Count; n++)
        {
            for (var other = 0; other < others.Count; other++)
            {
                named |= others[other].Full.IsMatch(texts[n]);
                perhaps |= others[other].Given?.IsMatch(texts[n]) == true;
            }

            identified |= HasForeignIdentifier(texts[n], plan.Child);
        }

        if (named)
        {
            found.Add(new(section, line, Codes.OtherChild, $"{what} names a child in another case.", FindingSeverity.Blocking));
        }
        else if (perhaps)
        {
            found.Add(new(section, line, Codes.OtherChildPerhaps, $"{what} contains the given name of a child in another case. Make sure that this child is meant.", FindingSeverity.Warning));
        }

        if (identified)
        {
            found.Add(new(section, line, Codes.OtherIdentifier, $"{what} contains an NHS number or a pupil number that is not this child's.", FindingSeverity.Blocking));
        }
    }

    private static List<OtherName> Names(PlanDocument plan, IReadOnlyList<OtherChild> children)
    {
        if (children.Count == 0)
        {
            return [];
        }

        // If another child shares a name with this child or with an author, the name proves nothing.
        var known = plan.Sections.SelectMany(s => s.Lines).Select(line => line.From.Author).Append($"{plan.Child.GivenName} {plan.Child.FamilyName}").Append(plan.PreparedBy).Append(plan.SignedBy ?? "")
            .SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. children.Where(o => !IsSame(o, plan.Child) && HasName(o)).Select(o => new OtherName(
                Full(o),
                known.Contains(o.GivenName) || OrdinaryWords.Contains(o.GivenName.Trim()) ? null : Any([o.GivenName], RegexOptions.None))),
        ];
    }

    private static Regex Full(OtherChild other) =>
        Any([$"{other.GivenName} {other.FamilyName}", $"{other.FamilyName} {other.GivenName}", $"{other.FamilyName}, {other.GivenName}", .. other.Identifiers], RegexOptions.IgnoreCase);

    // Two spaces, a full-width space or a line break between the names make no difference.
    private static Regex Any(IEnumerable<string> names, RegexOptions options) => new(
        @"(?<![\p{L}\p{N}])(?:"
        + string.Join('|', names.Where(n => n.Trim().Length > 1).Select(n => string.Join(@"\s+", n.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape))))
        + @")(?![\p{L}\p{N}])",
        options | RegexOptions.CultureInvariant,
        Limit);

    private static bool IsSame(OtherChild other, Child own) =>
        string.Equals(other.GivenName, own.GivenName, StringComparison.OrdinalIgnoreCase)
        && string.Equals(other.FamilyName, own.FamilyName, StringComparison.OrdinalIgnoreCase);

    private static bool HasName(OtherChild other) => other.GivenName.Trim().Length > 1 && other.FamilyName.Trim().Length > 1;

    // NHS numbers and UPNs both have at least ten digits, and hardly any line of a plan has so many. Counting digits costs less than matching
    // the numbers' formats.
    private static bool HasForeignIdentifier(string text, Child own) =>
        HasTenDigits(text)
        && (NhsShape().Matches(text).Any(m => NhsNumber.TryParse(string.Concat(m.Value.Where(char.IsAsciiDigit)), out var nhs, out _) && nhs != own.NhsNumber)
            || UpnShape().Matches(text).Any(m => Upn.TryParse(m.Value, out var upn, out _) && upn != own.Upn));

    private static bool HasTenDigits(string text)
    {
        var digits = 0;
        foreach (var character in text)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return digits >= 10;
    }

    // The check digit of an NHS number excludes most telephone numbers, but one in eleven would pass, so an officer must check each
    // finding.
    [GeneratedRegex(@"(?<![\p{L}\d])\d{3}[\s\u2010-\u2015-]{0,2}\d{3}[\s\u2010-\u2015-]{0,2}\d{4}(?![\p{L}\d])")]
    private static partial Regex NhsShape();

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Za-z]\d{11}[\dA-Za-z](?![\p{L}\d])")]
    private static partial Regex UpnShape();

    private sealed record OtherName(Regex Full, Regex? Given);
}
