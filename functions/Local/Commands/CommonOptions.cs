using System.CommandLine;
using System.Globalization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Local.Commands;

/// <summary>Options shared by several commands.</summary>
internal static class CommonOptions
{
    internal static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "Directory in which the hub stores all its data.",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
        HelpName = "DIR",
    };

    /// <summary>The council that a command works for. Anything other than a council's code is refused.</summary>
    /// <param name="description">The option's text in the help of the command, which says which council is meant.</param>
    internal static Option<LocalAuthorityCode> Council(string description) => new("--council")
    {
        Description = description,
        Required = true,
        HelpName = "CODE",
        CustomParser = CouncilIn,
    };

    /// <summary>The council to which a command is limited, if one is given.</summary>
    /// <param name="description">The option's text in the help of the command, which says what is limited to the council.</param>
    internal static Option<LocalAuthorityCode?> CouncilIfGiven(string description) =>
        new("--council") { Description = description, HelpName = "CODE", CustomParser = result => CouncilIn(result) };

    private static LocalAuthorityCode CouncilIn(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (!LocalAuthorityCode.TryParse(result.Tokens.Single().Value, out var code, out var problem))
        {
            result.AddError($"--council: {problem}");
        }

        return code;
    }

    /// <summary>A day that must be given.</summary>
    internal static Option<DateOnly> Day(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "YYYY-MM-DD", CustomParser = DayIn };

    /// <summary>A day that may be left out.</summary>
    internal static Option<DateOnly?> DayIfGiven(string name, string description) =>
        new(name) { Description = description, HelpName = "YYYY-MM-DD", CustomParser = result => DayIn(result) };

    // In any other form, 03/01/2027 would be read as the first of March.
    private static DateOnly DayIn(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (!DateOnly.TryParseExact(result.Tokens.Single().Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            result.AddError($"{((System.CommandLine.Parsing.OptionResult)result.Parent!).Option.Name} must be a date, for example 2026-03-03.");
        }

        return day;
    }

    /// <summary>The file arguments of a command that name a folder. Opening a folder as a file fails with a message about permissions, which
    /// would lead people to the wrong cause.</summary>
    internal static IEnumerable<string> FoldersForFiles(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;

        // A required file is missing if only help is asked for.
        var files = command.Arguments.OfType<Argument<FileInfo>>().Where(one => parsed.GetResult(one) is { Tokens.Count: > 0 }).Select(one => (one.Name, File: parsed.GetValue(one)))
            .Concat(command.Options.OfType<Option<FileInfo>>().Where(one => parsed.GetResult(one) is { Tokens.Count: > 0 }).Select(one => (one.Name, File: parsed.GetValue(one))));
        return files.Where(one => one.File is not null && Directory.Exists(one.File.FullName)).Select(one => $"{one.Name}: {one.File!.FullName} is a folder, not a file.");
    }

    /// <summary>A text that is recorded. Only a text that says something is accepted.</summary>
    internal static Option<string> Recorded(string name, string description, string helpName, string? otherwise = null)
    {
        var option = new Option<string>(name) { Description = description, Required = otherwise is null, HelpName = helpName };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && string.IsNullOrWhiteSpace(given))
            {
                result.AddError($"{name} must not be empty, because it is recorded.");
            }
        });
        return option;
    }

    internal static Option<bool> Json() => new("--json") { Description = "Answer in JSON." };

    internal static Option<Uri> Url() => new("--url")
    {
        Description = "Address of the running hub.",
        DefaultValueFactory = _ => new Uri("http://localhost:7071"),
        CustomParser = result => Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : Wrong(result),
        HelpName = "URL",
    };

    /// <summary>The address of an Azure service, which is an https address.</summary>
    internal static Option<Uri?> AzureAddress(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result =>
        {
            if (!Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            {
                result.AddError($"{name} must be an https address.");
            }

            return address;
        },
    };

    private static Uri Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("--url must be an http or https address.");
        return new Uri("http://localhost");
    }
}
