using System.Globalization;
using CsvHelper;

namespace IntegrationHub.Functions.Institutions;

/// <summary>Reads the register's <c>links_edubasealldata</c> file: which institution followed, or joined, which.</summary>
public static class GiasLinks
{
    private static readonly string[] Required = ["URN", "LinkURN", "LinkType"];

    /// <summary>Adds the links to the institutions of an extract. A link from or to an institution that the extract does not have is named and left out.</summary>
    /// <exception cref="InvalidDataException">A required column is missing.</exception>
    public static (IReadOnlyList<Institution> Rows, IReadOnlyList<GiasFinding> Findings) Add(IReadOnlyList<Institution> rows, Stream file)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var csv = new CsvReader(new StreamReader(file, GiasFile.Encoding1252(), detectEncodingFromByteOrderMarks: true), GiasFile.Form);
        GiasFile.Header(csv, Required, "file of links");
        var known = rows.ToDictionary(row => row.Urn, row => row);
        var (links, findings, words) = (new Dictionary<string, List<InstitutionLink>>(StringComparer.Ordinal), new List<GiasFinding>(), new SharedTexts());
        while (csv.Read())
        {
            var (from, to, kind) = (csv.GetField("URN"), csv.GetField("LinkURN"), csv.GetField("LinkType"));
            if (!GiasFile.IsUrn(from, out var urn, out var problem) || !GiasFile.IsUrn(to, out var other, out problem))
            {
                Refuse(problem);
            }
            else if (!known.ContainsKey(urn) || !known.TryGetValue(other, out var linked))
            {
                Refuse($"URN {(known.ContainsKey(urn) ? other : urn)} does not stand in the register.");
            }
            else if (string.IsNullOrWhiteSpace(kind))
            {
                Refuse("LinkType is missing.");
            }
            else
            {
                var day = csv.TryGetField<string>("LinkEstablishedDate", out var text)
                    && DateOnly.TryParseExact(text, "dd-MM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : (DateOnly?)null;
                (links.TryGetValue(urn.Value, out var list) ? list : links[urn.Value] = []).Add(new InstitutionLink(linked.Urn, words.Of(kind), day));
            }

            void Refuse(string why) => findings.Add(new GiasFinding(csv.Parser.RawRow, from ?? "", why, IsRefused: true));
        }

        return ([.. rows.Select(row => links.TryGetValue(row.Urn.Value, out var list) ? row with { Links = [.. list.Distinct().OrderBy(link => link.Urn.Value, StringComparer.Ordinal)] } : row)], findings);
    }
}
