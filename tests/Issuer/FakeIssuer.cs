using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Issuer;

/// <summary>
/// An OpenID Connect issuer on this machine: signs everybody in as the person that was put ready, and asks for no password. It checks of an
/// application what a real one checks: its id, its secret, the address it comes back to, the challenge; a code is good once.
/// </summary>
public sealed class FakeIssuer : IAsyncDisposable
{
    private const string KeyId = "1";

    // A key takes longer to make than most tests take, so all issuers of a process sign with the same two.
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly Lazy<RSA> Foreign = new(() => RSA.Create(2048));

    private readonly WebApplication app;
    private readonly IReadOnlyList<IssuerClient> clients;
    private readonly ConcurrentDictionary<string, (SignInAsked Asked, string Token)> codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Person> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SignInAsked> asked = [];

    private FakeIssuer(IReadOnlyList<IssuerClient> clients, int port)
    {
        this.clients = clients;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", Configuration);
        app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        app.MapGet("/authorize", (HttpContext http) => SignIn(http.Request.Query));
        app.MapPost("/token", (HttpContext http, CancellationToken cancellationToken) => RedeemAsync(http, cancellationToken));
        app.MapGet("/userinfo", UserInfo);
        app.MapGet("/services/{client}/organisations/{organisation}/users/{user}", (HttpContext http, string client, string organisation, string user) =>
            ServiceApi.Answer(http, client, organisation, user, clients, Person, Faults));
    }

    /// <summary>Who signs in next.</summary>
    public Person Person { get; set; } = new();

    /// <summary>What is wrong with the next tokens.</summary>
    public TokenFaults Faults { get; set; } = new();

    /// <summary>Its name: the <c>iss</c> of its tokens, and the setting <c>Authority</c>.</summary>
    public string Name => app.Urls.First().TrimEnd('/');

    /// <summary>How the last sign-in asked that people prove who they are: <c>acr_values</c> or <c>vtr</c>.</summary>
    public string? LevelAsked => asked.LastOrDefault()?.Level;

    /// <summary>The nonces with which sign-ins were asked for, the first one first.</summary>
    public IReadOnlyList<string?> Nonces => [.. asked.Select(one => one.Nonce)];

    /// <summary>Starts one.</summary>
    /// <param name="clients">The applications that it knows.</param>
    /// <param name="port">Its port; 0 for a free one.</param>
    public static async Task<FakeIssuer> StartAsync(IReadOnlyList<IssuerClient> clients, int port = 0)
    {
        var issuer = new FakeIssuer(clients, port);
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>A token, without a sign-in: for callers of an API.</summary>
    public string Token(string audience, Person person, string? nonce = null)
    {
        ArgumentNullException.ThrowIfNull(person);
        var claims = Person.Read(person.Claims);
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        var now = DateTime.UtcNow.AddHours(Faults.Expired ? -2 : 0);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Faults.Issuer ?? Name,
            Audience = Faults.Audience ?? audience,
            IssuedAt = now,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddHours(1),
            Claims = claims,
            SigningCredentials = Faults.Unsigned ? null : new SigningCredentials(new RsaSecurityKey(Faults.ForeignKey ? Foreign.Value : Key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>Until the process is asked to end.</summary>
    public Task EndedAsync() => app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Dictionary<string, object> Configuration() => new()
    {
        ["issuer"] = Name,
        ["authorization_endpoint"] = $"{Name}/authorize",
        ["token_endpoint"] = $"{Name}/token",
        ["userinfo_endpoint"] = $"{Name}/userinfo",
        ["jwks_uri"] = $"{Name}/keys",
        ["response_types_supported"] = new[] { "code", "id_token" },
        ["response_modes_supported"] = new[] { "form_post", "query" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        ["code_challenge_methods_supported"] = new[] { "S256" },
    };

    private IResult SignIn(IQueryCollection query)
    {
        var (request, problem) = SignInAsked.Read(query, clients);
        if (request is null)
        {
            return Results.BadRequest(problem);
        }

        asked.Enqueue(request);
        var answer = new Dictionary<string, string?> { ["state"] = request.State };
        if (Faults.Error is { } error)
        {
            (answer["error"], answer["error_description"]) = (error, $"The account {Person.Claims.FirstOrDefault(claim => claim.Name == "sub").Value} cannot sign in.");
        }
        else if (request.ResponseType == "code")
        {
            var code = Secret();
            codes[code] = (request, Token(request.Client.Id, Person, Faults.Nonce ?? request.Nonce));
            answer["code"] = code;
        }
        else
        {
            answer["id_token"] = Token(request.Client.Id, Person, Faults.Nonce ?? request.Nonce);
        }

        return request.ResponseType == "code" && request.ResponseMode is "" or "query"
            ? Results.Redirect($"{request.RedirectUri}?{string.Join("&", answer.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value ?? "")}"))}")
            : Results.Content(Form(request.RedirectUri, answer), "text/html; charset=utf-8");
    }

    private async Task<IResult> RedeemAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (http.Request.Headers.UserAgent.Count == 0)
        {
            // As GOV.UK One Login does.
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (form["grant_type"] != "authorization_code" || !codes.TryRemove(form["code"].ToString(), out var kept) || !await kept.Asked.MayRedeemAsync(form, $"{Name}/token"))
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var access = Secret();
        sessions[access] = Person;
        return Results.Json(new { id_token = kept.Token, access_token = access, token_type = "Bearer", expires_in = 3600 });
    }

    private IResult UserInfo(HttpContext http)
    {
        if (http.Request.Headers.Authorization.ToString().Split(' ') is not ["Bearer", var access] || !sessions.TryGetValue(access, out var person))
        {
            return Results.Unauthorized();
        }

        var claims = Person.Read(person.UserInfo);
        claims["sub"] = Faults.OtherSubject ?? person.Claims.First(claim => claim.Name == "sub").Value;
        return Results.Json(claims);
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The form that a browser sends at once (OAuth 2.0 Form Post Response Mode).</summary>
    private static string Form(string to, Dictionary<string, string?> fields) =>
        $"""
        <!doctype html><title>Signing in</title><body onload="document.forms[0].submit()">
        <form method="post" action="{WebUtility.HtmlEncode(to)}">{string.Concat(fields.Select(field => $"""<input type="hidden" name="{field.Key}" value="{WebUtility.HtmlEncode(field.Value)}">"""))}
        <noscript><button>Continue</button></noscript></form></body>
        """;

    private Dictionary<string, string> PublicKey()
    {
        var parameters = Key.ExportParameters(false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = KeyId,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus!),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent!),
        };
    }
}
