using System.Globalization;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Council;

/// <summary>Answers requests for data about assessments, limited to what the caller may see.</summary>
public sealed class Reading(IAssessmentStore store, RuleBook rules, TimeProvider time)
{
    private const int MaxEvents = 1000;

    /// <summary>Lists the assessments that the caller may see.</summary>
    public async Task<IResult> ListAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        var (query, problem) = ListQuery.Read(http.Request.Query, caller, Today());
        if (query is null)
        {
            return problem!;
        }

        var page = caller.Assessment is { } own
            ? await OnlyAsync(own, query, cancellationToken)
            : await store.ListAsync(query, cancellationToken);
        var next = page.Next is { } cursor ? ListQuery.Next(http.Request, cursor) : null;
        if (next is not null)
        {
            http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        var today = Today();
        var items = caller.IsOperations && query.WaitingDueBefore is not null ? page.Items.Where(s => OperationsView.ShowsWait(s, today)) : page.Items;
        return TypedResults.Json(new CaseList { Items = [.. items.Select(s => ViewMaking.ListItem(s, caller, today))], Next = next }, ApiJson.Default.CaseList);
    }

    /// <summary>Shows one assessment.</summary>
    public Task<IResult> ShowAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        SeenAsync(http, id, cancellationToken, async (caller, visibility, state) =>
        {
            var today = Today();
            var limits = LimitsOf(state, visibility, today);
            var effects = visibility == CaseVisibility.Operations ? await store.EffectsAsync(state.Id, cancellationToken) : [];
            var status = visibility == CaseVisibility.Operations ? OperationsView.Status(Summary(state), today) : StatusLine.Of(state, today, rules.For(state.Id));
            return TypedResults.Json(ViewMaking.Of(caller, visibility, state, status, limits, effects), ApiJson.Default.CaseView);
        });

    /// <summary>The time limits of an assessment.</summary>
    public Task<IResult> LimitsAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        SeenAsync(http, id, cancellationToken, (caller, visibility, state) =>
        {
            var limits = LimitsOf(state, visibility, Today());
            if (visibility == CaseVisibility.Agency)
            {
                var own = AgencyInvolvement.Of(state, caller.Agency!.Value).Requests;
                limits = [.. limits.Where(l => ViewMaking.IsOfRequests(l, own))];
            }

            return ValueTask.FromResult<IResult>(TypedResults.Json([.. limits.Select(ApiShapes.Of)], ApiJson.Default.IReadOnlyListLimit));
        });

    /// <summary>What happened in an assessment, in plain English.</summary>
    public Task<IResult> TimelineAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        SeenAsync(http, id, cancellationToken, async (caller, visibility, state) =>
        {
            var events = await store.EventsAsync(state.Id, cancellationToken: cancellationToken);
            return TypedResults.Json([.. Timeline.Lines(events, visibility, caller.Agency).Select(ApiShapes.Of)], ApiJson.Default.IReadOnlyListTimelineLine);
        });

    /// <summary>The events of an assessment.</summary>
    public Task<IResult> EventsAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        SeenAsync(http, id, cancellationToken, async (_, _, state) =>
        {
            var (after, limit, problem) = EventRange(http.Request.Query);
            if (problem is not null)
            {
                return problem;
            }

            var events = await store.EventsAsync(state.Id, after, limit, cancellationToken);
            if (events.Count > 0 && events[^1].Sequence < state.Version)
            {
                var next = string.Create(CultureInfo.InvariantCulture, $"{http.Request.PathBase}{http.Request.Path}?after={events[^1].Sequence}&limit={limit}");
                http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
            }

            return TypedResults.Json([.. events.Select(ApiShapes.Of)], ApiJson.Default.IReadOnlyListCaseEvent);
        });

    /// <summary>The effects of an assessment.</summary>
    public Task<IResult> EffectsAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        SeenAsync(http, id, cancellationToken, async (_, visibility, state) =>
        {
            var effects = await store.EffectsAsync(state.Id, cancellationToken);
            return TypedResults.Json(visibility == CaseVisibility.Operations ? OperationsView.Effects(state, effects) : ViewMaking.Effects(effects), ApiJson.Default.IReadOnlyListCaseEffect);
        });

    private async Task<IResult> SeenAsync(HttpContext http, string id, CancellationToken cancellationToken, Func<Caller, CaseVisibility, AssessmentState, ValueTask<IResult>> answer)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council))
        {
            return Problem.NotFound();
        }

        var caller = http.Caller();
        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        var visibility = CaseVisibilities.Of(caller, state);
        if (visibility == CaseVisibility.None)
        {
            return Problem.NotFound();
        }

        http.Response.Headers.ETag = Submissions.EntityTag(state.Version);
        return await answer(caller, visibility, state);
    }

    /// <summary>A family's list: its own assessment, if it matches the filters.</summary>
    private async ValueTask<SummaryPage> OnlyAsync(AssessmentId own, SummaryQuery query, CancellationToken cancellationToken)
    {
        if (!rules.Serves(own.Council))
        {
            return new SummaryPage([], null);
        }

        var state = (await store.LoadAsync(own, cancellationToken)).State;
        if (state.Facts is null)
        {
            return new SummaryPage([], null);
        }

        var summary = Summary(state);
        return new SummaryPage(query.Includes(summary) ? [summary] : [], null);
    }

    private static (long After, int Limit, ProblemResult? Problem) EventRange(IQueryCollection query)
    {
        var after = 0L;
        var limit = MaxEvents;
        var wrong = new List<ProblemPlace>();
        foreach (var (name, values) in query)
        {
            var read = name switch
            {
                "after" => long.TryParse(values, NumberStyles.None, CultureInfo.InvariantCulture, out after),
                "limit" => int.TryParse(values, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxEvents,
                _ => false,
            };
            if (!read)
            {
                wrong.Add(new ProblemPlace(name, $"is not accepted; use after with a sequence number, or limit with a number from 1 to {MaxEvents}"));
            }
        }

        return (after, limit, wrong.Count == 0 ? null : Problem.Of(StatusCodes.Status400BadRequest, "filter", "The events cannot be filtered like this.", errors: wrong));
    }

    private AssessmentSummary Summary(AssessmentState state) => Summaries.Of(state, time.GetUtcNow(), rules.For(state.Id));

    private IReadOnlyList<LimitView> LimitsOf(AssessmentState state, CaseVisibility visibility, DateOnly today) => visibility == CaseVisibility.Operations
        ? LimitView.ForOperations(state, today, rules.For(state.Id))
        : LimitView.Of(state, today, rules.For(state.Id));

    private DateOnly Today() => LondonDate.Of(time.GetUtcNow());
}
