using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.SignIn;

/// <summary>Reads what a token says about a person; what is missing, doubtful or ambiguous is never guessed.</summary>
public static class TokenClaims
{
    /// <summary>Longest id of a person that is accepted; it becomes part of message ids.</summary>
    public const int LongestSubject = 200;

    /// <summary>How tokens may be signed: asymmetric only, so that a public key is never taken for a shared secret.</summary>
    internal static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>The id of the person; null where there is none, where there are several, or where it cannot be recorded.</summary>
    /// <param name="token">The claims.</param>
    /// <param name="claim">The claim that holds it.</param>
    public static string? SubjectOf(ClaimsPrincipal token, string claim) =>
        One(token, claim, out var subject) && !string.IsNullOrWhiteSpace(subject) && subject.Length <= LongestSubject
        && subject.Trim() == subject && !subject.Any(char.IsControl) ? subject : null;

    /// <summary>The one value of a claim.</summary>
    /// <param name="token">The claims.</param>
    /// <param name="claim">Which of them.</param>
    /// <param name="value">The value; null where there is none.</param>
    /// <returns>False where it has several values that differ.</returns>
    public static bool One(ClaimsPrincipal token, string claim, out string? value)
    {
        ArgumentNullException.ThrowIfNull(token);
        var values = token.FindAll(claim).Select(one => one.Value).Distinct(StringComparer.Ordinal).Take(2).ToList();
        value = values.Count == 1 ? values[0] : null;
        return values.Count < 2;
    }
}
