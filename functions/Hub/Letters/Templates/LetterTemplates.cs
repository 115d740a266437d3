using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>
/// The templates of all councils and languages: the hub's own in English, and the replacements in the settings folder,
/// <c>letters/{council code or "all"}/{language}/{letter}-{reader}.liquid</c>.
/// </summary>
public sealed class LetterTemplates
{
    private const string AllCouncils = "all";
    private const string English = "en";
    private const string Suffix = ".liquid";
    private const string Prefix = "IntegrationHub.Functions.Letters.Defaults.";

    private static readonly Lazy<IReadOnlyDictionary<string, LetterTemplate>> Own = new(() =>
        LetterLaw.England2014.Rules.ToDictionary(rule => $"{AllCouncils}/{English}/{NameOf(rule)}", rule => Checked(rule, English, NameOf(rule), OwnSource(NameOf(rule))), StringComparer.Ordinal));

    private readonly Dictionary<string, LetterTemplate> templates;

    private LetterTemplates(Dictionary<string, LetterTemplate> templates) => this.templates = templates;

    /// <summary>The hub's own templates.</summary>
    public static LetterTemplates Defaults => new(new(Own.Value, StringComparer.Ordinal));

    /// <summary>Reads the templates folder of a settings directory. The templates in this folder replace the hub's own.</summary>
    /// <param name="folder">The templates folder, which need not exist.</param>
    /// <exception cref="InvalidDataException">A file is not the template of any letter, or leaves out something that the law requires; the
    /// message names the file and each fault.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LetterTemplates Read(string folder)
    {
        var templates = new Dictionary<string, LetterTemplate>(Own.Value, StringComparer.Ordinal);
        var rules = LetterLaw.England2014.Rules.ToDictionary(NameOf, StringComparer.Ordinal);
        if (!Directory.Exists(folder))
        {
            return new LetterTemplates(templates);
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name.Split('/') is not [var council, var language, var file]
                || !file.EndsWith(Suffix, StringComparison.Ordinal)
                || !(council == AllCouncils || LocalAuthorityCode.TryParse(council, out _, out _))
                || !rules.TryGetValue(file[..^Suffix.Length], out var rule))
            {
                throw new InvalidDataException($"letters/{name} is not the template of any letter. Name the file letters/<council code or all>/<language>/<letter>-<family or agency>.liquid.");
            }

            templates[$"{council}/{language}/{file[..^Suffix.Length]}"] = Checked(rule, language, $"letters/{name}", SuppliedText.Read(path));
        }

        return new LetterTemplates(templates);
    }

    /// <summary>
    /// The template for a letter. In the reader's language the council's own template is preferred to the template for all councils; if
    /// there is neither, the same order applies in English.
    /// </summary>
    public LetterTemplate For(Letter letter)
    {
        var name = NameOf(letter.Subject.Kind, letter.Reader);
        string[] places =
        [
            $"{letter.Assessment.Council}/{letter.Language}", $"{AllCouncils}/{letter.Language}", $"{letter.Assessment.Council}/{English}", $"{AllCouncils}/{English}",
        ];
        return places.Select(place => templates.GetValueOrDefault($"{place}/{name}")).OfType<LetterTemplate>().First();
    }

    /// <summary>The name of a template, such as <c>willNotAssess-family</c>.</summary>
    internal static string NameOf(LetterRule rule) => NameOf(rule.Letter, rule.Reader);

    /// <summary>The source of one of the hub's own templates.</summary>
    internal static string OwnSource(string name)
    {
        using var data = typeof(LetterTemplates).Assembly.GetManifestResourceStream($"{Prefix}{English}.{name}{Suffix}")
            ?? throw new InvalidDataException($"{name}{Suffix} is not in the assembly.");
        using var reader = new StreamReader(data);
        return reader.ReadToEnd();
    }

    private static string NameOf(LetterKind kind, LetterReader reader) =>
        $"{char.ToLowerInvariant(kind.ToString()[0])}{kind.ToString()[1..]}-{(reader == LetterReader.Family ? "family" : "agency")}";

    private static LetterTemplate Checked(LetterRule rule, string language, string name, string source)
    {
        var (template, faults) = LetterTemplate.Read(rule, language, source);
        return template ?? throw new InvalidDataException($"{name} cannot be loaded. {string.Join(" ", faults)}");
    }
}
