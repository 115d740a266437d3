using System.Text.Json;

namespace IntegrationHub.Issuer;

/// <summary>Who signs in, by the claims of their token; a claim that is named several times is a list.</summary>
/// <param name="Claims">Names and values, for instance <c>sub</c>, <c>roles</c>, <c>council</c>. A value that is a JSON object or list is one in the token too.</param>
public sealed record Person(params IReadOnlyList<(string Name, string Value)> Claims)
{
    /// <summary>What the issuer tells of the person at its page of the person alone (userinfo), beside <c>sub</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> UserInfo { get; init; } = [];

    /// <summary>Codes of the roles that the service's API (as DfE Sign-in has one) gives the person; null where they may not use the service.</summary>
    public IReadOnlyList<string>? ServiceRoles { get; init; }

    /// <summary>Claims as a token holds them.</summary>
    internal static Dictionary<string, object> Read(IReadOnlyList<(string Name, string Value)> claims) =>
        claims.GroupBy(claim => claim.Name, claim => Value(claim.Value), StringComparer.Ordinal)
            .ToDictionary(values => values.Key, values => values.Count() == 1 ? values.First() : values.ToArray(), StringComparer.Ordinal);

    private static object Value(string text) => text switch
    {
        "true" => true,
        "false" => false,
        ['{' or '[', ..] => JsonSerializer.Deserialize<JsonElement>(text),
        _ => text,
    };
}

/// <summary>An application that signs people in.</summary>
/// <param name="Id">Its id: the audience of its tokens.</param>
/// <param name="Secret">Its secret; null where it has none, and then it takes the token with the sign-in itself.</param>
/// <param name="PublicKey">Its public key in PEM, RSA or EC, where it proves itself by <c>private_key_jwt</c> in place of a secret.</param>
public sealed record IssuerClient(string Id, string? Secret, string? PublicKey = null)
{
    /// <summary>Its secret for the service's API; null where it has none.</summary>
    public string? ApiSecret { get; init; }

    /// <summary>It redeems a code.</summary>
    internal bool RedeemsCode => Secret is not null || PublicKey is not null;
}

/// <summary>What is wrong with the tokens that are given; each null or false where nothing is.</summary>
public sealed record TokenFaults
{
    /// <summary>For another application.</summary>
    public string? Audience { get; init; }

    /// <summary>Of another issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>The nonce of another sign-in.</summary>
    public string? Nonce { get; init; }

    /// <summary>Signed with a key that the issuer has not published.</summary>
    public bool ForeignKey { get; init; }

    /// <summary>Over since an hour.</summary>
    public bool Expired { get; init; }

    /// <summary>Not signed at all (<c>alg</c> is <c>none</c>).</summary>
    public bool Unsigned { get; init; }

    /// <summary>There is no token, and this is the issuer's word for why: <c>access_denied</c> where the person stopped.</summary>
    public string? Error { get; init; }

    /// <summary>The service's API does not answer.</summary>
    public bool ApiIsDown { get; init; }

    /// <summary>The page of the person (userinfo) is that of somebody else.</summary>
    public string? OtherSubject { get; init; }
}
