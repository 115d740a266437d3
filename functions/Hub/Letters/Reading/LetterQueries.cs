using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Letters.Reading;

/// <summary>
/// Answers API requests for letters. Until a letter is sent only the council can see it; afterwards its recipient can see it too.
/// </summary>
public sealed class LetterQueries(IAssessmentStore store, LetterStore letters, RuleBook rules, TimeProvider time)
{
    /// <summary>The letters that the caller is allowed to see.</summary>
    public Task<IResult> ListAsync(HttpContext http, string id, CancellationToken cancellationToken) => AskedAsync(http, id, async (caller, state) =>
    {
        var kept = await letters.ListAsync(state.Id, cancellationToken);
        if (!kept.Succeeded)
        {
            return StoreFault.Answer(kept.Outcome, "letter");
        }

        var views = Visible(caller, state).Select(l => View(l, state, kept.Value));
        return TypedResults.Json(new LettersView(state.Id, [.. views]), LetterReadingJson.Default.LettersView);
    }, cancellationToken);

    /// <summary>A preview of the letter as it would be sent today.</summary>
    public Task<IResult> PreviewAsync(HttpContext http, string id, string letter, CancellationToken cancellationToken) => AskedAsync(http, id, (caller, state) =>
    {
        if (Visible(caller, state).FirstOrDefault(l => l.Subject.Id == letter) is not { } found || CaseVisibilities.Of(caller, state) != CaseVisibility.Council)
        {
            return ValueTask.FromResult<IResult>(Problem.NotFound("letter"));
        }

        if (FormatOf(http.Request) is not { } format)
        {
            return ValueTask.FromResult<IResult>(UnknownFormat());
        }

        var sending = LetterSending.Expected(Today, state, state.Notices.FirstOrDefault(n => n.Id == found.Subject.About), found.Reader);
        var (written, lacks) = letters.Write(found.Subject, state, sending);
        return ValueTask.FromResult<IResult>(written is null
            ? Problem.Of(StatusCodes.Status409Conflict, "letter-incomplete", lacks ?? "Nothing in the case requires this letter.")
            : Document(http, written.In(format), format, letter));
    }, cancellationToken);

    /// <summary>The most recently stored version of the letter in one format.</summary>
    public Task<IResult> ReadAsync(HttpContext http, string id, string letter, CancellationToken cancellationToken) => AskedAsync(http, id, async (caller, state) =>
    {
        if (Visible(caller, state).All(l => l.Subject.Id != letter))
        {
            return Problem.NotFound("letter");
        }

        if (FormatOf(http.Request) is not { } format)
        {
            return UnknownFormat();
        }

        var kept = await letters.ListAsync(state.Id, cancellationToken);
        if (!kept.Succeeded)
        {
            return StoreFault.Answer(kept.Outcome, "letter");
        }

        if (Newest(kept.Value, letter, format, state) is not { } newest)
        {
            return Problem.NotFound("letter");
        }

        var read = await letters.ReadAsync(state.Id, newest, cancellationToken);
        return read.Succeeded ? Document(http, read.Value, format, letter) : StoreFault.Answer(read.Outcome, "letter");
    }, cancellationToken);

    private DateOnly Today => LondonDate.Of(time.GetUtcNow());

    private static KeptLetter? Newest(IReadOnlyList<KeptLetter> kept, string letter, LetterFormat format, AssessmentState state)
    {
        var notice = state.Notices.FirstOrDefault(n => new LetterSubject(LetterWriting.KindOf(n.Kind), n.Id).Id == letter);
        var all = kept.Where(k => k.Letter == letter).ToList();

        // While a letter waits to be posted, it is stored again on each day on which the hub asks whether it was posted, so the newest
        // version may not be the one that was sent.
        return all.Find(k => notice?.SentOn is not null && k.Sha256 == notice.Letter) is { } sent
            ? all.FindLast(k => k.Format == format && k.On == sent.On && k.By == sent.By && (format != sent.Format || k == sent))
            : all.FindLast(k => k.Format == format && (notice?.SentOn is null || k.On <= notice.SentOn));
    }

    private IEnumerable<Letter> Visible(Caller caller, AssessmentState state)
    {
        var visibility = CaseVisibilities.Of(caller, state);
        var all = LetterWriting.Of(state).Select(subject => LetterWriting.Write(subject, state, rules.For(state.Id), new LetterSending(Today, NoticeChannel.Electronic))).OfType<Letter>();
        return visibility == CaseVisibility.Council ? all
            : caller.Role == CallerRole.Family && visibility == CaseVisibility.Family ? all.Where(l => l.Reader == LetterReader.Family && IsFirstContacts(l, state) && WasSent(l, state))
            : caller.Role == CallerRole.Agency && state.Facts is not null ? all.Where(l => l.Agency?.Id == caller.Agency && WasSent(l, state))
            : [];
    }

    /// <summary>Whether the letter is for the family's first contact, to whom the family's token belongs. Other members of the family open
    /// their letters with their own links.</summary>
    private static bool IsFirstContacts(Letter letter, AssessmentState state) => state.Notices.FirstOrDefault(n => n.Id == letter.Subject.About)?.Person is null;

    private static bool WasSent(Letter letter, AssessmentState state) => letter.Subject.Kind switch
    {
        LetterKind.RequestReceived when letter.Subject.About is null => true,
        LetterKind.AdviceRequest => state.Requests.First(r => r.Id == letter.Subject.About) is { NotSentOn: null, WasSentElsewhere: false },
        LetterKind.InstitutionConsulted when state.Notices.All(n => n.Id != letter.Subject.About) => true,
        // The notice was being sent when its recipient was replaced, and the former recipient no longer needs the letter. A letter to a
        // former first contact is not for the present one.
        _ => state.Notices.First(n => n.Id == letter.Subject.About) is { SentOn: not null, EndedOn: null, ToFormerContact: not true },
    };

    private static LetterView View(Letter letter, AssessmentState state, IReadOnlyList<KeptLetter> kept)
    {
        var notice = state.Notices.FirstOrDefault(n => n.Id == letter.Subject.About);
        return new LetterView(
            letter.Subject.Id, letter.Subject.Kind, notice?.Id, letter.Agency?.Name ?? Words.Of(RecipientRole.Family), notice?.SentOn, letter.Missing,
            [.. kept.Where(k => k.Letter == letter.Subject.Id).Select(k => new KeptLetterView(k.On, k.By, KeptLetter.Word(k.Format), k.Sha256))]);
    }

    private static LetterFormat? FormatOf(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "" or "html" => LetterFormat.Html,
        "docx" => LetterFormat.Docx,
        _ => null,
    };

    private static ProblemResult UnknownFormat() =>
        Problem.Of(StatusCodes.Status400BadRequest, "unknown-format", "The format must be ?format=html or ?format=docx.");

    private static IResult Document(HttpContext http, byte[] bytes, LetterFormat format, string name)
    {
        if (format == LetterFormat.Html)
        {
            http.Response.Headers.ContentSecurityPolicy = LetterHtml.ContentSecurityPolicy;
        }

        return TypedResults.Bytes(bytes, KeptLetter.ContentType(format), format == LetterFormat.Docx ? $"{name}.docx" : null);
    }

    private async Task<IResult> AskedAsync(HttpContext http, string id, Func<Caller, AssessmentState, ValueTask<IResult>> answer, CancellationToken cancellationToken)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council))
        {
            return Problem.NotFound();
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        var caller = http.Caller();
        if (CaseVisibilities.Of(caller, state) == CaseVisibility.None && !Visible(caller, state).Any())
        {
            return Problem.NotFound();
        }

        http.Response.Headers.ETag = Submissions.EntityTag(state.Version);
        return await answer(caller, state);
    }
}
