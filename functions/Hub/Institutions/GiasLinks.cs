using System.Globalization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Institutions;

/// <summary>Reads the register's <c>links_edubasealldata</c> file, which lists the institutions that succeeded or joined others.</summary>
public static class GiasLinks
{
    private static readonly string[] Required = ["URN", "LinkURN", "LinkType"];

    /// <summary>
    /// Adds to each institution of an extract its links to predecessors and successors. A link from or to an institution that the extract does not have is reported and left
    /// out.
    /// </summary>
    /// <exception cref="InvalidDataException">A required column is missing.</exception>
    public static (IReadOnlyList<Institution> Rows, IReadOnlyList<GiasFinding> Findings) Add(IReadOnlyList<Institution> rows, Stream file)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var csv = new GiasCsv(file, Required, "file of links");
        var known = rows.ToDictionary(row => row.Urn, row => row);
        var (links, findings, words) = (new Dictionary<string, List<InstitutionLink>>(StringComparer.Ordinal), new List<GiasFinding>(), new SharedTexts());
        while (csv.Read())
        {
            var from = csv.Text("URN", _ => { });
            var (to, kind) = (csv.Text("LinkURN", Doubt), csv.Text("LinkType", Doubt));
            if (csv.RunsOn)
            {
                Refuse("A field runs on into the next line, because a quotation mark is missing or misplaced.");
            }
            else if (!Urn.TryParse(from, out var urn, out var problem) || !Urn.TryParse(to, out var other, out problem))
            {
                Refuse(problem);
            }
            else if (!known.ContainsKey(urn) || !known.TryGetValue(other, out var linked))
            {
                Refuse($"URN {(known.ContainsKey(urn) ? other : urn)} is not in the register.");
            }
            else if (kind is null)
            {
                Refuse("LinkType is missing.");
            }
            else
            {
                var text = csv.Text("LinkEstablishedDate", Doubt);
                var day = DateOnly.TryParseExact(text, "dd-MM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : (DateOnly?)null;
                if (text is not null && day is null)
                {
                    Doubt($"LinkEstablishedDate: \"{text}\" is not a date like 31-08-2026, so it is left out.");
                }

                (links.TryGetValue(urn.Value, out var list) ? list : links[urn.Value] = []).Add(new InstitutionLink(linked.Urn, words.Of(kind), day));
            }

            void Refuse(string why) => Find(why, isRefused: true);

            void Doubt(string words) => Find(words, isRefused: false);

            void Find(string words, bool isRefused) => findings.Add(new GiasFinding(csv.Number, from ?? "", words, isRefused));
        }

        return ([.. rows.Select(row => links.TryGetValue(row.Urn.Value, out var list) ? row with { Links = [.. list.Distinct().OrderBy(link => link.Urn.Value, StringComparer.Ordinal)] } : row)], findings);
    }
}
