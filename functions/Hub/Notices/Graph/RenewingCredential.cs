using Azure.Core;

namespace IntegrationHub.Functions.Notices.Graph;

/// <summary>
/// A credential that can drop its tokens. Azure.Identity keeps a token until it expires. When Graph refuses one earlier (a secret was
/// rotated, a session revoked), only a new credential asks for a new token.
/// </summary>
public sealed class RenewingCredential(Func<TokenCredential> make) : TokenCredential
{
    private volatile TokenCredential current = make();

    /// <summary>Forgets every token.</summary>
    public void Renew() => current = make();

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        current.GetToken(requestContext, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        current.GetTokenAsync(requestContext, cancellationToken);
}
