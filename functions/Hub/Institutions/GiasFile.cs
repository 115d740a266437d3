using System.Globalization;

namespace IntegrationHub.Functions.Institutions;

/// <summary>What is wrong with a line of the register's files.</summary>
/// <param name="Line">Number of the line in the file; the header is line 1.</param>
/// <param name="Urn">The institution's number, as given in the line.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="IsRefused">Whether the line is left out; otherwise only one value in the line is in doubt.</param>
public sealed record GiasFinding(int Line, string Urn, string Words, bool IsRefused);

/// <summary>What was read from the register.</summary>
/// <param name="Rows">The institutions, in order of their numbers.</param>
/// <param name="Findings">What is wrong with lines of the file, in their order.</param>
/// <param name="Absent">Columns that the hub would use but the file does not have, so that their values stay unknown.</param>
/// <param name="Ignored">How many columns the hub does not use.</param>
public sealed record GiasExtract(IReadOnlyList<Institution> Rows, IReadOnlyList<GiasFinding> Findings, IReadOnlyList<string> Absent, int Ignored);

/// <summary>
/// Reads the register's <c>edubasealldata</c> file in Windows-1252. Columns are found by name, because columns are added and removed from
/// one day's file to the next.
/// </summary>
public static class GiasFile
{
    /// <summary>
    /// The largest number of lines that a file can have. England's register has some 52,000 institutions, including closed ones, so a file
    /// with more lines than this is not the register.
    /// </summary>
    public const int MaxRows = 100_000;

    private const int Needs = 13;

    private static readonly string[] Required = ["URN", "EstablishmentName", "EstablishmentStatus (name)", "TypeOfEstablishment (name)", "PhaseOfEducation (name)"];

    private static readonly string[] Used =
    [
        "LA (name)", "OpenDate", "CloseDate", "StatutoryLowAge", "StatutoryHighAge", "Section41Approved (name)", "TypeOfResourcedProvision (name)",
        "Boarders (name)", "SchoolCapacity", "NumberOfPupils", "Town", "Postcode", "Easting", "Northing",
        .. Enumerable.Range(1, Needs).Select(Need),
    ];

    /// <summary>Reads a file. If an institution's number occurs more than once, the later line is refused.</summary>
    /// <exception cref="InvalidDataException">A required column is missing, or the file has more lines than
    /// <see cref="MaxRows"/>.</exception>
    public static GiasExtract Read(Stream file)
    {
        using var csv = new GiasCsv(file, Required, "register of schools");
        var (rows, findings, words) = (new SortedDictionary<string, Institution>(StringComparer.Ordinal), new List<GiasFinding>(), new SharedTexts());
        while (csv.Read())
        {
            var line = new GiasLine(csv, words);
            if (line.Read(Enumerable.Range(1, Needs).Select(Need)) is not { } row)
            {
                findings.AddRange(line.Findings);
            }
            else if (!rows.TryAdd(row.Urn.Value, row))
            {
                findings.Add(new GiasFinding(line.Number, row.Urn.Value, "An earlier line has the same number.", IsRefused: true));
            }
            else
            {
                findings.AddRange(line.Findings);
            }

            if (rows.Count > MaxRows)
            {
                throw new InvalidDataException($"The file has more than {MaxRows} institutions, so it is not the register of schools.");
            }
        }

        return new GiasExtract([.. rows.Values], findings, [.. Used.Except(csv.Header)], csv.Header.Except(Required).Except(Used).Count());
    }

    private static string Need(int n) => string.Create(CultureInfo.InvariantCulture, $"SEN{n} (name)");
}
