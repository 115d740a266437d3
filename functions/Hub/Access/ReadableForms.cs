using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Access;

/// <summary>A page that says why a form could not be read, for all addresses that begin with a prefix.</summary>
/// <param name="Prefix">The prefix of the addresses, for example <c>/workspace</c>. The longest prefix applies.</param>
/// <param name="Page">Makes the page.</param>
public sealed record UnreadableFormAnswer(string Prefix, Func<HttpContext, UnreadableFormException, IResult> Page);

/// <summary>
/// Reads the forms of all pages. A form that breaks a limit, is not a form or did not arrive in full makes the web framework throw different
/// exceptions, depending on the kind of form and on who reads it first. Here it is always an <see cref="UnreadableFormException"/>, which is
/// answered with a page that says what is wrong.
/// </summary>
internal static class ReadableForms
{
    /// <summary>The largest number of fields and files of a form. The largest forms, such as a long plan with a row of fields for each line,
    /// have a few thousand.</summary>
    internal const int MaxFields = 10_000;

    /// <summary>The largest size of the text in a field, in bytes.</summary>
    internal const int MaxFieldBytes = 4 * 1024 * 1024;

    // The size of the whole form is limited by the address to which it is sent.
    private static readonly FormOptions Limits = new() { ValueCountLimit = MaxFields, ValueLengthLimit = MaxFieldBytes, MultipartBodyLengthLimit = long.MaxValue };

    internal static void Use(IApplicationBuilder app)
    {
        // The longest prefix comes first.
        var answers = app.ApplicationServices.GetServices<UnreadableFormAnswer>().OrderByDescending(answer => answer.Prefix.Length).ToList();
        app.Use(async (http, next) =>
        {
            http.Features.Set<IFormFeature>(new Form(http.Request));
            try
            {
                await next(http);
            }
            catch (UnreadableFormException unread) when (!http.Response.HasStarted)
            {
                var answer = answers.Find(one => http.Request.Path.StartsWithSegments(one.Prefix, StringComparison.Ordinal));
                await (answer?.Page(http, unread) ?? Problem.Of(unread.Status, Problem.ForStatus(unread.Status).Code, unread.Message)).ExecuteAsync(http);
            }
        });
    }

    /// <summary>The form of one request.</summary>
    private sealed class Form(HttpRequest request) : IFormFeature
    {
        private IFormFeature? read;
        private UnreadableFormException? unread;

        bool IFormFeature.HasFormContentType => Inner.HasFormContentType;

        IFormCollection? IFormFeature.Form { get => Inner.Form; set => Inner.Form = value; }

        // Most requests have no form, so the framework's own feature is made only when it is needed.
        private IFormFeature Inner => read ??= new FormFeature(request, Limits);

        IFormCollection IFormFeature.ReadForm() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

        Task<IFormCollection> IFormFeature.ReadFormAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

        private async Task<IFormCollection> ReadAsync(CancellationToken cancellationToken)
        {
            if (unread is not null)
            {
                throw unread;
            }

            try
            {
                return Inner.HasFormContentType || Inner.Form is not null ? await Inner.ReadFormAsync(cancellationToken) : throw UnreadableFormException.NotAForm();
            }
            catch (Exception fault) when (Of(fault) is { } known)
            {
                unread = known;
                throw known;
            }
        }

        private static UnreadableFormException? Of(Exception fault) => fault switch
        {
            UnreadableFormException known => known,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => UnreadableFormException.TooLarge(fault),

            // The framework has no other way of telling that a limit was exceeded; a test holds its words.
            InvalidDataException when fault.Message.Contains(" limit ", StringComparison.Ordinal) => UnreadableFormException.TooMany(fault),
            InvalidDataException or IOException or FormatException => UnreadableFormException.Incomplete(fault),
            _ => null,
        };
    }
}
