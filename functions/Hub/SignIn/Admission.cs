using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.SignIn;

/// <summary>Why somebody was not signed in.</summary>
public enum SignInFault
{
    /// <summary>The account has no usable id, or has two.</summary>
    Person,

    /// <summary>The account has no role here.</summary>
    Role,

    /// <summary>The account names no council where it must, more than one, or one that cannot be read.</summary>
    Council,

    /// <summary>The account names no organisation that this hub asks for advice.</summary>
    Organisation,

    /// <summary>The organisation is asked in another way: it answers from its own system.</summary>
    OwnSystem,

    /// <summary>They signed in without the second factor, or the check of who they are, that these pages need.</summary>
    Level,

    /// <summary>The account has no e-mail address that its issuer has checked.</summary>
    Mail,

    /// <summary>The issuer says that they cancelled, or may not use this service.</summary>
    Stopped,

    /// <summary>The issuer's answer cannot be accepted.</summary>
    Answer,

    /// <summary>The issuer does not answer.</summary>
    Unreachable,
}

/// <summary>Whether a token lets somebody in.</summary>
/// <param name="Person">What the cookie holds about them; null where they are not let in.</param>
/// <param name="Fault">Why not.</param>
/// <param name="About">The organisation that the token names, where that is what is wrong; no personal data.</param>
public sealed record Admission(ClaimsPrincipal? Person, SignInFault Fault, string? About = null)
{
    /// <summary>Somebody who is let in.</summary>
    public static Admission Of(ClaimsPrincipal person) => new(person, default);

    /// <summary>Somebody who is not.</summary>
    public static Admission Refused(SignInFault fault, string? about = null) => new(null, fault, about);
}

/// <summary>A refused sign-in, in words for the person.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Text">What is wrong and whom to ask.</param>
/// <param name="Again">Where they may sign in again.</param>
public sealed record SignInRefusal(SignInFault Fault, int Status, string Title, string Text, string Again)
{
    private const string NotHere = "You may not sign in here";
    private const string NotIn = "You were not signed in";

    /// <summary>The refusal of a fault.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="about">The organisation that the token names, where that is what is wrong.</param>
    /// <param name="again">Where they may sign in again.</param>
    public static SignInRefusal Of(SignInFault fault, string? about, string again)
    {
        var (status, title, text) = fault switch
        {
            SignInFault.Person => (StatusCodes.Status403Forbidden, NotHere,
                "Your account has no usable id, so what you do here could not be recorded as yours. Ask the person who manages your organisation's accounts."),
            SignInFault.Role => (StatusCodes.Status403Forbidden, NotHere,
                "Your account has no role that opens these pages. Ask the person who assigns roles in your organisation."),
            SignInFault.Council => (StatusCodes.Status403Forbidden, NotHere,
                "Your account must name the one council that you work for. It names none, more than one, or one that cannot be read. Ask the person who manages your organisation's accounts."),
            SignInFault.Organisation when about is null => (StatusCodes.Status403Forbidden, NotHere,
                "Your account does not say which one organisation you work for. If you work for several, choose one of them when you sign in. Otherwise ask the person who manages your organisation's accounts."),
            SignInFault.Organisation => (StatusCodes.Status403Forbidden, "Your organisation is not in the directory",
                $"You signed in for {about}. No council that uses this service has it in its directory of organisations, so there is nothing to show you. Ask the special educational needs team of the council that wrote to you to add it."),
            SignInFault.OwnSystem => (StatusCodes.Status403Forbidden, "Your organisation answers from its own system",
                $"The councils send their requests to {about} straight into its own system, so they are read and answered there and not on these pages."),
            SignInFault.Level => (StatusCodes.Status403Forbidden, NotHere,
                "These pages need a stronger sign-in than the one you used. Sign in again with a second factor: a smartcard, a passkey, an app or a code sent to you."),
            SignInFault.Mail => (StatusCodes.Status403Forbidden, NotHere,
                "Your account has no confirmed e-mail address. Confirm it where you have your account, then sign in again; or use the link that the council sent you."),
            SignInFault.Stopped => (StatusCodes.Status403Forbidden, NotIn,
                "The sign-in service says that you cancelled, or that your account may not use this service. Nobody was signed in."),
            SignInFault.Unreachable => (StatusCodes.Status503ServiceUnavailable, NotIn,
                "Your organisation's sign-in service is not answering. Try again in a few minutes."),
            _ => (StatusCodes.Status400BadRequest, NotIn,
                "The answer of the sign-in service could not be accepted: it was too late, was meant for somebody else, or belongs to a sign-in that did not begin in this browser. Nobody was signed in. If it happens again, tell the people who run this service."),
        };
        return new SignInRefusal(fault, status, title, text, again);
    }
}
