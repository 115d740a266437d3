using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>A form that was sent to a page could not be read, so nothing of it was used.</summary>
public sealed class UnreadableFormException : Exception
{
    private UnreadableFormException(int status, string title, string text, Exception? cause)
        : base(text, cause) => (Status, Title) = (status, title);

    /// <summary>The HTTP status of the answer: 400, 413 or 415.</summary>
    public int Status { get; }

    /// <summary>What is wrong, as the heading of a page.</summary>
    public string Title { get; }

    internal static UnreadableFormException TooLarge(Exception cause) => new(
        StatusCodes.Status413PayloadTooLarge,
        "What you sent is too large",
        "What you sent is larger than this page accepts, so nothing was saved or sent. Go back in your browser: what you typed is still in the form. Send less text at a time, or a smaller file.",
        cause);

    internal static UnreadableFormException TooMany(Exception cause) => new(
        StatusCodes.Status413PayloadTooLarge,
        "The form has too many fields, or too much text in a field",
        FormattableString.Invariant($"A form can have {ReadableForms.MaxFields:N0} fields and files, and {ReadableForms.MaxFieldBytes / (1024 * 1024)} MB of text in each field, so nothing was saved or sent. Go back in your browser: what you typed is still in the form. Remove a part of it, and send that part afterwards."),
        cause);

    internal static UnreadableFormException Incomplete(Exception cause) => new(
        StatusCodes.Status400BadRequest,
        "The form did not arrive in full",
        "A part of the form is missing or damaged, perhaps because the connection broke, so nothing was saved or sent. Go back in your browser: what you typed is still in the form. Send the form again.",
        cause);

    internal static UnreadableFormException NotAForm() => new(
        StatusCodes.Status415UnsupportedMediaType,
        "That was not a form",
        "This page accepts only its own form, sent by a browser. Nothing was saved or sent. Go back in your browser and send the form again.",
        null);
}
