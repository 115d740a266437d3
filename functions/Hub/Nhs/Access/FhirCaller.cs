using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>Who calls the FHIR endpoint.</summary>
/// <param name="Key">The key under which resources are shared with it: an agency id such as <c>ods:RX1</c>.</param>
/// <param name="MayWrite">It may answer requests and register subscriptions; otherwise it only reads.</param>
/// <param name="Person">The person or system that its token names; null where the hub itself reads for it.</param>
public sealed record FhirCaller(string Key, bool MayWrite, string? Person = null)
{
    /// <summary>An NHS body that takes part as itself.</summary>
    public static FhirCaller Agency(OdsCode ods) => new(AgencyId.Of(ods).Value, MayWrite: true);
}

/// <summary>Identifies the caller from a request that has already been authenticated.</summary>
public interface IFhirCallers
{
    /// <summary>The caller; null when the caller is unknown.</summary>
    FhirCaller? Of(HttpContext context);
}

/// <summary>Identifies an NHS body by the claim <c>ods</c> of its token.</summary>
public sealed class ClaimedFhirCallers : IFhirCallers
{
    /// <summary>The claim that carries an ODS code.</summary>
    public const string OdsClaim = "ods";

    /// <inheritdoc/>
    public FhirCaller? Of(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        && context.User.FindFirstValue(OdsClaim) is { } claim
        && OdsCode.TryParse(claim, out var ods, out _) ? FhirCaller.Agency(ods) : null;
}
