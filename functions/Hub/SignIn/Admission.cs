using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.SignIn;

/// <summary>Why somebody was not signed in.</summary>
public enum SignInFault
{
    /// <summary>The account does not have a usable id, or has two ids.</summary>
    Person,

    /// <summary>The account does not have a role that is allowed to open these pages.</summary>
    Role,

    /// <summary>The account must name one council, but it names none, several, or one whose code is not valid.</summary>
    Council,

    /// <summary>The account names no organisation that this hub asks for advice.</summary>
    Organisation,

    /// <summary>The person's organisation receives requests in its own system and must answer there.</summary>
    OwnSystem,

    /// <summary>The person signed in without the second factor or the identity check that these pages need.</summary>
    Level,

    /// <summary>The account has no e-mail address that its issuer has checked.</summary>
    Mail,

    /// <summary>The issuer reports that the person cancelled, or is not allowed to use this service.</summary>
    Stopped,

    /// <summary>The hub cannot accept the issuer's answer.</summary>
    Answer,

    /// <summary>The issuer does not answer.</summary>
    Unreachable,
}

/// <summary>The decision whether to let somebody in with a token.</summary>
/// <param name="Person">The content of the person's cookie, or null if the person is not allowed in.</param>
/// <param name="Fault">Reason for a refusal.</param>
/// <param name="About">The organisation named in the token, if it is the reason for the refusal; no personal data.</param>
public sealed record Admission(ClaimsPrincipal? Person, SignInFault Fault, string? About = null)
{
    /// <summary>Creates the decision to let the person in.</summary>
    public static Admission Of(ClaimsPrincipal person) => new(person, default);

    /// <summary>Creates the decision to refuse the person.</summary>
    public static Admission Refused(SignInFault fault, string? about = null) => new(null, fault, about);
}

/// <summary>A refused sign-in, as it is shown to the person.</summary>
/// <param name="Fault">Reason for the refusal.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Text">The problem, and whom to ask.</param>
/// <param name="Again">Address at which the person can sign in again.</param>
public sealed record SignInRefusal(SignInFault Fault, int Status, string Title, string Text, string Again)
{
    private const string NotHere = "You are not allowed to sign in here";
    private const string NotIn = "You were not signed in";

    /// <summary>Creates the refusal for a fault.</summary>
    /// <param name="fault">Reason for the refusal.</param>
    /// <param name="about">The organisation named in the token, if it is the reason for the refusal.</param>
    /// <param name="again">Address at which the person can sign in again.</param>
    public static SignInRefusal Of(SignInFault fault, string? about, string again)
    {
        var (status, title, text) = fault switch
        {
            SignInFault.Person => (StatusCodes.Status403Forbidden, NotHere,
                "Your account has no id that we can use to record what you do here. Ask the person who manages your organisation's accounts."),
            SignInFault.Role => (StatusCodes.Status403Forbidden, NotHere,
                "Your account does not have a role that is allowed to open these pages. Ask the person who assigns roles in your organisation."),
            SignInFault.Council => (StatusCodes.Status403Forbidden, NotHere,
                "Your account must name one council that you work for. At present your account names no council, several councils, or a council whose code is not valid. Ask the person who manages your organisation's accounts."),
            SignInFault.Organisation when about is null => (StatusCodes.Status403Forbidden, NotHere,
                "Your account must name exactly one organisation that you work for. If you work for several organisations, choose one when you sign in. Otherwise ask the person who manages your organisation's accounts."),
            SignInFault.Organisation => (StatusCodes.Status403Forbidden, "Your organisation is not in the directory",
                $"You signed in on behalf of {about}. No council that uses this service lists this organisation in its directory, so there is nothing to show you. Ask the special educational needs team of the council that wrote to you to add your organisation."),
            SignInFault.OwnSystem => (StatusCodes.Status403Forbidden, "Your organisation uses its own system",
                $"Councils send their requests for {about} to that organisation's own system. Read and answer the requests in that system, not on these pages."),
            SignInFault.Level => (StatusCodes.Status403Forbidden, NotHere,
                "These pages need a stronger sign-in than the one you used. Sign in again with a second factor: a smartcard, a passkey, an app or a code sent to you."),
            SignInFault.Mail => (StatusCodes.Status403Forbidden, NotHere,
                "Your account has no confirmed e-mail address. Confirm your e-mail address with your account's provider and sign in again, or use the link that the council sent you."),
            SignInFault.Stopped => (StatusCodes.Status403Forbidden, NotIn,
                "The sign-in service reports that you cancelled, or that your account is not allowed to use this service."),
            SignInFault.Unreachable => (StatusCodes.Status503ServiceUnavailable, NotIn,
                "Your organisation's sign-in service is not answering. Try again in a few minutes."),
            _ => (StatusCodes.Status400BadRequest, NotIn,
                "The answer from the sign-in service could not be accepted. The answer came too late, was meant for somebody else, or belongs to a sign-in that was started in another browser. If this happens again, tell the people who run this service."),
        };
        return new SignInRefusal(fault, status, title, text, again);
    }
}
