using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;

namespace IntegrationHub.Functions.Monitoring.Viewing;

/// <summary>Who looks at the monitor.</summary>
/// <param name="Subject">Stable id; goes on record with every action.</param>
/// <param name="IsOperator">May act.</param>
/// <param name="Council">The only council they see; null for all.</param>
/// <param name="Development">Came by the development sign-in.</param>
public sealed record Viewer(string Subject, bool IsOperator, LocalAuthorityCode? Council, bool Development)
{
    internal const string SubjectClaim = "monitor.subject";
    internal const string RoleClaim = "monitor.role";
    internal const string CouncilClaim = "monitor.council";
    internal const string DevelopmentClaim = "monitor.development";

    /// <summary>The viewer that a cookie carries; null where it carries none.</summary>
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
                // A limit that cannot be read must not become no limit.
                return null;
            }

            council = limited;
        }

        return new Viewer(subject, role == CallerRole.Operator, council, user.HasClaim(c => c.Type == DevelopmentClaim));
    }

    /// <summary>The claims that a cookie carries.</summary>
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

    /// <summary>Whether they may see a case.</summary>
    public bool Sees(AssessmentId assessment) => Council is not { } only || assessment.Council == only;
}
