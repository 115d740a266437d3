using System.Globalization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Institutions;

/// <summary>One line of the register: which parts of it can be used, and what is wrong with it.</summary>
internal sealed class GiasLine(GiasCsv csv, SharedTexts words)
{
    private readonly List<GiasFinding> findings = [];

    internal int Number { get; } = csv.Number;

    internal IReadOnlyList<GiasFinding> Findings => findings;

    /// <summary>The institution, or null if the line is refused.</summary>
    internal Institution? Read(IEnumerable<string> needs)
    {
        if (csv.RunsOn && !csv.IsWhole)
        {
            return Refuse("A field runs on into the next line, because a quotation mark is missing or misplaced.");
        }

        if (!Urn.TryParse(Text("URN"), out var urn, out var problem))
        {
            return Refuse(problem);
        }

        if (Text("EstablishmentName") is not { } name)
        {
            return Refuse("The name is missing.");
        }

        if (StatusOf(Text("EstablishmentStatus (name)")) is not { } status)
        {
            return Refuse($"\"{Text("EstablishmentStatus (name)")}\" is not a status of an institution.");
        }

        if (csv.RunsOn)
        {
            Doubt("A field has a line break in it. The values are used as they were read.");
        }

        var row = new Institution
        {
            Urn = urn,
            Name = name,
            Status = status,
            Type = Shared("TypeOfEstablishment (name)") ?? "Not given",
            Phase = Shared("PhaseOfEducation (name)") ?? "Not given",
            Council = Shared("LA (name)"),
            OpenedOn = Day("OpenDate"),
            ClosedOn = Day("CloseDate"),
            FromAge = Whole("StatutoryLowAge"),
            ToAge = Whole("StatutoryHighAge"),
            Section41 = Text("Section41Approved (name)") is { } approved ? approved.Equals("Approved", StringComparison.OrdinalIgnoreCase) : null,
            Needs = [.. needs.Select(Text).OfType<string>().Select(NeedOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(words.Of)],
            Resourced = Said("TypeOfResourcedProvision (name)"),
            Boarders = Said("Boarders (name)"),
            Capacity = Whole("SchoolCapacity"),
            Pupils = Whole("NumberOfPupils"),
            Town = Shared("Town"),
            Postcode = Text("Postcode"),
            Easting = Whole("Easting"),
            Northing = Whole("Northing"),
        };
        return row is { Easting: 0, Northing: 0 } ? row with { Easting = null, Northing = null } : row;
    }

    private static InstitutionStatus? StatusOf(string? text) => text?.ToUpperInvariant() switch
    {
        "OPEN" => InstitutionStatus.Open,
        "OPEN, BUT PROPOSED TO CLOSE" => InstitutionStatus.ToClose,
        "PROPOSED TO OPEN" => InstitutionStatus.ToOpen,
        "CLOSED" => InstitutionStatus.Closed,
        _ => null,
    };

    // The register gives a special educational need as, for example, "SpLD - Specific Learning Difficulty". A column for a need can contain
    // "Not Applicable" although later columns contain needs.
    private static string? NeedOf(string text) =>
        text.StartsWith("Not ", StringComparison.OrdinalIgnoreCase) ? null : text.Split(" - ")[0].Trim().ToUpperInvariant();

    private Institution? Refuse(string why)
    {
        findings.Add(new GiasFinding(Number, Text("URN") ?? "", why, IsRefused: true));
        return null;
    }

    private string? Text(string column) => csv.Text(column, Doubt);

    private string? Shared(string column) => Text(column) is { } text ? words.Of(text) : null;

    private string? Said(string column) => Shared(column) is { } text && !text.Equals("Not applicable", StringComparison.OrdinalIgnoreCase) ? text : null;

    private DateOnly? Day(string column) => Text(column) is not { } text ? null
        : DateOnly.TryParseExact(text, "dd-MM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : LeftOut<DateOnly>(column, text, "a date like 31-08-2026");

    private int? Whole(string column) => Text(column) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : LeftOut<int>(column, text, "a whole number");

    private T? LeftOut<T>(string column, string text, string expected)
        where T : struct
    {
        Doubt($"{column}: \"{text}\" is not {expected}, so it is left out.");
        return null;
    }

    private void Doubt(string words) => findings.Add(new GiasFinding(Number, csv.Text("URN", _ => { }) ?? "", words, IsRefused: false));
}
