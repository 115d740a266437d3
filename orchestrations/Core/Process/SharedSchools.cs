using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A school or college on a list, with what the list states about it.</summary>
/// <param name="Institution">The school or college.</param>
/// <param name="Why">Why the school is on the list, in sentences.</param>
/// <param name="NotKnown">What is not known about the school, in sentences.</param>
/// <param name="Note">The officer's note on the school.</param>
public sealed record ListedSchool(Agency Institution, IReadOnlyList<string> Why, IReadOnlyList<string> NotKnown, string? Note = null);

/// <summary>A list of schools and colleges that was given to the family.</summary>
/// <param name="Schools">The schools and colleges.</param>
/// <param name="On">The day on which the list was shared.</param>
/// <param name="Note">A note to the family.</param>
public sealed record SharedSchools(IReadOnlyList<ListedSchool> Schools, DateOnly On, string? Note = null)
{
    /// <summary>The text of the list for the family: the note, then each school with the reasons why it is on the list, what is not known,
    /// and the note on the school.</summary>
    public string Describe() => string.Join("\n\n", [.. Note is { } note ? [note] : Array.Empty<string>(), .. Schools.Select(Words)]);

    private static string Words(ListedSchool one) => string.Join(
        '\n',
        [one.Institution.Name, $"Why this school is on the list: {string.Join(' ', one.Why)}", $"What we do not know: {string.Join(' ', one.NotKnown)}", .. one.Note is { } note ? [note] : Array.Empty<string>()]);
}
