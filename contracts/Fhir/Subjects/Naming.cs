using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Fhir.Subjects;

/// <summary>The result of comparing one element with the child.</summary>
internal enum IdentityMatch
{
    /// <summary>The element does not identify any person.</summary>
    Nothing,

    /// <summary>The element identifies the child.</summary>
    Child,

    /// <summary>The element identifies another person.</summary>
    Other,
}

/// <summary>
/// Compares identifiers, names and dates of birth with those of a child. Differences of case, accents, spaces and hyphens are ignored.
/// </summary>
internal static class Naming
{
    // The identifier systems of NHS numbers: the current system, earlier systems and the OID of HL7 version 3.
    private const string NhsOid = "2.16.840.1.113883.2.1.4.1";

    // Words in a display text that do not name a person.
    private static readonly HashSet<string> Titles = new(StringComparer.Ordinal)
    {
        "mr", "mrs", "ms", "miss", "master", "mx", "dr", "the", "a", "patient", "child", "pupil", "young", "person", "baby", "subject", "of", "service", "user",
    };

    /// <summary>The result of comparing an identifier.</summary>
    internal static IdentityMatch Of(Identifier identifier, KnownChild known)
    {
        if (identifier.Value is not { Length: > 0 } value)
        {
            return IdentityMatch.Nothing;
        }

        if (IsNhsNumber(identifier))
        {
            return !NhsNumber.TryParse(value, out var number, out _) ? IdentityMatch.Other
                : known.Child.NhsNumber is { } theirs ? number == theirs ? IdentityMatch.Child : IdentityMatch.Other
                : IdentityMatch.Nothing;
        }

        if (known.Child.Upn is { } own && IsUpn(identifier) && Upn.TryParse(value, out var upn, out _))
        {
            return upn == own ? IdentityMatch.Child : IdentityMatch.Other;
        }

        return identifier.System switch
        {
            FhirUris.SubjectId or FhirUris.AssessmentId => value == known.Assessment.Value ? IdentityMatch.Child : IdentityMatch.Other,
            FhirUris.AdviceRequestId => known.RequestId is { } request && value != request ? IdentityMatch.Other : IdentityMatch.Nothing,
            FhirUris.Upn when known.Child.Upn is not null => IdentityMatch.Other,
            _ => IdentityMatch.Nothing,
        };
    }

    /// <summary>Whether the identifier is an NHS number by its system or type or, without a system, by its digits.</summary>
    internal static bool IsNhsNumber(Identifier identifier)
    {
        var system = (identifier.System ?? "").Trim();
        return system.Contains("nhs-number", StringComparison.OrdinalIgnoreCase) || system.Contains("nhsnumber", StringComparison.OrdinalIgnoreCase) || system.EndsWith(NhsOid, StringComparison.Ordinal)
            || (system.Length == 0 && NhsNumber.TryParse(identifier.Value, out _, out _))
            || identifier.Type?.Text?.Contains("NHS number", StringComparison.OrdinalIgnoreCase) == true
            || identifier.Type?.Coding.Exists(coding => coding.Display?.Contains("NHS number", StringComparison.OrdinalIgnoreCase) == true) == true;
    }

    /// <summary>The pupil number that the identifier gives and that must be the child's; null if it gives none, or a former one.</summary>
    internal static Upn? UpnIn(Identifier identifier) =>
        identifier.Use != Identifier.IdentifierUse.Old && IsUpn(identifier) && Upn.TryParse(identifier.Value, out var upn, out _) ? upn : null;

    // Whether the identifier is a UPN, according to its system or type or, if it has no system, its form and check letter.
    private static bool IsUpn(Identifier identifier)
    {
        var system = (identifier.System ?? "").Trim();
        return system is FhirUris.Upn or "" || system.Contains("upn", StringComparison.OrdinalIgnoreCase) || system.Contains("pupil-number", StringComparison.OrdinalIgnoreCase)
            || IsCalledUpn(identifier.Type?.Text) || identifier.Type?.Coding.Exists(coding => IsCalledUpn(coding.Display)) == true;
    }

    private static bool IsCalledUpn(string? text) =>
        text?.Trim().Equals("UPN", StringComparison.OrdinalIgnoreCase) == true || text?.Contains("pupil number", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// The combined result of comparing all names of a person. A former name or a nickname is allowed to differ from the child's if another
    /// of the names matches.
    /// </summary>
    internal static IdentityMatch Of(IReadOnlyList<HumanName> names, KnownChild known)
    {
        var said = names.Select(name => (name.Use, Said: Of(name, known))).Where(name => name.Said != IdentityMatch.Nothing).ToList();
        var isChild = said.Exists(name => name.Said == IdentityMatch.Child);
        return said.Count == 0 ? IdentityMatch.Nothing
            : isChild && said.TrueForAll(name => name.Said == IdentityMatch.Child || name.Use is HumanName.NameUse.Old or HumanName.NameUse.Maiden or HumanName.NameUse.Nickname or HumanName.NameUse.Anonymous)
                ? IdentityMatch.Child
                : IdentityMatch.Other;
    }

    /// <summary>The given names in a person's present names that are not among the child's, such as a second given name that the hub does not
    /// know; empty if there are none.</summary>
    internal static IReadOnlyList<string> FurtherGivenNames(IReadOnlyList<HumanName> names, KnownChild known)
    {
        var (family, given) = (Words(known.Child.FamilyName), Words(known.Child.GivenName));
        return [.. names.Where(name => name.Use is not (HumanName.NameUse.Old or HumanName.NameUse.Maiden or HumanName.NameUse.Nickname or HumanName.NameUse.Anonymous)).SelectMany(Further)];

        IEnumerable<string> Further(HumanName name)
        {
            var called = name.Family is { Length: > 0 } || name.Given.Any()
                ? name.Given.SelectMany(Words).ToList()
                : [.. Words(name.Text).Where(word => !family.Contains(word) && (!Titles.Contains(word) || given.Contains(word)))];
            return string.Concat(called) == string.Concat(given) ? [] : called.Where(word => !AreAmong([word], given));
        }
    }

    /// <summary>Whether two lists of further given names can be those of one child. A name may be missing or be an initial in one of
    /// them.</summary>
    internal static bool MayBeOfOne(IReadOnlyList<string> some, IReadOnlyList<string> others) => AreAmong(some, others) || AreAmong(others, some);

    /// <summary>The result of comparing a birth date, which may be only a year or a month.</summary>
    internal static IdentityMatch OfBirth(string? date, KnownChild known)
    {
        if (date is not { Length: > 0 })
        {
            return IdentityMatch.Nothing;
        }

        var own = known.Child.DateOfBirth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return !own.StartsWith(date, StringComparison.Ordinal) ? IdentityMatch.Other : date.Length == own.Length ? IdentityMatch.Child : IdentityMatch.Nothing;
    }

    /// <summary>
    /// The result of comparing the display text of a reference. A display text never identifies the child for certain, because many people
    /// can have the same name.
    /// </summary>
    internal static IdentityMatch OfDisplay(string? display, KnownChild known)
    {
        var words = Words(display).Where(word => word.Any(char.IsLetter) && !Titles.Contains(word)).ToHashSet(StringComparer.Ordinal);
        var (family, given) = (Words(known.Child.FamilyName), Words(known.Child.GivenName));
        var others = words.Except(family).Except(given).Any();
        return words.Count == 0 || !others || family.Concat(given.Take(1)).All(words.Contains) ? IdentityMatch.Nothing : IdentityMatch.Other;
    }

    private static IdentityMatch Of(HumanName name, KnownChild known)
    {
        var (family, given) = (Words(known.Child.FamilyName), Words(known.Child.GivenName));
        if (name.Family is not { Length: > 0 } && !name.Given.Any())
        {
            if (name.Text is not { Length: > 0 } text)
            {
                return IdentityMatch.Nothing;
            }

            var words = Words(text);
            return family.All(words.Remove) && AreGivenNamesOfOne(words.FindAll(word => !Titles.Contains(word) || given.Contains(word)), given) ? IdentityMatch.Child : IdentityMatch.Other;
        }

        var sameFamily = name.Family is not { Length: > 0 } told || Plain(told) == Plain(known.Child.FamilyName);
        var called = name.Given.SelectMany(Words).ToList();
        var sameGiven = called.Count == 0 || AreGivenNamesOfOne(called, given);
        return !sameFamily || !sameGiven || OfDisplay(name.Text, known) == IdentityMatch.Other ? IdentityMatch.Other : name.Family is { Length: > 0 } && called.Count > 0 ? IdentityMatch.Child : IdentityMatch.Nothing;
    }

    // Further given names may be missing or be initials, but they must not differ: twins often share the first of their given names.
    private static bool AreGivenNamesOfOne(List<string> called, List<string> given)
    {
        return string.Concat(called) == string.Concat(given)
            || (called.Count > 0 && given.Count > 0 && called[0] == given[0] && (AreAmong(called, given) || AreAmong(given, called)));
    }

    private static bool AreAmong(IReadOnlyList<string> some, IReadOnlyList<string> all) =>
        some.All(one => all.Any(other => one == other || ((one.Length == 1 || other.Length == 1) && one[0] == other[0])));

    private static string Plain(string text) => string.Concat(Words(text));

    // An apostrophe joins words; any other character that is not a letter or digit separates them.
    private static List<string> Words(string? text)
    {
        var plain = new StringBuilder();
        foreach (var c in (text ?? "").ToLowerInvariant())
        {
            if (PlainLetters.TryGetValue(c, out var letters))
            {
                plain.Append(letters);
            }
            else if (char.IsLetterOrDigit(c))
            {
                plain.Append(c);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '\u2019'))
            {
                plain.Append(' ');
            }
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    // Letters with diacritics, each with its plain form. The hub runs without culture data, from which .NET could otherwise derive these
    // plain forms.
    private static readonly Dictionary<char, string> PlainLetters = new (string Marked, string Plain)[]
    {
        ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"),
        ("ĺļľŀł", "l"), ("ñńņňŋ", "n"), ("òóôõöøōŏő", "o"), ("ŕŗř", "r"), ("śŝşšș", "s"), ("ţťŧț", "t"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"),
        ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"),
    }.SelectMany(pair => pair.Marked.Select(c => (c, pair.Plain))).ToDictionary(pair => pair.c, pair => pair.Plain);
}
