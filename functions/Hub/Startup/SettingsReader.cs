using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace IntegrationHub.Functions.Startup;

/// <summary>
/// Reads one section of the settings into its options. An unknown name is refused, because otherwise a mistyped setting would silently keep
/// its default.
/// </summary>
public static class SettingsReader
{
    /// <summary>Sections within another section, by the outer section's name.</summary>
    private static readonly Dictionary<string, string[]> Inner = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Bus"] = ["Embedded"],
        ["Notices"] = ["Graph", "Notify"],
        ["Fhir"] = ["Push"],
    };

    /// <summary>The section's options.</summary>
    /// <typeparam name="T">The options; <c>Section</c> is a constant with the section's name.</typeparam>
    /// <param name="configuration">All settings.</param>
    /// <exception cref="RefusedStartException">A name is unknown, a value cannot be read, or it is outside what the option allows.</exception>
    public static T Read<T>(IConfiguration configuration)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var name = SectionOf(typeof(T));
        var section = configuration.GetSection(name);
        var options = new T();
        RefuseUnknown(section, name, typeof(T));
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException wrong)
        {
            throw new RefusedStartException($"A setting cannot be read: {wrong.Message}", wrong);
        }

        RefuseOutside(options, name);
        return options;
    }

    /// <summary>The name of the section that these options come from, for instance <c>Bus:Embedded</c>.</summary>
    /// <exception cref="ArgumentException">The type names no section.</exception>
    public static string SectionOf(Type options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
            ?? throw new ArgumentException($"{options.Name} has no constant Section.", nameof(options));
    }

    /// <summary>The properties that can be set: those with a public setter, and lists and dictionaries that are filled.</summary>
    public static IEnumerable<PropertyInfo> SettableIn(Type options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property =>
            property.SetMethod is { IsPublic: true }
            || (property.SetMethod is null && property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable))));
    }

    private static void RefuseUnknown(IConfigurationSection section, string name, Type options)
    {
        var known = SettableIn(options).Select(property => property.Name).Concat(Inner.GetValueOrDefault(name, [])).ToList();
        foreach (var given in section.GetChildren().Select(child => child.Key).Where(given => !known.Contains(given, StringComparer.OrdinalIgnoreCase)))
        {
            throw new RefusedStartException($"There is no setting {name}:{given}. The settings of {name} are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.", null);
        }
    }

    private static void RefuseOutside(object options, string name)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            throw new RefusedStartException($"{name}: {problems[0].ErrorMessage}", null);
        }
    }
}
