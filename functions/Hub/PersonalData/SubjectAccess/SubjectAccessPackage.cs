using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>A package of data that is released to a person.</summary>
/// <param name="Zip">The package as a zip file.</param>
/// <param name="Cases">The cases whose data are in the package.</param>
/// <param name="Rows">The rows of the review, with the officer's decisions.</param>
public sealed record ReleasedPackage(byte[] Zip, IReadOnlyList<AssessmentId> Cases, IReadOnlyList<ReviewRow> Rows);

/// <summary>Writes the package that a person receives: <c>index.html</c> to read, <c>data.json</c> in machine-readable form, and the
/// documents, without anything that is to be left out.</summary>
/// <param name="draft">The data held about the person.</param>
public sealed class SubjectAccessPackage(SubjectAccessDraft draft)
{
    /// <summary>Creates the package.</summary>
    /// <param name="sought">The person who asked for the data.</param>
    /// <param name="council">The council.</param>
    /// <param name="review">The review, with the officer's decisions.</param>
    /// <param name="on">The day on which the package is created.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The package, or the reason why it could not be created.</returns>
    /// <exception cref="IOException">A store cannot be read.</exception>
    public async Task<(ReleasedPackage? Given, string Problem)> MakeAsync(DataSubject sought, LocalAuthorityCode council, Review review, DateOnly on, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(review);
        var cases = await draft.CollectAsync(sought, council, cancellationToken);
        if (cases.Count == 0)
        {
            return (null, "Nothing is held about this person in the cases of this council.");
        }

        var decided = review.Rows.GroupBy(row => row.Id).ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
        var rows = cases.SelectMany(one => one.Rows).ToList();
        if (rows.Exists(row => !decided.ContainsKey(row.Id)) || decided.Count != rows.Select(row => row.Id).Distinct().Count())
        {
            return (null, "The data have changed since the review was written, or the review is for another person. Create the review again, and decide on the new rows.");
        }

        if (rows.Select(row => decided[row.Id]).FirstOrDefault(row => row.Applies is null) is { } open)
        {
            return (null, $"There is no decision on {open.About}, {string.Join(", ", open.Places)} of case {open.Case} ({open.Id}). Enter a decision (withhold or disclose) in each row that has no proposal.");
        }

        if (rows.Select(row => decided[row.Id]).FirstOrDefault(row => row.Decision is { } own && own != row.Proposed && string.IsNullOrWhiteSpace(row.Reason)) is { } unreasoned)
        {
            return (null, $"The decision on {unreasoned.About} ({unreasoned.Id}) must have a reason.");
        }

        IReadOnlyList<ReviewRow> applied = [.. rows.Select(row => decided[row.Id] with { Case = row.Case, Rule = row.Rule, About = row.About, Places = row.Places, Proposed = row.Proposed })];
        var given = cases.Select(one => (Case: one, Items: ItemsOf(one, applied))).ToList();
        return (new ReleasedPackage(await ZipAsync(given, applied, on, cancellationToken), [.. cases.Select(one => one.State.Id)], applied), "");
    }

    private static IReadOnlyList<HeldItem> ItemsOf(HeldCase held, IReadOnlyList<ReviewRow> rows)
    {
        var withheld = rows.Where(row => row.Applies == ReviewDecision.Withhold && row.Case == held.State.Id.Value).ToList();
        var places = withheld.Where(row => row.Rule is ReviewRule.SeriousHarm or ReviewRule.Document).SelectMany(row => row.Places).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<OtherPerson> others = [.. held.Others.Where(one => withheld.Exists(row => row.Id == one.Row.Id)).Select(one => one.Person)];
        return [.. held.Items.Where(item => !places.Contains(ReviewRow.Place(item))).Select(item => Redactor.Without(item, others))];
    }

    private async Task<byte[]> ZipAsync(IReadOnlyList<(HeldCase Case, IReadOnlyList<HeldItem> Items)> given, IReadOnlyList<ReviewRow> rows, DateOnly on, CancellationToken cancellationToken)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var item in given.SelectMany(one => one.Items).Where(item => item.Document is not null))
            {
                Write(zip, NameOf(item), await draft.Items.DocumentAsync(item, cancellationToken));
            }

            Write(zip, "data.json", Encoding.UTF8.GetBytes(Json(given, rows, on)));
            Write(zip, "index.html", Encoding.UTF8.GetBytes(SubjectAccessPage.Render([.. given.Select(one => (one.Case.State.Id, one.Case.IsTheirs, one.Items))], rows, on)));
        }

        return package.ToArray();
    }

    /// <summary>The path of a document in the package.</summary>
    internal static string NameOf(HeldItem item) => $"documents/{item.Case}/{item.Document![..12]}{Path.GetExtension(item.Content["fileName"]?.GetValue<string>() ?? "")}";

    private static string Json(IReadOnlyList<(HeldCase Case, IReadOnlyList<HeldItem> Items)> given, IReadOnlyList<ReviewRow> rows, DateOnly on) => new JsonObject
    {
        ["madeOn"] = JsonSerializer.SerializeToNode(on),
        ["cases"] = new JsonArray([.. given.Select(one => new JsonObject
        {
            ["case"] = one.Case.State.Id.Value,
            ["items"] = new JsonArray([.. one.Items.Select(item => new JsonObject
            {
                ["kind"] = item.Kind.ToString().ToLowerInvariant(),
                ["key"] = item.Key,
                ["at"] = JsonSerializer.SerializeToNode(item.At),
                ["title"] = item.Title,
                ["content"] = item.Content.DeepClone(),
            })]),
        })]),
        ["leftOut"] = new JsonArray([.. rows.Where(row => row.Applies == ReviewDecision.Withhold).Select(row => new JsonObject
        {
            ["case"] = row.Case,
            ["rule"] = row.Rule.ToString(),
            ["about"] = row.About,
            ["places"] = new JsonArray([.. row.Places.Select(place => JsonValue.Create(place))]),
        })]),
    }.ToJsonString(new JsonSerializerOptions(PlanJson.Options) { WriteIndented = true });

    private static void Write(ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        entry.Write(bytes);
    }
}
