using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace IntegrationHub.Functions.Startup;

/// <summary>
/// Reads one section of the settings into its options. An unknown name is refused, because otherwise a mistyped setting would have its
/// default value without anybody noticing.
/// </summary>
public static class SettingsReader
{
    private const int LongestName = 30;

    /// <summary>Names of inner sections, by the name of their outer section.</summary>
    private static readonly Dictionary<string, string[]> Inner = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Bus"] = ["Embedded"],
        ["Notices"] = ["Graph", "Notify"],
        ["Fhir"] = ["Push"],
        ["Contributors"] = ["Issuers"],
    };

    /// <summary>Reads the options of one section.</summary>
    /// <typeparam name="T">The options class, whose constant <c>Section</c> is the section's name.</typeparam>
    /// <param name="configuration">All settings.</param>
    /// <exception cref="RefusedStartException">A name is unknown, or a value cannot be read or is outside the range that the option
    /// allows.</exception>
    public static T Read<T>(IConfiguration configuration)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var name = SectionOf(typeof(T));
        return Read<T>(configuration.GetSection(name), name);
    }

    /// <summary>Reads the options of each named inner section, by its name in lower case.</summary>
    /// <typeparam name="T">The options class, whose constant <c>Section</c> ends with <c>:NAME</c>, for example
    /// <c>Contributors:Issuers:NAME</c>.</typeparam>
    /// <param name="configuration">All settings.</param>
    /// <exception cref="RefusedStartException">A setting is one that <see cref="Read{T}(IConfiguration)"/> refuses, or the name of an inner
    /// section cannot be part of a web address.</exception>
    public static IReadOnlyDictionary<string, T> ReadEach<T>(IConfiguration configuration)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var names = SectionOf(typeof(T)).Split(':')[..^1];
        Check(configuration.GetSection(names[0]), names[0], typeof(object));
        var each = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(string.Join(':', names)).GetChildren())
        {
            var name = section.Key.ToLowerInvariant();
            if (name.Length > LongestName || name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            {
                throw new RefusedStartException($"{section.Path}: a name can have at most {LongestName} characters: letters, digits and hyphens.", null);
            }

            each.Add(name, Read<T>(section, section.Path));
        }

        return each;
    }

    private static T Read<T>(IConfigurationSection section, string name)
        where T : class, new()
    {
        var options = new T();
        Check(section, name, typeof(T));
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

    /// <summary>Refuses a section that a library would read, although the hub has a setting or an option of its own for it.</summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="section">The section's name.</param>
    /// <param name="instead">What to do instead.</param>
    /// <exception cref="RefusedStartException">The section is given.</exception>
    public static void Refuse(IConfiguration configuration, string section, string instead)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.GetSection(section).Exists())
        {
            throw new RefusedStartException($"{section} is not a setting of the hub. {instead}", null);
        }
    }

    /// <summary>The name of the section from which these options are read, for example <c>Bus:Embedded</c>.</summary>
    /// <exception cref="ArgumentException">The type does not have a constant with the section's name.</exception>
    public static string SectionOf(Type options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
            ?? throw new ArgumentException($"{options.Name} has no constant Section.", nameof(options));
    }

    /// <summary>
    /// The properties that can be set: those with a public setter, and lists and dictionaries to which values can be added.
    /// </summary>
    public static IEnumerable<PropertyInfo> SettableIn(Type options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property =>
            property.SetMethod is { IsPublic: true }
            || (property.SetMethod is null && property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable))));
    }

    private static void Check(IConfigurationSection section, string name, Type options) =>
        SettingsForm.Check(section, name, options, Inner.GetValueOrDefault(name, []));

    private static void RefuseOutside(object options, string name)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            throw new RefusedStartException($"{name}: {problems[0].ErrorMessage}", null);
        }

        // No setting has a meaning below zero; a limit of -1, for example, would be no limit.
        if (SettableIn(options.GetType()).FirstOrDefault(property => property.GetValue(options) is int and < 0 or long and < 0 or double and < 0 || property.GetValue(options) is TimeSpan { Ticks: < 0 }) is { } below)
        {
            throw new RefusedStartException($"{name}:{below.Name} must not be negative.", null);
        }
    }
}
