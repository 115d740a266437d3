using Azure.Core;

namespace IntegrationHub.Functions.Notices.Graph;

/// <summary>
/// A credential that can discard its tokens. Azure.Identity reuses a token until the token expires. If Graph refuses a token earlier
/// (because a secret was rotated or a session revoked), only a new credential asks for a new token.
/// </summary>
public sealed class RenewingCredential(Func<TokenCredential> make) : TokenCredential
{
    private volatile TokenCredential current = make();

    /// <summary>Discards every token.</summary>
    public void Renew() => current = make();

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        current.GetToken(requestContext, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        current.GetTokenAsync(requestContext, cancellationToken);
}
