using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace IntegrationHub.Functions.Startup;

/// <summary>
/// Checks the form of given settings before they are read. .NET would read some slips without an error and give them another meaning, or
/// none: a time of 24:00:00 as 24 days, a number as any member of an enumeration, a single value for a list as an empty list.
/// </summary>
internal static partial class SettingsForm
{
    /// <summary>Checks all settings of one section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="name">The section's name, for messages.</param>
    /// <param name="options">The class into which the section is read.</param>
    /// <param name="inner">Names of sections inside this section.</param>
    /// <exception cref="RefusedStartException">A name is unknown, or a value does not have the form of its setting; the message says what is
    /// expected.</exception>
    internal static void Check(IConfigurationSection section, string name, Type options, IReadOnlyList<string> inner)
    {
        var known = SettingsReader.SettableIn(options).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var given in section.GetChildren())
        {
            if (known.TryGetValue(given.Key, out var property))
            {
                CheckOne(given, $"{name}:{property.Name}", property.PropertyType);
            }
            else if (!inner.Contains(given.Key, StringComparer.OrdinalIgnoreCase))
            {
                var names = known.Values.Select(one => one.Name).Concat(inner).Order(StringComparer.Ordinal);
                throw new RefusedStartException($"There is no setting {name}:{given.Key}. The settings of {name} are: {string.Join(", ", names)}.", null);
            }
            else if (!string.IsNullOrWhiteSpace(given.Value))
            {
                throw new RefusedStartException($"{name}:{given.Key} takes no value itself, because it is a group of settings.", null);
            }
        }
    }

    private static void CheckOne(IConfigurationSection given, string place, Type type)
    {
        if (type.IsAssignableTo(typeof(IDictionary)) || type.IsAssignableTo(typeof(IEnumerable)) && type != typeof(string))
        {
            var isNamed = type.IsAssignableTo(typeof(IDictionary));
            RefuseValue(given, isNamed ? $"{place} takes names and values: set {place}:NAME." : $"{place} takes a list: set {place}:0, then {place}:1 and so on.");
            var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];
            foreach (var one in given.GetChildren())
            {
                CheckItem(one, $"{place}:{one.Key}", item);
            }

            return;
        }

        if (given.GetChildren().Any())
        {
            throw new RefusedStartException($"{place} takes one value.", null);
        }

        var plain = Nullable.GetUnderlyingType(type);
        if (given.Value is { } value && !((plain is not null || type == typeof(Uri)) && value.Length == 0) && Expected(value, plain ?? type) is { } expected)
        {
            throw new RefusedStartException($"{place} must be {expected}.", null);
        }
    }

    private static void CheckItem(IConfigurationSection given, string place, Type type)
    {
        if (type == typeof(string) || type.IsValueType)
        {
            CheckOne(given, place, type);
            return;
        }

        RefuseValue(given, $"{place} takes no value itself. Its settings are: {string.Join(", ", SettingsReader.SettableIn(type).Select(one => one.Name).Order(StringComparer.Ordinal))}.");
        Check(given, place, type, []);
    }

    private static void RefuseValue(IConfigurationSection given, string problem)
    {
        if (!string.IsNullOrWhiteSpace(given.Value))
        {
            throw new RefusedStartException(problem, null);
        }
    }

    /// <summary>What is expected of a value of this type, or null if the value has that form. A message never repeats the value, which may
    /// contain a password.</summary>
    private static string? Expected(string value, Type type) =>
        type == typeof(bool) ? (bool.TryParse(value, out _) ? null : "true or false")
        : type == typeof(int) ? (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "a whole number")
        : type == typeof(long) ? (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "a whole number")
        : type == typeof(TimeSpan) ? (Time().IsMatch(value) ? null : "a time written d.hh:mm:ss, such as 00:30:00 for half an hour or 7.00:00:00 for seven days")
        : type == typeof(Uri) ? (Uri.TryCreate(value, UriKind.Absolute, out var address) && !(address.IsFile && !value.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            ? null : "an address that begins with its scheme, such as https://hub.example.gov.uk")
        : type.IsEnum ? (Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"one of {string.Join(", ", Enum.GetNames(type))}")
        : null;

    [GeneratedRegex(@"^-?([0-9]{1,6}\.)?([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
