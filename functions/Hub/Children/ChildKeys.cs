using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// The search keys of children, each 64 bits. If two keys collide, a search merely checks one child too many, because each caller compares what
/// was found.
/// </summary>
internal static class ChildKeys
{
    private const int Short = 3;
    private const int Long = 5;

    /// <summary>All the keys under which a child can be found.</summary>
    internal static HashSet<ulong> Of(KnownChild known)
    {
        var keys = new HashSet<ulong>(OfPerson(known.Child)) { OfGivenName(SearchWords.Runs(known.Child.GivenName).FirstOrDefault() ?? "") };
        foreach (var word in SearchWords.Of(known.Name).Concat(SearchWords.Of(known.School)))
        {
            foreach (var length in new[] { Short, Long })
            {
                if (Beginning(word, length) is { } key)
                {
                    keys.Add(key);
                }
            }
        }

        return keys;
    }

    /// <summary>
    /// Keys that two records of one child, or of two children of one family, may share: a number, the date of birth, the family name.
    /// </summary>
    internal static IEnumerable<ulong> OfPerson(Child child)
    {
        yield return OfBirthday(child.DateOfBirth);
        yield return Key('f', NameComparison.Packed(child.FamilyName));
        if (child.NhsNumber is { } number)
        {
            yield return OfNhsNumber(number.Value);
        }

        if (child.Upn is { } upn)
        {
            yield return OfUpn(upn.Value);
        }
    }

    /// <summary>
    /// The keys under which a child's details are stored. Names are stored separately for each council, because thousands of children in
    /// England share a name and nobody searches another council's children by name.
    /// </summary>
    internal static IEnumerable<ulong> Kept(KnownChild known) => OfPersonKept(known.Child, known.Case.Council)
        .Append(OfGivenName(SearchWords.Runs(known.Child.GivenName).FirstOrDefault() ?? "", known.Case.Council)).Distinct();

    /// <summary>
    /// The same keys as <see cref="OfPerson"/>, in the form in which they are stored. If no council is given, the key of the family name is
    /// left out.
    /// </summary>
    internal static IEnumerable<ulong> OfPersonKept(Child child, LocalAuthorityCode? council)
    {
        var family = Key('f', NameComparison.Packed(child.FamilyName));
        return OfPerson(child).Where(key => key != family).Concat(council is { } of ? [Key('F', $"{of.Value} {NameComparison.Packed(child.FamilyName)}")] : []);
    }

    internal static ulong OfGivenName(string word, LocalAuthorityCode council) => Key('G', $"{council.Value} {word.ToUpperInvariant()}");

    internal static ulong OfBirthday(DateOnly day) => Key('d', day.DayNumber.ToString(CultureInfo.InvariantCulture));

    internal static ulong OfNhsNumber(string number) => Key('n', number);

    internal static ulong OfUpn(string upn) => Key('u', upn);

    /// <summary>The key of the first word of the given name, regardless of upper and lower case.</summary>
    internal static ulong OfGivenName(string word) => Key('g', word.ToUpperInvariant());

    /// <summary>The key of the first letters of a word in the child's name or the school's name; null if the folded word is too
    /// short.</summary>
    internal static ulong? OfBeginning(string word) => Beginning(word, Long) ?? Beginning(word, Short);

    private static ulong? Beginning(string word, int length) => word.Length < length ? null : Key(length == Long ? 'l' : 's', word.AsSpan(0, length));

    /// <summary>Computes a key as the FNV-1a hash of the characters.</summary>
    private static ulong Key(char kind, ReadOnlySpan<char> text)
    {
        const ulong Prime = 1_099_511_628_211;
        var hash = (14_695_981_039_346_656_037 ^ kind) * Prime;
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }
}
