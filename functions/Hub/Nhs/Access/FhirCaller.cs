using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>The caller of the FHIR endpoint.</summary>
/// <param name="Key">The key under which resources are shared with the caller: an agency id such as <c>ods:RX1</c>.</param>
/// <param name="MayWrite">Whether the caller is allowed to answer requests and register subscriptions; if not, it can only read.</param>
/// <param name="Person">The person or system named in the caller's token, or null if the hub itself reads for the caller.</param>
public sealed record FhirCaller(string Key, bool MayWrite, string? Person = null)
{
    /// <summary>An NHS body that acts for itself.</summary>
    public static FhirCaller Agency(OdsCode ods) => new(AgencyId.Of(ods).Value, MayWrite: true);
}

/// <summary>Identifies the caller from a request that has already been authenticated.</summary>
public interface IFhirCallers
{
    /// <summary>The caller, or null if the caller is unknown.</summary>
    FhirCaller? Of(HttpContext context);
}

/// <summary>Identifies an NHS body by the <c>ods</c> claim in its token.</summary>
public sealed class ClaimedFhirCallers : IFhirCallers
{
    /// <summary>The claim that contains an ODS code.</summary>
    public const string OdsClaim = "ods";

    /// <inheritdoc/>
    public FhirCaller? Of(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        && context.User.FindFirstValue(OdsClaim) is { } claim
        && OdsCode.TryParse(claim, out var ods, out _) ? FhirCaller.Agency(ods) : null;
}
