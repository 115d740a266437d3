using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Architecture.Tests;

/// <summary>docs/settings.md, made from the options of every host and what their comments say.</summary>
internal static partial class SettingsPage
{
    /// <summary>Every options class: it has a constant <c>Section</c> and can be made without arguments.</summary>
    internal static IReadOnlyList<Type> Options(IEnumerable<Assembly> assemblies) =>
        [.. assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetConstructor(Type.EmptyTypes) is not null)
            .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true })
            .OrderBy(SettingsReader.SectionOf, StringComparer.Ordinal)];

    /// <summary>The page as it must stand in docs.</summary>
    internal static string Write(IEnumerable<Assembly> assemblies)
    {
        var page = new StringBuilder("""
            # Settings

            This page lists every setting of both hosts. It is generated from the code by
            `REGENERATE_DOCS=1 dotnet run --project tests/Architecture`; do not edit it.

            Give a setting in `appsettings.json` in the folder from which the hub is started (`{"Access": {"RequestsPerMinute": 600}}`), or as an
            environment variable with two underscores for each colon (`Access__RequestsPerMinute=600`). The hub reads and checks all settings
            when it starts. If a name is unknown, a value cannot be read, or a combination would let in somebody without permission, the hub
            does not start and prints one line that says what to set.

            """);
        foreach (var options in Options(assemblies))
        {
            var name = SettingsReader.SectionOf(options);
            page.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n{Comment(options, $"T:{options.FullName}")}\n\n| setting | type | default | meaning |\n|---|---|---|---|\n");
            var defaults = Activator.CreateInstance(options);
            foreach (var property in SettingsReader.SettableIn(options))
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{name}:{property.Name}` | {TypeName(property.PropertyType)} | {Default(property.GetValue(defaults))} | {Comment(property.DeclaringType!, $"P:{property.DeclaringType!.FullName}.{property.Name}")} |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>The summary of a type or property, as text for a table.</summary>
    /// <exception cref="InvalidDataException">It has none.</exception>
    private static string Comment(Type type, string member)
    {
        var file = Path.ChangeExtension(type.Assembly.Location, ".xml");
        var summary = XDocument.Load(file).Descendants("member").FirstOrDefault(node => node.Attribute("name")?.Value == member)?.Element("summary")
            ?? throw new InvalidDataException($"{member} has no summary in {Path.GetFileName(file)}.");
        return Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.', '(')[^1]}`",
        XElement other => other.Value,
        _ => "",
    };

    private static string TypeName(Type type) => Nullable.GetUnderlyingType(type) is { } value ? TypeName(value)
        : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"))
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "time (`d.hh:mm:ss`)"
        : type == typeof(Uri) ? "address"
        : type.IsAssignableTo(typeof(IDictionary)) ? "names and values"
        : type.IsAssignableTo(typeof(IEnumerable)) ? "list"
        : "number";

    private static string Default(object? value) => value switch
    {
        null or "" => "none",
        bool yes => yes ? "true" : "false",
        string text => $"`{text}`",
        IEnumerable => "none",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
