using System.CommandLine;
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

    private static Uri Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("--url must be an http or https address.");
        return new Uri("http://localhost");
    }
}
