using System.Globalization;
using CsvHelper;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns;

/// <summary>
/// The family's contact for each child, from a table given with a return, because the return itself has no contacts. A row is used only if it
/// names exactly one person in the return and gives that person's date of birth, because a letter to the wrong address would disclose a
/// child's details to a stranger.
/// </summary>
/// <param name="ByPerson">The family's contact for each person, under the person's position in the return.</param>
/// <param name="Findings">Errors and doubts about rows of the table. A row with an error is not used.</param>
public sealed record SuppliedContacts(IReadOnlyDictionary<string, FamilyContact> ByPerson, IReadOnlyList<Sen2Finding> Findings)
{
    private const string Address = "address";
    private const int LinesOfAddress = 7;

    private static readonly string[] Columns =
    [
        "upn", "uln", "forename", "surname", "birthdate", "name", "relationship", "email", "electronicserviceagreedon", "mobile", "telephone", "language", "interpreter",
        "accessibleformat", .. Enumerable.Range(1, LinesOfAddress).Select(n => FormattableString.Invariant($"{Address}{n}")),
    ];

    /// <summary>Reads the table, whose columns are listed in docs/import.md.</summary>
    /// <param name="table">The CSV file.</param>
    /// <param name="file">The return to which the table belongs.</param>
    /// <param name="today">Day of the import.</param>
    /// <exception cref="InvalidDataException">The table has no header row, or is not encoded in UTF-8.</exception>
    public static SuppliedContacts Read(TextReader table, Sen2File file, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Sen2Csv.InUtf8("The table of contacts", () => Rows(table, file, today));
    }

    private static SuppliedContacts Rows(TextReader table, Sen2File file, DateOnly today)
    {
        using var csv = new CsvReader(table, Sen2Csv.Form);
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new InvalidDataException("The table of contacts must have a header row.");
        }

        var columns = csv.HeaderRecord!.Select(column => column.ToLowerInvariant()).ToList();
        var findings = columns.Except(Columns, StringComparer.Ordinal)
            .Select(column => new Sen2Finding("Contacts", column, "unknown-column", Sen2Severity.Error, "The table of contacts must not have a column of this name. Rename or remove the column."))
            .Concat(columns.GroupBy(column => column, StringComparer.Ordinal).Where(same => same.Skip(1).Any())
                .Select(same => new Sen2Finding("Contacts", same.Key, "given-twice", Sen2Severity.Error, "The column must not occur twice."))).ToList();
        var (people, found) = (new PeopleOfReturn(file.Persons), new List<(string Row, string Person, FamilyContact Contact)>());
        for (var n = 1; csv.Read(); n++)
        {
            var cells = columns.Select((column, at) => (column, Text: csv.GetField(at))).Where(cell => !string.IsNullOrEmpty(cell.Text))
                .GroupBy(cell => cell.column, StringComparer.Ordinal).ToDictionary(cell => cell.Key, cell => cell.First().Text!, StringComparer.Ordinal);
            var row = new ContactRow(FormattableString.Invariant($"Contact {n}"), cells);
            var wrong = people.Find(row, out var person).Concat(row.Check(today)).ToList();
            if (Sen2Csv.HasMoreCells(csv, columns.Count))
            {
                wrong.Add(Sen2Csv.MoreCells(row.Place));
            }

            findings.AddRange(wrong);
            if (person is not null && wrong.TrueForAll(finding => finding.Severity == Sen2Severity.Doubt))
            {
                found.Add((row.Place, person.Place, row.Contact()));
            }
        }

        // If the table gives two contacts for a child, only an officer can decide which of them is the first contact, so neither is used.
        var twice = found.GroupBy(one => one.Person, StringComparer.Ordinal).Where(same => same.Skip(1).Any()).ToList();
        findings.AddRange(twice.SelectMany(same => same.Skip(1), (same, one) => ContactRow.Error(
            one.Row, null, "contact-given-twice", $"{same.First().Row} is for the same child. Give only the child's first contact in the table, and record other contacts on the case's page of people.")));
        return new(
            found.ExceptBy(twice.Select(same => same.Key), one => one.Person, StringComparer.Ordinal).ToDictionary(one => one.Person, one => one.Contact, StringComparer.Ordinal), findings);
    }

    /// <summary>The given rows of a return, changed so that the officer is not asked for a contact that the table already gives.</summary>
    public IReadOnlyList<TakeoverRow> Known(IReadOnlyList<TakeoverRow> rows) =>
        [.. rows.Select(row => ByPerson.ContainsKey(row.Place.Split('/')[0]) ? row with { Unknown = [.. row.Unknown.Where(what => what != Takeover.WhoSpeaks)] } : row)];

    /// <summary>One row of the table.</summary>
    internal sealed record ContactRow(string Place, IReadOnlyDictionary<string, string> Cells)
    {
        internal string? this[string column] => Cells.GetValueOrDefault(column);

        private string[] Lines => [.. Enumerable.Range(1, LinesOfAddress).Select(n => this[FormattableString.Invariant($"{Address}{n}")]).OfType<string>()];

        internal static Sen2Finding Error(string place, string? item, string code, string words) => new(place, item, code, Sen2Severity.Error, words);

        internal DateOnly? Day(string column) =>
            DateOnly.TryParseExact(this[column], ["yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

        internal IEnumerable<Sen2Finding> Check(DateOnly today)
        {
            foreach (var needed in new[] { "name", "relationship" }.Where(column => this[column] is null))
            {
                yield return Error(Place, needed, "missing", "Give the name of the contact for the child, and the contact's relationship to the child.");
            }

            if (this["electronicserviceagreedon"] is not null && !(Day("electronicserviceagreedon") <= today))
            {
                yield return Error(Place, "electronicserviceagreedon", "not-a-day", "The value must be a past date in the form 2026-02-09.");
            }

            if (this["email"] is { } mail && !PassOnAdviceRequest.IsEmailAddress(mail))
            {
                yield return Error(Place, "email", "not-an-address", "The value must be an e-mail address.");
            }

            if (this["electronicserviceagreedon"] is not null && this["email"] is null)
            {
                yield return Error(Place, "email", "missing", "The family agreed to letters by e-mail, but no e-mail address is given.");
            }

            if (Lines.Length == 1)
            {
                yield return Error(Place, "address1", "address-too-short", "An address needs at least two lines, the last of which is a postcode or a country.");
            }

            if (Lines.Length == 0 && this["electronicserviceagreedon"] is null)
            {
                yield return new(Place, "address1", "no-way-to-write", Sen2Severity.Doubt, "Neither an address nor an agreement to receive letters by e-mail is given, so no letters are sent until an officer records one of them.");
            }
        }

        internal FamilyContact Contact() => new()
        {
            Name = this["name"]!,
            Relationship = this["relationship"]!,
            Email = this["email"],
            ElectronicServiceAgreedOn = Day("electronicserviceagreedon"),
            PostalAddress = Lines is { Length: > 0 } lines ? lines : null,
            Mobile = this["mobile"],
            Telephone = this["telephone"],
            Language = this["language"],
            Interpreter = this["interpreter"],
            AccessibleFormat = this["accessibleformat"],
        };
    }

    /// <summary>Finds the person in a return to whom a row of the table relates.</summary>
    private sealed class PeopleOfReturn(IReadOnlyList<Sen2Item> persons)
    {
        private readonly ILookup<string, Sen2Item> numbers = persons.SelectMany(person => new[] { person["UPN"], person["UniqueLearnerNumber"] }.OfType<string>(), (person, number) => (person, number))
            .ToLookup(one => one.number, one => one.person, StringComparer.OrdinalIgnoreCase);

        private readonly ILookup<DateOnly?, Sen2Item> birthdays = persons.ToLookup(person => person.Date("PersonBirthDate"));

        internal IEnumerable<Sen2Finding> Find(ContactRow row, out Sen2Item? person)
        {
            person = null;
            if (row.Day("birthdate") is not { } born)
            {
                return [ContactRow.Error(row.Place, "birthdate", "not-a-day", "Give the child's date of birth in the form 2026-02-09, to confirm which child is meant.")];
            }

            IReadOnlyList<Sen2Item> meant = (row["upn"] ?? row["uln"]) is { } number ? [.. numbers[number]] : [.. birthdays[born].Where(one => IsNamed(one, row, born))];
            if (meant.Count != 1)
            {
                return [meant.Count == 0
                    ? ContactRow.Error(row.Place, null, "contact-of-nobody", "No person in the return matches this row.")
                    : ContactRow.Error(row.Place, null, "contact-of-several", "More than one person in the return matches this row.")];
            }

            if (meant[0].Date("PersonBirthDate") != born)
            {
                return [ContactRow.Error(row.Place, "birthdate", "contact-of-another", "The person in the return with this number has a different date of birth.")];
            }

            // Twins have the same date of birth, so everything else that the row says about the child must agree too.
            if (Contradiction(meant[0], row, born) is { } other)
            {
                return [ContactRow.Error(row.Place, other, "contact-of-another", "The person in the return with this number has a different name, or their other number is different.")];
            }

            person = meant[0];
            return [];
        }

        private string? Contradiction(Sen2Item person, ContactRow row, DateOnly born) =>
            row["uln"] is { } number && !Is(person["UniqueLearnerNumber"], number) && (person["UniqueLearnerNumber"] is not null || numbers[number].Any()) ? "uln"
            : Sen2Duplicates.ChildOf(person) is not { } child ? null
            : !NameComparison.IsSame(child, new() { GivenName = row["forename"] ?? child.GivenName, FamilyName = row["surname"] ?? child.FamilyName, DateOfBirth = born })
                ? row["forename"] is null ? "surname" : "forename"
            : null;

        private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

        private static bool IsNamed(Sen2Item person, ContactRow row, DateOnly born) => row["forename"] is { } given && row["surname"] is { } family
            && Sen2Duplicates.ChildOf(person) is { } child && NameComparison.IsSame(child, new() { GivenName = given, FamilyName = family, DateOfBirth = born });
    }
}
