using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A school on a list, and what is said of it.</summary>
/// <param name="Institution">The school or college.</param>
/// <param name="Why">Why it is on the list, in sentences.</param>
/// <param name="NotKnown">What is not known, in sentences.</param>
/// <param name="Note">A note of the officer.</param>
public sealed record ListedSchool(Agency Institution, IReadOnlyList<string> Why, IReadOnlyList<string> NotKnown, string? Note = null);

/// <summary>A list of schools as the family was given it.</summary>
/// <param name="Schools">The schools and colleges.</param>
/// <param name="On">Day on which it was shared.</param>
/// <param name="Note">A note to the family.</param>
public sealed record SharedSchools(IReadOnlyList<ListedSchool> Schools, DateOnly On, string? Note = null)
{
    /// <summary>The list as the family reads it: the note, then each school with why it is there, what is not known, and the note on it.</summary>
    public string InWords() => string.Join("\n\n", [.. Note is { } note ? [note] : Array.Empty<string>(), .. Schools.Select(Words)]);

    private static string Words(ListedSchool one) => string.Join(
        '\n',
        [one.Institution.Name, $"Why it is on the list: {string.Join(' ', one.Why)}", $"What is not known: {string.Join(' ', one.NotKnown)}", .. one.Note is { } note ? [note] : Array.Empty<string>()]);
}
