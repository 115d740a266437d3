using IntegrationHub.Functions.Visiting.Opening;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>One request from a browser to the pages that a link opens.</summary>
/// <typeparam name="T">The type of page that the link opens.</typeparam>
/// <param name="Http">The request.</param>
/// <param name="Opened">The page that the link opens.</param>
/// <param name="Standing">How far the browser is authenticated.</param>
/// <param name="Form">The submitted form, or null if the page is only read.</param>
/// <param name="IsOurs">Whether the form was filled in on a page of the hub in this browser.</param>
internal sealed record Visit<T>(HttpContext Http, T Opened, Standing Standing, IFormCollection? Form, bool IsOurs)
    where T : class, IAccessCodePage
{
    /// <summary>The message for a form that was not sent from a page of the hub in this browser.</summary>
    internal const string NotOurs = "This form was open for too long, or was not sent from this site.";

    /// <summary>The address of the page, or of a part of it.</summary>
    internal string Address(string tail = "") => Opened.Path + tail;
}
