using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.SignIn;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Officers;

/// <summary>An officer who uses the workspace.</summary>
/// <param name="Subject">Stable id of the officer, recorded with every action and every access.</param>
/// <param name="Roles">The officer's roles; at least one.</param>
/// <param name="Council">The only council whose cases the officer can see.</param>
/// <param name="Development">Whether the officer used the development sign-in.</param>
public sealed record Officer(string Subject, IReadOnlyList<OfficerRole> Roles, LocalAuthorityCode Council, bool Development)
{
    internal const string SubjectClaim = "workspace.subject";
    internal const string RoleClaim = "workspace.role";
    internal const string CouncilClaim = "workspace.council";
    internal const string DevelopmentClaim = "workspace.development";

    /// <summary>The officer's roles in words.</summary>
    public string RoleNames => string.Join(", ", Roles.Select(OfficerRoles.Name));

    /// <summary>The officer whom a cookie identifies, or null if the cookie does not contain all the details.</summary>
    public static Officer? Of(ClaimsPrincipal user)
    {
        var roles = user.FindAll(RoleClaim).Select(claim => OfficerRoles.Find(claim.Value)).OfType<OfficerRole>().Distinct().ToList();
        return user.FindFirst(SubjectClaim)?.Value is { } subject && roles.Count > 0
            && LocalAuthorityCode.TryParse(user.FindFirst(CouncilClaim)?.Value, out var council, out _)
            ? new Officer(subject, roles, council, user.HasClaim(claim => claim.Type == DevelopmentClaim))
            : null;
    }

    /// <summary>The officer named by a token of the issuer, which must give an id, a role and one council.</summary>
    internal static Admission OfToken(ClaimsPrincipal token, WorkspaceOptions options)
    {
        if (TokenClaims.SubjectOf(token, options.SubjectClaim) is not { } subject)
        {
            return Admission.Refused(SignInFault.Person);
        }

        var roles = token.FindAll(options.RoleClaim)
            .Select(claim => OfficerRoles.Find(options.Roles.GetValueOrDefault(claim.Value, claim.Value))).OfType<OfficerRole>().Distinct().ToList();
        return roles.Count == 0 ? Admission.Refused(SignInFault.Role)
            : !TokenClaims.One(token, options.CouncilClaim, out var code) || !LocalAuthorityCode.TryParse(code, out var council, out _) ? Admission.Refused(SignInFault.Council)
            : Admission.Of(new Officer(subject, roles, council, Development: false).ToPrincipal(OfficerSignIn.Use.Scheme));
    }

    /// <summary>Whether the officer is allowed to see a case.</summary>
    public bool MaySee(AssessmentId assessment) => assessment.Council == Council;

    /// <summary>The officer as the actor who takes a step in a case.</summary>
    public Actor ToActor(string? onBehalfOf) => new() { Role = ActorRole.CouncilOfficer, Id = Subject, OnBehalfOf = onBehalfOf };

    /// <summary>The claims that a cookie carries, which include neither a name nor an address.</summary>
    internal ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity([new Claim(SubjectClaim, Subject), new Claim(CouncilClaim, Council.Value)], scheme);
        identity.AddClaims(Roles.Select(role => new Claim(RoleClaim, OfficerRoles.Name(role))));
        if (Development)
        {
            identity.AddClaim(new Claim(DevelopmentClaim, "yes"));
        }

        return new ClaimsPrincipal(identity);
    }
}
