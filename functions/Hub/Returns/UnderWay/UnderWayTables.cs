using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns.UnderWay;

/// <summary>The council whose assessments are taken over, with details that are the same for all rows.</summary>
/// <param name="Council">The council.</param>
/// <param name="Icb">The integrated care board of a child whose row names none.</param>
/// <param name="Name">The names and hashes of the tables, which are recorded in every case.</param>
public sealed record UnderWaySource(LocalAuthorityCode Council, Agency Icb, string Name);

/// <summary>One assessment that is under way, read from its row and the rows of its requests without an error.</summary>
/// <param name="Place">The place of the row, for example <c>Assessment 3</c>.</param>
/// <param name="Case">The case. The same council and reference always give the same case id, so that a second run finds the case again.</param>
/// <param name="Step">The step that opens the case.</param>
/// <param name="Then">The steps that follow in the same commit.</param>
/// <param name="RequestPlaces">The place of each request of the step, for example <c>Request 7</c>.</param>
/// <param name="Uln">The child's unique learner number, if it is given.</param>
public sealed record AssessmentUnderWay(
    string Place, AssessmentId Case, TakeOverAssessment Step, IReadOnlyList<AssessmentInput> Then, IReadOnlyList<string> RequestPlaces, Uln? Uln);

/// <summary>
/// The tables of assessments that are under way in a council's earlier system, and of their requests for advice (docs/import.md).
/// </summary>
/// <param name="Sound">The assessments without an error, in the order of the table.</param>
/// <param name="Findings">Errors and doubts. An assessment with an error in its row, or in the row of one of its requests, is left
/// out.</param>
/// <param name="Assessments">The number of rows with an assessment.</param>
/// <param name="Requests">The number of rows with a request.</param>
public sealed record UnderWayTables(IReadOnlyList<AssessmentUnderWay> Sound, IReadOnlyList<Sen2Finding> Findings, int Assessments, int Requests)
{
    // With any of these errors, a value or a request may belong to another child than the one whose case would receive it.
    private static readonly string[] OfAnother =
        ["unknown-column", "given-twice", "too-many-cells", "too-few-cells", "wrong-quotes", "reference-given-twice", "request-of-nobody", "request-of-another"];

    /// <summary>Whether one child's data could be put into another child's case, so that nothing is taken over.</summary>
    public bool IsDoubtfulWhose => Findings.Any(finding => OfAnother.Contains(finding.Code, StringComparer.Ordinal));

    /// <summary>Reads the tables, whose columns are listed in docs/import.md.</summary>
    /// <param name="assessments">The CSV file of the assessments.</param>
    /// <param name="requests">The CSV file of the requests.</param>
    /// <param name="source">The council.</param>
    /// <param name="today">Day of the import.</param>
    /// <exception cref="InvalidDataException">A table has no header row, or is not encoded in UTF-8.</exception>
    public static UnderWayTables Read(TextReader assessments, TextReader requests, UnderWaySource source, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (opened, asked) = (SuppliedTable.Read(assessments, UnderWayRow.Form), SuppliedTable.Read(requests, RequestRow.Form));
        List<UnderWayRow> rows = [.. opened.Rows.Select(row => UnderWayRow.Of(row, source, today))];
        List<RequestRow> requestRows = [.. asked.Rows.Select(RequestRow.Of)];
        var byReference = rows.Where(row => row.Reference.Length > 0).ToLookup(row => row.Reference, StringComparer.OrdinalIgnoreCase);

        List<Sen2Finding> findings =
        [
            .. opened.Findings, .. rows.SelectMany(row => row.Findings), .. ReferencesGivenTwice(byReference), .. ChildrenGivenTwice.Check(rows),
            .. asked.Findings, .. requestRows.SelectMany(row => row.Findings), .. requestRows.SelectMany(row => WhoseRequest(row, byReference)),
        ];
        var wrong = findings.Where(finding => finding.Severity == Sen2Severity.Error).Select(finding => finding.Place).ToHashSet(StringComparer.Ordinal);
        var sound = new List<AssessmentUnderWay>();
        foreach (var row in rows)
        {
            var own = requestRows.Where(request => request.Row["assessment"] is { } reference && reference.Equals(row.Reference, StringComparison.OrdinalIgnoreCase)).ToList();
            if (own.Where(request => wrong.Contains(request.Place)).ToList() is { Count: > 0 } faulty)
            {
                findings.Add(Error(row.Place, "request-wrong", $"The assessment is left out because of an error in: {string.Join(", ", faulty.Select(request => request.Place))}."));
            }
            else if (!wrong.Contains(row.Place))
            {
                sound.Add(new(
                    row.Place, AssessmentId.For(source.Council, $"under-way {row.Reference.ToUpperInvariant()}"), row.Step with { Requests = [.. own.Select(request => request.Request)] }, row.Then,
                    [.. own.Select(request => request.Place)], row.Uln));
            }
        }

        return new(sound, findings, rows.Count, requestRows.Count);
    }

    private static IEnumerable<Sen2Finding> ReferencesGivenTwice(ILookup<string, UnderWayRow> byReference) =>
        byReference.Where(same => same.Skip(1).Any()).SelectMany(same => same, (same, row) => SuppliedContacts.ContactRow.Error(
            row.Place, "assessment", "reference-given-twice", $"These rows have the same reference: {string.Join(", ", same.Select(one => one.Place))}. Each assessment needs its own."));

    /// <summary>Checks that a request is for the child of its assessment. A wrong digit in the reference would otherwise put the request into
    /// another child's case.</summary>
    private static IEnumerable<Sen2Finding> WhoseRequest(RequestRow request, ILookup<string, UnderWayRow> byReference)
    {
        if (request.Row["assessment"] is not { } reference)
        {
            // The reference is reported as missing, which alone would not prevent the import of the other rows.
            yield return Error(request.Place, "request-of-nobody", "The row must say to which assessment the request belongs.");
            yield break;
        }

        if (byReference[reference].FirstOrDefault() is not { } row)
        {
            yield return Error(request.Place, "request-of-nobody", "No row of the table of assessments has this reference.");
            yield break;
        }

        if (!row.HasChild || request.Row.Day("birthdate") is not { } born)
        {
            yield break;
        }

        var child = row.Facts.Child;
        if (born != child.DateOfBirth
            || !NameComparison.IsSame(child, new Child { GivenName = request.Row["forename"] ?? child.GivenName, FamilyName = request.Row["surname"] ?? child.FamilyName, DateOfBirth = born }))
        {
            yield return Error(request.Place, "request-of-another", $"{row.Place} has this reference, but the child there has another date of birth or another name.");
        }
    }

    private static Sen2Finding Error(string place, string code, string words) => SuppliedContacts.ContactRow.Error(place, null, code, words);
}
