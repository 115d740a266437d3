using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Monitoring.Viewing;

/// <summary>A person who uses the monitor.</summary>
/// <param name="Subject">Stable id of the person, recorded with every action.</param>
/// <param name="IsOperator">Whether the person is allowed to change anything in the monitor.</param>
/// <param name="Council">The only council whose cases the person is allowed to see, or null for all councils.</param>
/// <param name="Development">Whether the person used the development sign-in.</param>
public sealed record Viewer(string Subject, bool IsOperator, LocalAuthorityCode? Council, bool Development)
{
    internal const string SubjectClaim = "monitor.subject";
    internal const string RoleClaim = "monitor.role";
    internal const string CouncilClaim = "monitor.council";
    internal const string DevelopmentClaim = "monitor.development";

    /// <summary>The viewer whose details a cookie contains, or null if there is none.</summary>
    public static Viewer? Of(ClaimsPrincipal user)
    {
        var role = user.FindFirst(RoleClaim)?.Value is { } name ? RoleNames.Find(name) : null;
        if (user.FindFirst(SubjectClaim)?.Value is not { } subject || role is not (CallerRole.Operator or CallerRole.OperationsReader))
        {
            return null;
        }

        LocalAuthorityCode? council = null;
        if (user.FindFirst(CouncilClaim)?.Value is { } code)
        {
            if (!LocalAuthorityCode.TryParse(code, out var limited, out _))
            {
                // If the claim that limits the viewer cannot be read, the viewer must not see everything.
                return null;
            }

            council = limited;
        }

        return new Viewer(subject, role == CallerRole.Operator, council, user.HasClaim(c => c.Type == DevelopmentClaim));
    }

    /// <summary>The viewer named in a token of the issuer. The token must contain an id and a role, and at most one council.</summary>
    internal static Admission OfToken(ClaimsPrincipal token, MonitorOptions options, string scheme)
    {
        // The role must match exactly what the issuer gives, including upper and lower case.
        var roles = token.FindAll(options.RoleClaim).Select(claim => claim.Value).ToList();
        var isOperator = roles.Contains(RoleNames.Of(CallerRole.Operator), StringComparer.Ordinal);
        LocalAuthorityCode council = default;
        return TokenClaims.SubjectOf(token, options.SubjectClaim) is not { } subject ? Admission.Refused(SignInFault.Person)
            : !isOperator && !roles.Contains(RoleNames.Of(CallerRole.OperationsReader), StringComparer.Ordinal) ? Admission.Refused(SignInFault.Role)
            : !TokenClaims.One(token, options.CouncilClaim, out var code) || (code is not null && !LocalAuthorityCode.TryParse(code, out council, out _))
            ? Admission.Refused(SignInFault.Council)
            : Admission.Of(new Viewer(subject, isOperator, code is null ? null : council, false).ToPrincipal(scheme));
    }

    /// <summary>The claims about the viewer, to be stored in a cookie.</summary>
    internal ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(
            [new Claim(SubjectClaim, Subject), new Claim(RoleClaim, RoleNames.Of(IsOperator ? CallerRole.Operator : CallerRole.OperationsReader))], scheme);
        if (Council is { } council)
        {
            identity.AddClaim(new Claim(CouncilClaim, council.Value));
        }

        if (Development)
        {
            identity.AddClaim(new Claim(DevelopmentClaim, "yes"));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>Whether the viewer is allowed to see a case.</summary>
    public bool Sees(AssessmentId assessment) => Council is not { } only || assessment.Council == only;
}
