using System.CommandLine;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;

namespace IntegrationHub.Local.Commands;

/// <summary><c>token</c>: prints a development token for one role, signed with the key in the data directory.</summary>
internal static class TokenCommand
{
    internal static Command Make()
    {
        var role = new Argument<string>("role") { Description = $"Role of the caller: one of {string.Join(", ", Enum.GetValues<CallerRole>().Select(RoleNames.Of))}." };
        var council = new Option<string?>("--council") { Description = "Code of the council. Required for an officer, optional for operations staff.", HelpName = "CODE" };
        var agency = new Option<string?>("--agency") { Description = "Id of the agency, for example ods:RX1, urn:100001 or la:330/social-care.", HelpName = "ID" };
        var assessment = new Option<string?>("--assessment") { Description = "Id of the assessment, for a family's token.", HelpName = "ID" };
        var subject = new Option<string?>("--subject") { Description = "Subject of the token: the user or system that it identifies.", HelpName = "TEXT" };
        var hours = new Option<double>("--hours") { Description = "Number of hours for which the token is valid.", DefaultValueFactory = _ => 12 };
        var data = CommonOptions.Data();
        var command = new Command("token", "Print a development token.") { role, council, agency, assessment, subject, hours, data };
        command.SetAction(parsed =>
        {
            if (RoleNames.Find(parsed.GetRequiredValue(role)) is not { } known)
            {
                return Wrong($"--role must be the name of a role. Use one of {string.Join(", ", Enum.GetValues<CallerRole>().Select(RoleNames.Of))}.");
            }

            if (!TryRead<LocalAuthorityCode>(parsed.GetValue(council), "--council", out var code)
                || !TryRead<AgencyId>(parsed.GetValue(agency), "--agency", out var asked)
                || !TryRead<AssessmentId>(parsed.GetValue(assessment), "--assessment", out var own))
            {
                return Exit.WrongCall;
            }

            if (parsed.GetValue(hours) is not (> 0 and <= 24 * 366))
            {
                return Wrong("--hours must be more than 0 and not more than a year.");
            }

            try
            {
                var issuer = TokenIssuer.Open(parsed.GetRequiredValue(data).FullName, new AccessOptions(), TimeProvider.System);
                Console.WriteLine(issuer.Issue(new TokenRequest(known, parsed.GetValue(subject), code, asked, own), TimeSpan.FromHours(parsed.GetValue(hours))));
                return Exit.Done;
            }
            catch (ArgumentException missing)
            {
                // The exception's message includes the name of a parameter in the code, which means nothing to the user.
                return Wrong(missing.Message.Split(" (Parameter", 2)[0]);
            }
        });
        return command;
    }

    private static bool TryRead<T>(string? text, string option, out T? value)
        where T : struct, IIdentifier<T>
    {
        value = null;
        if (text is null)
        {
            return true;
        }

        if (T.TryParse(text, out var read, out var problem))
        {
            value = read;
            return true;
        }

        Wrong($"{option}: {problem}");
        return false;
    }

    private static int Wrong(string message)
    {
        Console.Error.WriteLine(message);
        return Exit.WrongCall;
    }
}
