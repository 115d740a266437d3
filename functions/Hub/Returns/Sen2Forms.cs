using System.Globalization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Returns;

/// <summary>Checks that each block has the items and formats that the layout of the year requires.</summary>
internal static class Sen2Forms
{
    internal static IEnumerable<Sen2Finding> Check(Sen2File file) => file.Header.Concat(file.Persons).SelectMany(item => item.Whole()).SelectMany(item => Check(item, file.Layout));

    private static IEnumerable<Sen2Finding> Check(Sen2Item item, Sen2Layout layout)
    {
        foreach (var field in item.Block.Items)
        {
            if (item[field.Name] is not { } value)
            {
                if (field.Required)
                {
                    yield return new(item.Place, field.Name, "missing", Sen2Severity.Error, "This item is missing but is required.");
                }
            }
            else if (Problem(field, value) is var (code, words))
            {
                yield return new(item.Place, field.Name, code, Sen2Severity.Error, words);
            }
        }

        foreach (var block in layout.In(item.Block.Name))
        {
            var count = item.All(block.Name).Count();
            if (count < block.Least || count > block.Most)
            {
                yield return new(item.Place, block.Name, count < block.Least ? "too-few" : "too-many", Sen2Severity.Error, HowMany(count, block));
            }
        }
    }

    private static string HowMany(int count, Sen2Block block) => count < block.Least
        ? FormattableString.Invariant($"At least {block.Least} must be given, but there are {count}.")
        : FormattableString.Invariant($"At most {block.Most} may be given, but there are {count}.");

    private static (string Code, string Words)? Problem(Sen2Field field, string value) => field.Type switch
    {
        Sen2Type.Date when !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => ("not-a-day", "The value must be a date in the form 2026-02-09."),
        Sen2Type.Flag when value is not ("0" or "1") => ("not-a-flag", "The value must be 0 or 1."),
        Sen2Type.Integer when !value.All(char.IsAsciiDigit) => ("not-a-number", "The value must be a whole number."),
        Sen2Type.Code when !field.Codes!.Contains(value, StringComparer.Ordinal) => ("unknown-code", "The value must be one of the codes in the layout for this year."),
        Sen2Type.Council when !LocalAuthorityCode.TryParse(value, out _, out _) => ("not-a-council", "The value must be a council code of three digits."),
        Sen2Type.Upn when !Upn.TryParse(value, out _, out _) => ("wrong-upn", "The value must be a unique pupil number with the right check letter."),
        Sen2Type.Uln when !Uln.TryParse(value, out _, out _) => ("wrong-uln", "The value must be a unique learner number with the right check digit."),
        _ => null,
    };
}
