using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ActorRole = IntegrationHub.Orchestrations.Assessments.ActorRole;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Submits a delivery, processes it immediately and returns the result; this is what <see cref="TurnTaker.SubmitAsync(Delivery,
/// IReadOnlyCollection{long}?, CancellationToken)"/> does. A host with a durable engine replaces this delegate with the engine's own, so
/// that turns of the engine and of requests do not compete.
/// </summary>
public delegate ValueTask<Submission> TakeInput(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken);

/// <summary>Accepts inputs over HTTP: checks the format of the input and the caller's access, processes the input immediately and answers
/// with the result.</summary>
public sealed class Submissions(IAssessmentStore store, TakeInput take, RuleBook rules, EarlierCases earlier, TimeProvider time, ILogger<Submissions> log)
{
    /// <summary>
    /// Opens an assessment. The case's id is derived from the caller's council and key, so an input that is sent twice to open a case opens
    /// only one.
    /// </summary>
    public async Task<IResult> OpenAsync(HttpContext http, StepDefinition kind, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        var (headers, problem) = RequestHeaders.Read(http.Request, caller);
        if (headers is null)
        {
            return problem!;
        }

        if (caller.Council is not { } council || !rules.Serves(council))
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "council-not-served", "This hub does not serve your council.");
        }

        return await TakeAsync(http, kind, AssessmentId.For(council, headers.MessageId), headers, null, cancellationToken);
    }

    /// <summary>Accepts one input for an assessment that has been opened.</summary>
    public async Task<IResult> SubmitAsync(HttpContext http, StepDefinition kind, string id, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council))
        {
            return Problem.NotFound();
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        if (CaseVisibilities.Of(caller, state) == CaseVisibility.None)
        {
            return Problem.NotFound();
        }

        var (headers, problem) = RequestHeaders.Read(http.Request, caller);
        return headers is null ? problem! : await TakeAsync(http, kind, assessment, headers, state, cancellationToken);
    }

    private async Task<IResult> TakeAsync(
        HttpContext http, StepDefinition kind, AssessmentId assessment, RequestHeaders headers, AssessmentState? state, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        var (body, tooMuch) = await BodyReading.ReadAsync(http.Request, MaxBytes(kind), cancellationToken);
        if (tooMuch is not null)
        {
            return tooMuch;
        }

        var (input, malformed) = InputReading.Read(kind, body.Span);
        if (input is null)
        {
            return malformed!;
        }

        if (state is not null && SenderRules.Check(caller, input, state, LondonDate.Of(time.GetUtcNow())) is { } notTheirs)
        {
            return notTheirs;
        }

        var delivery = new Delivery
        {
            Assessment = assessment,
            MessageId = headers.MessageId,
            By = caller.ToActor(headers.OnBehalfOf),
            ReceivedAt = time.GetUtcNow(),
            CorrelationId = Activity.Current?.TraceId.ToHexString(),
            Fingerprint = FingerprintOf(input),
            Input = input,
        };
        var submission = await take(delivery, headers.OnlyAtVersions, cancellationToken);
        return await AnswerAsync(http, kind, delivery, submission, cancellationToken);
    }

    private async Task<IResult> AnswerAsync(HttpContext http, StepDefinition kind, Delivery delivery, Submission submission, CancellationToken cancellationToken)
    {
        var state = (await store.LoadAsync(delivery.Assessment, cancellationToken)).State;
        if (state.Version > 0)
        {
            http.Response.Headers.ETag = EntityTag(state.Version);
        }

        if (submission.Outcome is not { } outcome)
        {
            return Problem.Of(
                StatusCodes.Status412PreconditionFailed,
                "stale",
                $"The assessment is at version {submission.Version}, not at the version in If-Match. Read the assessment again and decide again.",
                submission.Version);
        }

        if (submission.Replayed)
        {
            if (outcome.Fingerprint is { } first && first != delivery.Fingerprint)
            {
                return Problem.Of(
                    StatusCodes.Status422UnprocessableEntity,
                    "idempotency-key-reused",
                    "This Idempotency-Key was used before with another input. A new message needs a new key.");
            }

            http.Response.Headers[RequestHeaders.Replayed] = "true";
        }

        // People who run the hub read the log, so it names only the steps that are theirs: another step can say that somebody is detained.
        var (named, refused) = kind.Senders.Contains(ActorRole.Operator) ? (kind.Name, outcome.Refusal?.Code) : ("A step", outcome.Refusal is null ? null : "refused");
        SubmissionLog.Taken(log, named, delivery.Assessment.Value, delivery.By.Role, refused ?? "accepted", outcome.Version, submission.Replayed);
        if (outcome.Refusal is { } refusal)
        {
            return refusal.Code is EarlierCases.Code or EarlierCases.NotOneOfThem
                ? await EarlierAsync(delivery, refusal, state, cancellationToken)
                : Problem.Of(refusal.Code == Refusals.StoreUnavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status409Conflict, refusal.Code, refusal.Reason, outcome.Version);
        }

        var answer = await AnswerAsOfAsync(http.Caller(), state, outcome.Version, submission.Replayed, cancellationToken);
        return kind.Opens
            ? TypedResults.Json(answer, ApiJson.Default.InputAnswer, statusCode: StatusCodes.Status201Created).At(http, $"{ApiAddress.Cases}/{answer.Assessment}")
            : TypedResults.Json(answer, ApiJson.Default.InputAnswer);
    }

    /// <summary>
    /// The answer if other cases may be about the same child, which names the cases that the council may see and states what to send.
    /// </summary>
    private async Task<IResult> EarlierAsync(Delivery delivery, Refusal refusal, AssessmentState state, CancellationToken cancellationToken)
    {
        var found = EarlierCases.VisibleTo(delivery.Assessment.Council, delivery.By.Id, await earlier.FindAsync(delivery.Assessment, delivery.Input, state, cancellationToken));
        var member = delivery.Input is TakeOverAssessment ? "$.facts.earlierCase" : "$.earlierCase";
        var places = found.Select(one => new ProblemPlace(member, $"{one.Case}: {EarlierCases.Words(one.Likeness)}"));
        return Problem.ForCases(
            StatusCodes.Status409Conflict, refusal.Code, refusal.Reason, state.Version, [.. found.Select(one => one.Case)],
            [.. places.DefaultIfEmpty(new ProblemPlace(member, "this child may already have a case that you are not allowed to see; ask somebody with access to check"))]);
    }

    /// <summary>The answer as given when the input was processed, so that a repeated input gets this answer even if the case has changed
    /// since.</summary>
    private async ValueTask<InputAnswer> AnswerAsOfAsync(Caller caller, AssessmentState state, long version, bool replayed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (replayed || state.Version != version)
        {
            var events = await store.EventsAsync(state.Id, 0, (int)version, cancellationToken);
            state = Assessment.Replay(AssessmentState.None(state.Id), events.Select(e => e.What));
            now = events.Count > 0 ? events[^1].At : now;
        }

        var (today, book) = (LondonDate.Of(now), rules.For(state.Id));
        return new InputAnswer
        {
            Assessment = state.Id,
            Version = version,
            Stage = ApiShapes.Of(state.Stage),
            Status = caller.IsOperations ? OperationsView.Status(Summaries.Of(state, now, book), today) : StatusLine.Of(state, today, book),
        };
    }

    internal static int MaxBytes(StepDefinition kind) =>
        kind.CarriesAdvice ? BodyReading.MaxAdvice : BodyReading.Max;

    internal static string EntityTag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>A hash of the parsed input and its kind: a repeated input may differ in white space, but not in content.</summary>
    private static string FingerprintOf(AssessmentInput input) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, AssessmentJson.Default.AssessmentInput)));
}

internal static partial class SubmissionLog
{
    [LoggerMessage(1, LogLevel.Information, "{Input} for {Assessment} by {Role}: {Outcome}, version {Version}, repeat {Repeat}")]
    internal static partial void Taken(ILogger log, string input, string assessment, ActorRole role, string outcome, long version, bool repeat);
}

internal static class Located
{
    /// <summary>Adds the address of the created resource to an answer.</summary>
    internal static IResult At(this IResult result, HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return result;
    }
}
