using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.SignIn;

/// <summary>Reads a person's details from a token; missing, doubtful or ambiguous values are never guessed.</summary>
public static class TokenClaims
{
    /// <summary>Longest accepted id of a person; the id becomes part of message ids.</summary>
    public const int MaxSubjectLength = 200;

    /// <summary>Accepted signature algorithms. All these algorithms are asymmetric, so that a public key is never used as a shared
    /// secret.</summary>
    internal static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>The id of the person, or null if the token has no id, several ids, or an id that cannot be recorded.</summary>
    /// <param name="token">The claims of the token.</param>
    /// <param name="claim">The claim with the id.</param>
    public static string? SubjectOf(ClaimsPrincipal token, string claim) =>
        One(token, claim, out var subject) && !string.IsNullOrWhiteSpace(subject) && subject.Length <= MaxSubjectLength
        && subject.Trim() == subject && !subject.Any(char.IsControl) ? subject : null;

    /// <summary>Reads a claim that must have only one value.</summary>
    /// <param name="token">The claims of the token.</param>
    /// <param name="claim">Name of the claim.</param>
    /// <param name="value">The value, or null if the claim has no value or has several values.</param>
    /// <returns>False if the claim has several different values.</returns>
    public static bool One(ClaimsPrincipal token, string claim, out string? value)
    {
        ArgumentNullException.ThrowIfNull(token);
        var values = token.FindAll(claim).Select(one => one.Value).Distinct(StringComparer.Ordinal).Take(2).ToList();
        value = values.Count == 1 ? values[0] : null;
        return values.Count < 2;
    }
}
