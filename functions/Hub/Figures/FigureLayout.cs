using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Functions.Figures;

/// <summary>One column of a table: a count, one count as a share of another, or an average in weeks.</summary>
/// <param name="Name">Name of the column, as published.</param>
/// <param name="Source">Where the name was found, as a key of <see cref="FigureLayout.Sources"/>.</param>
/// <param name="Count">The measure whose count the column shows.</param>
/// <param name="Share">The measure that the column shows as a percentage of <paramref name="Of"/>.</param>
/// <param name="Of">The measure of which <paramref name="Share"/> is a percentage.</param>
/// <param name="Average">The measure whose average number of weeks the column shows.</param>
/// <param name="By">A dimension; only children with one of <paramref name="Values"/> in this dimension are counted.</param>
/// <param name="Values">The values of the dimension that are counted.</param>
/// <param name="Verified">False if the name, or what the column counts, was not found in the published file.</param>
public sealed record FigureColumn(
    string Name, string Source, string? Count = null, string? Share = null, string? Of = null, string? Average = null, string? By = null, IReadOnlyList<string>? Values = null, bool Verified = true);

/// <summary>A breakdown of a table's rows.</summary>
/// <param name="Name">Name of the breakdown in the column <c>breakdown_topic</c>.</param>
/// <param name="By">The child's characteristic (dimension) by which the rows are broken down.</param>
/// <param name="Ages">The word shown before an age; null if the dimension is not an age.</param>
/// <param name="Unknown">The label of the row for children whose value is not known.</param>
public sealed record FigureTopic(string Name, string By, string? Ages = null, string Unknown = "Unknown");

/// <summary>A table of the data set.</summary>
/// <param name="Name">Name of the table's file, without <c>.csv</c>.</param>
/// <param name="Population">What the table counts, for example requests or plans (a population).</param>
/// <param name="TimeIdentifier">The kind of year that the column <c>time_period</c> contains.</param>
/// <param name="All">The text of both breakdown columns in the row that counts all children.</param>
/// <param name="Topics">The table's breakdowns.</param>
/// <param name="Columns">The table's own columns, which follow the columns that every table has.</param>
public sealed record FigureTable(string Name, string Population, string TimeIdentifier, string All, IReadOnlyList<FigureTopic> Topics, IReadOnlyList<FigureColumn> Columns);

/// <summary>
/// The tables of DfE's published statistics as data: names of files, columns and breakdowns spelt as published, mistakes included, each
/// with the place where it was found. <c>{this}</c> and <c>{next}</c> in a name stand for the last two digits of the year and of the
/// following year.
/// </summary>
public sealed record FigureLayout(
    int Year, string Note, IReadOnlyDictionary<string, string> Sources, IReadOnlyList<string> Location, IReadOnlyDictionary<string, string> Needs,
    IReadOnlyDictionary<string, string> Sexes, IReadOnlyDictionary<string, IReadOnlyList<string>> Places, IReadOnlyList<FigureTable> Tables)
{
    private const string Resource = "IntegrationHub.Functions.Figures.figures-2026.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Lazy<FigureLayout> Known = new(() =>
    {
        using var data = typeof(FigureLayout).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidDataException($"{Resource} is not in the assembly.");
        return JsonSerializer.Deserialize<FigureLayout>(data, Json) ?? throw new InvalidDataException("The layout of the figures is empty.");
    });

    /// <summary>The newest layout of the tables that the hub has.</summary>
    public static FigureLayout Newest => Known.Value;

    /// <summary>The values of a dimension, in a fixed order; the last value means that nothing is known.</summary>
    public IReadOnlyList<string> ValuesOf(string dimension) => dimension switch
    {
        Dimensions.Sex => [.. Sexes.Keys],
        Dimensions.Need => [.. Needs.Keys],
        Dimensions.Place => [.. Dimensions.Places],
        _ => [.. Dimensions.Ages, Dimensions.Unknown],
    };

    /// <summary>The label of a value in a breakdown.</summary>
    public string Label(FigureTopic topic, string value)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic switch
        {
            { By: Dimensions.Sex } => Sexes[value],
            { By: Dimensions.Need } => Needs[value],
            _ when value == Dimensions.Unknown => topic.Unknown,
            _ => $"{topic.Ages} {value}{(value == Dimensions.Ages[0] ? " and under" : value == Dimensions.Ages[^1] ? " and over" : "")}",
        };
    }

    /// <summary>The dimensions by which the rows of a population's tables are broken down.</summary>
    public IEnumerable<string> RowsOf(string population) => Tables.Where(table => table.Population == population).SelectMany(table => table.Topics).Select(topic => topic.By).Distinct();

    /// <summary>The dimensions whose values have columns of their own in a population's tables.</summary>
    public IEnumerable<string> ColumnsOf(string population) =>
        Tables.Where(table => table.Population == population).SelectMany(table => table.Columns).Select(column => column.By).OfType<string>().Distinct();
}
