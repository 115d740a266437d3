using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Access;

/// <summary>Makes a <see cref="Caller"/> from a validated token. A missing claim is reported; the hub never guesses its value.</summary>
public static class CallerReading
{
    /// <summary>
    /// Reads the caller from the token. If the result is null, <paramref name="problem"/> says what the token lacks, without repeating the
    /// token's values.
    /// </summary>
    public static Caller? Read(ClaimsPrincipal token, AccessOptions options, out string problem)
    {
        if (TokenClaims.SubjectOf(token, options.SubjectClaim) is not { } subject)
        {
            problem = $"The token has no usable claim '{options.SubjectClaim}'.";
            return null;
        }

        var roles = token.FindAll(options.RoleClaim)
            .Select(c => RoleNames.Find(options.Roles.GetValueOrDefault(c.Value, c.Value)))
            .OfType<CallerRole>().Distinct().ToList();
        if (roles.Count != 1)
        {
            // With two roles it would be unclear what the caller is allowed to see.
            problem = roles.Count == 0 ? "The token carries no role of this hub." : "The token carries more than one role of this hub.";
            return null;
        }

        var client = token.FindFirst(options.ClientClaim)?.Value;
        var binding = client is null ? null : options.Bindings.GetValueOrDefault(client);
        if (!TryBound<LocalAuthorityCode>(token, options.CouncilClaim, binding?.Council, out var council, out problem)
            || !TryBound<AgencyId>(token, options.AgencyClaim, binding?.Agency, out var agency, out problem)
            || !TryBound<AssessmentId>(token, options.AssessmentClaim, null, out var assessment, out problem))
        {
            return null;
        }

        problem = roles[0] switch
        {
            CallerRole.CouncilOfficer when council is null => $"An officer's token needs the claim '{options.CouncilClaim}'.",
            CallerRole.EventsReader when council is null => $"An events reader's token needs the claim '{options.CouncilClaim}'.",
            CallerRole.Agency when agency is null => $"An agency's token needs the claim '{options.AgencyClaim}'.",
            CallerRole.Family when assessment is null => $"A family's token needs the claim '{options.AssessmentClaim}'.",
            _ => "",
        };

        return problem.Length > 0 ? null : new Caller
        {
            Role = roles[0],
            Subject = subject,
            Council = roles[0] is CallerRole.Agency or CallerRole.Family ? null : council,
            Agency = roles[0] == CallerRole.Agency ? agency : null,
            Assessment = roles[0] == CallerRole.Family ? assessment : null,
        };
    }

    private static bool TryBound<T>(ClaimsPrincipal token, string claim, string? bound, out T? value, out string problem)
        where T : struct, IIdentifier<T>
    {
        value = null;
        problem = "";
        foreach (var text in token.FindAll(claim).Select(c => c.Value).Append(bound).OfType<string>())
        {
            if (!T.TryParse(text, out var parsed, out var why))
            {
                problem = $"The claim '{claim}' is not valid: {why}";
                return false;
            }

            if (value is { } before && !before.Equals(parsed))
            {
                problem = $"The claim '{claim}' has more than one value.";
                return false;
            }

            value = parsed;
        }

        return true;
    }
}
