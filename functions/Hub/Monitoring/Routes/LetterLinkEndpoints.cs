using System.Diagnostics;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// The pages of a letter, opened with the reader's link. The person with the link is asked a question before anything personal is shown.
/// Without a valid link the response is 404.
/// </summary>
internal sealed class LetterLinkEndpoints(LetterLinkResolver resolver, SecondStep step, ReaderLinks links, PlanStore plans, FamilyTokens families, TakeInput take, RuleBook rules, TimeProvider time)
{
    private const int MaxBytes = 4096;
    private const int LinkDays = 366;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var letter = routes.MapGroup("/letters/{id}/{code}").AllowAnonymous().ExcludeFromDescription();
        letter.MapGet("", (HttpContext http, string id, string code, LetterLinkEndpoints pages, CancellationToken cancellationToken) => pages.OpenAsync(http, id, code, cancellationToken));
        letter.MapPost("", (HttpContext http, string id, string code, LetterLinkEndpoints pages, CancellationToken cancellationToken) => pages.AnswerAsync(http, id, code, cancellationToken))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        letter.MapGet("/letter", (HttpContext http, string id, string code, LetterLinkEndpoints pages, CancellationToken cancellationToken) => pages.LetterAsync(http, id, code, cancellationToken));
        letter.MapPost("/case", (HttpContext http, string id, string code, LetterLinkEndpoints pages, CancellationToken cancellationToken) => pages.CaseAsync(http, id, code, cancellationToken))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        letter.MapGet("/plan", (HttpContext http, string id, string code, LetterLinkEndpoints pages, CancellationToken cancellationToken) => pages.PlanAsync(http, id, code, cancellationToken));
    }

    private async Task<IResult> OpenAsync(HttpContext http, string id, string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, id, code, cancellationToken) is not { } letter)
        {
            return NotFound(http);
        }

        if (!step.HasPassed(http, letter))
        {
            return Question(http, letter);
        }

        var read = await resolver.ReadAsync(letter, LetterFormat.Html, cancellationToken);
        return read.Succeeded || read.Outcome == KeepingOutcome.Missing
            ? MonitorPages.Page<LetterPage>(http, ("View", LetterView.Of(letter, read.Value, resolver, links, rules.For(letter.State.Id), Today)))
            : StoreFault.Answer(read.Outcome, "letter");
    }

    private async Task<IResult> AnswerAsync(HttpContext http, string id, string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, id, code, cancellationToken) is not { } letter || !http.Request.HasFormContentType)
        {
            return NotFound(http);
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        return await step.AnswerAsync(http, letter, form, cancellationToken) switch
        {
            StepOutcome.Passed => Results.LocalRedirect(links.PathOfLetter(letter.State.Id, letter.Notice)),
            StepOutcome.Revoked => NotFound(http),
            StepOutcome.CodeSent => Question(http, letter, codeSent: true),
            StepOutcome.CodeNotSent => Question(http, letter, "We could not send a code: contact the council"),
            StepOutcome.TooManyCodes => Question(http, letter, "Several codes have already been sent. Use the newest code, or wait a quarter of an hour"),
            _ => Question(http, letter, letter.Notice.To == RecipientRole.Family ? "That is not the date that we have" : "That is not the code, or the code has expired or was requested in another browser"),
        };
    }

    private async Task<IResult> LetterAsync(HttpContext http, string id, string code, CancellationToken cancellationToken)
    {
        var (letter, refused) = await PassedAsync(http, id, code, cancellationToken);
        if (letter is null)
        {
            return refused!;
        }

        var format = http.Request.Query["format"] == "docx" ? LetterFormat.Docx : LetterFormat.Html;
        var read = await resolver.ReadAsync(letter, format, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Outcome == KeepingOutcome.Missing ? NotFound(http) : StoreFault.Answer(read.Outcome, "letter");
        }

        return Document(http, read.Value, KeptLetter.ContentType(format), format == LetterFormat.Docx ? $"{letter.Notice.Id}.docx" : null);
    }

    /// <summary>Redirects from the letter to the reader's own page about the case, through an existing or a new link.</summary>
    private async Task<IResult> CaseAsync(HttpContext http, string id, string code, CancellationToken cancellationToken)
    {
        var (letter, refused) = await PassedAsync(http, id, code, cancellationToken);
        if (letter is null || letter.Notice.To != RecipientRole.Family)
        {
            return refused ?? NotFound(http);
        }

        var (state, person) = (letter.State, letter.Notice.Person);
        var theirs = state.FamilyLinks.Where(l => l.Person == person).ToList();
        var link = theirs.LastOrDefault(l => !l.Revoked && l.ExpiresOn >= Today)?.Id;
        if (link is null && !await resolver.MayGiveLinkAsync(letter, cancellationToken))
        {
            return NotFound(http);
        }

        if (link is null)
        {
            link = FormattableString.Invariant($"letter-{(person is null ? "" : $"{person}-")}{theirs.Count + 1}");
            var issued = await take(
                new Delivery
                {
                    Assessment = state.Id,
                    MessageId = $"family-link/{link}",
                    By = Actor.TheHub,
                    ReceivedAt = time.GetUtcNow(),
                    Input = new IssueFamilyLink(link, Today.AddDays(LinkDays), person),
                },
                null, cancellationToken);
            if (issued.Outcome is not { Accepted: true })
            {
                return NotFound(http);
            }
        }

        return Results.LocalRedirect($"/family/{families.Sign(state.Id, link)}/case");
    }

    /// <summary>The plan that goes with the letter. Before the plan is shown, the audit trail records that it was read.</summary>
    private async Task<IResult> PlanAsync(HttpContext http, string id, string code, CancellationToken cancellationToken)
    {
        var (letter, refused) = await PassedAsync(http, id, code, cancellationToken);
        if (letter is null)
        {
            return refused!;
        }

        if (letter.Notice.PlanVersion is not { } version)
        {
            return NotFound(http);
        }

        var format = http.Request.Query["format"] == "docx" ? PlanFormat.Docx : PlanFormat.Html;
        var read = await plans.ReadAsync(letter.State.Id, version, format, cancellationToken);
        if (!read.Succeeded)
        {
            return StoreFault.Answer(read.Outcome, "plan");
        }

        var recorded = await take(
            new Delivery
            {
                Assessment = letter.State.Id,
                MessageId = $"plan-read/{Guid.CreateVersion7():N}",
                By = Actor.TheHub,
                ReceivedAt = time.GetUtcNow(),
                CorrelationId = Activity.Current?.TraceId.ToHexString(),
                Input = new RecordPlanRead(version, format.ToString().ToLowerInvariant(), ReaderOf(letter.Notice)),
            },
            null, cancellationToken);
        return recorded.Outcome is { Accepted: true }
            ? Document(http, read.Value, PlanFiles.ContentType(format), format == PlanFormat.Docx ? FormattableString.Invariant($"plan-version-{version}.docx") : null)
            : Problem.Of(StatusCodes.Status503ServiceUnavailable, "reading-not-recorded", "The plan cannot be shown, because the audit trail could not record that you read it. Try again.");
    }

    private DateOnly Today => LondonDate.Of(time.GetUtcNow());

    private static Actor ReaderOf(Notice notice) => notice.To == RecipientRole.Family
        ? new Actor { Role = ActorRole.Family, Id = $"letter/{notice.Id}" }
        : new Actor { Role = ActorRole.Agency, Id = $"letter/{notice.Id}", Agency = notice.Agency?.Id };

    private async Task<OpenedLetter?> FindAsync(HttpContext http, string id, string code, CancellationToken cancellationToken)
    {
        // The link is secret, so it must not be cached or passed on to other sites.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return await resolver.OpenAsync(id, code, cancellationToken);
    }

    private async Task<(OpenedLetter? Letter, IResult? Refused)> PassedAsync(HttpContext http, string id, string code, CancellationToken cancellationToken) =>
        await FindAsync(http, id, code, cancellationToken) is not { } letter ? (null, NotFound(http))
        : step.HasPassed(http, letter) ? (letter, null)
        : (null, Results.LocalRedirect(links.PathOfLetter(letter.State.Id, letter.Notice)));

    private IResult Question(HttpContext http, OpenedLetter letter, string? problem = null, bool codeSent = false)
    {
        var council = rules.For(letter.State.Id).Council;
        return MonitorPages.Page<LetterPage>(
            http,
            ("Council", council.Name),
            ("Contact", council.Contact ?? $"the SEND team of {council.Name}"),
            ("Address", links.PathOfLetter(letter.State.Id, letter.Notice)),
            ("OfFamily", letter.Notice.To == RecipientRole.Family),
            ("CodeSent", codeSent),
            ("Problem", problem));
    }

    private static IResult NotFound(HttpContext http) => MonitorPages.Page<LetterPage>(http, StatusCodes.Status404NotFound);

    private static IResult Document(HttpContext http, byte[] bytes, string type, string? name)
    {
        // The page uses only its own style sheet. The page has no script and no picture, and fetches nothing.
        http.Response.Headers.ContentSecurityPolicy = LetterHtml.ContentSecurityPolicy;
        return TypedResults.Bytes(bytes, type, name);
    }
}
