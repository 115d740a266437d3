using System.Diagnostics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Api = IntegrationHub.Contracts.Api;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>Answers requests for plans. Before an answer with the text of a version is sent, the reading is recorded in the audit
/// trail.</summary>
public sealed class PlanQueries(IAssessmentStore store, PlanStore plans, TakeInput take, ChildrenInPlans children, RuleBook rules, TimeProvider time)
{
    /// <summary>Lists the versions that the caller is allowed to read.</summary>
    public Task<IResult> ListAsync(HttpContext http, string id, CancellationToken cancellationToken) => AskedAsync(http, id, cancellationToken, async (caller, state) =>
    {
        var kept = await plans.ListAsync(state.Id, cancellationToken);
        if (!kept.Succeeded)
        {
            return StoreFault.Answer(kept.Outcome, "plan");
        }

        var versions = PlanAccess.Versions(caller, state).Select(v => View(v, kept.Value.Entries.FirstOrDefault(e => e.Version == v.Version)));
        return TypedResults.Json(new Api.PlanVersions { Assessment = state.Id, Versions = [.. versions] }, Api.ApiJson.Default.PlanVersions);
    });

    /// <summary>Returns a version of the plan in one format.</summary>
    public Task<IResult> ReadAsync(HttpContext http, string id, int version, CancellationToken cancellationToken) => AskedAsync(http, id, cancellationToken, async (caller, state) =>
    {
        if (PlanAccess.Versions(caller, state).All(v => v.Version != version))
        {
            return Problem.NotFound("version of the plan");
        }

        var (format, unreadable) = PlanForm.Read(http.Request);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var read = await plans.ReadAsync(state.Id, version, format, cancellationToken);
        if (!read.Succeeded)
        {
            return StoreFault.Answer(read.Outcome, "plan");
        }

        if (await RecordAsync(http, caller, state, version, PlanForm.Word(format), cancellationToken) is { } notRecorded)
        {
            return notRecorded;
        }

        http.Response.Headers.Vary = "Accept";
        http.Response.Headers["Content-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(PlanJson.ContentHash(read.Value)))}:";
        if (format == PlanFormat.Html)
        {
            // The page has its own style sheet and no scripts or pictures, and it fetches nothing.
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        }

        return TypedResults.Bytes(read.Value, PlanFiles.ContentType(format), format == PlanFormat.Docx ? FormattableString.Invariant($"plan-version-{version}.docx") : null);
    });

    /// <summary>Returns the differences between two versions. The answer contains text from both versions, so both are recorded as
    /// read.</summary>
    public Task<IResult> DiffAsync(HttpContext http, string id, int from, int to, CancellationToken cancellationToken) => AskedAsync(http, id, cancellationToken, async (caller, state) =>
    {
        var visible = PlanAccess.Versions(caller, state).Select(v => v.Version).ToHashSet();
        if (!visible.Contains(from) || !visible.Contains(to))
        {
            return Problem.NotFound("version of the plan");
        }

        var before = await plans.ReadAsync(state.Id, from, PlanFormat.Json, cancellationToken);
        var after = before.Succeeded ? await plans.ReadAsync(state.Id, to, PlanFormat.Json, cancellationToken) : before;
        if (!after.Succeeded)
        {
            return StoreFault.Answer(after.Outcome, "plan");
        }

        foreach (var version in new[] { from, to }.Distinct())
        {
            if (await RecordAsync(http, caller, state, version, "diff", cancellationToken) is { } notRecorded)
            {
                return notRecorded;
            }
        }

        var diff = PlanDiff.Between(PlanJson.Read(before.Value), PlanJson.Read(after.Value));
        return TypedResults.Json(new Api.PlanComparison { From = from, To = to, Difference = ApiShapes.Of(diff) }, Api.ApiJson.Default.PlanComparison);
    });

    /// <summary>Reads and hashes everything that is stored, and compares the result with the chain and with the audit trail.</summary>
    public Task<IResult> VerifyAsync(HttpContext http, string id, CancellationToken cancellationToken) => AskedAsync(http, id, cancellationToken, async (_, state) =>
    {
        var knownHead = state.Plans.LastOrDefault(p => p.ManifestHash is not null)?.ManifestHash;
        var verified = await plans.VerifyAsync(state.Id, knownHead, cancellationToken);
        var listed = await plans.ListAsync(state.Id, cancellationToken);
        if (!verified.Succeeded)
        {
            return StoreFault.Answer(verified.Outcome, "plan");
        }

        if (listed.Outcome == KeepingOutcome.Transient)
        {
            return StoreFault.Answer(listed.Outcome, "plan");
        }

        var report = verified.Value;
        IReadOnlyList<KeepingProblem> problems = [.. report.Problems, .. TrailComparison.Problems(state, listed.Value?.Entries ?? [])];
        return TypedResults.Json(
            new Api.PlanVerification
            {
                Sound = problems.Count == 0,
                Checked = report.Checked,
                Problems = [.. problems.Select(VerificationShapes.Of)],
                Unlisted = report.Unlisted,
                Head = report.Head,
                KnownHead = knownHead,
            },
            Api.ApiJson.Default.PlanVerification);
    });

    /// <summary>Returns what the checks find in the plan as it would be prepared now, both as a draft and as a final plan.</summary>
    public Task<IResult> FindingsAsync(HttpContext http, string id, CancellationToken cancellationToken) => AskedAsync(http, id, cancellationToken, async (caller, state) =>
    {
        var (now, book) = (time.GetUtcNow(), rules.For(state.Id));
        var others = PlanReading.Preview(state, caller.ToActor(), now, book) is { } plan ? await children.OthersAsync(plan, PlanReading.SentWithDraft(state), cancellationToken) : [];
        IReadOnlyList<Api.PlanFindings> found =
        [
            .. new[] { PlanStep.BeforeDraft, PlanStep.BeforeFinal }.Select(step =>
            {
                var findings = PlanReading.Findings(state, step, caller.ToActor(), now, book, others);
                return new Api.PlanFindings { Step = ApiShapes.Of(step), Refuses = PlanChecks.Refuses(findings), Findings = [.. findings.Select(ApiShapes.Of)] };
            }),
        ];
        return TypedResults.Json(found, Api.ApiJson.Default.IReadOnlyListPlanFindings);
    });

    private async Task<IResult> AskedAsync(HttpContext http, string id, CancellationToken cancellationToken, Func<Caller, AssessmentState, ValueTask<IResult>> answer)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council))
        {
            return Problem.NotFound();
        }

        var caller = http.Caller();
        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        if (!PlanAccess.MayAsk(caller, state))
        {
            return Problem.NotFound();
        }

        http.Response.Headers.ETag = Submissions.EntityTag(state.Version);
        return await answer(caller, state);
    }

    /// <summary>
    /// Records in the audit trail that the plan was read. Returns null if the reading was recorded. If it could not be recorded, returns
    /// the error that must be sent instead of the plan.
    /// </summary>
    private async ValueTask<IResult?> RecordAsync(HttpContext http, Caller caller, AssessmentState state, int version, string format, CancellationToken cancellationToken)
    {
        var submission = await take(
            new Delivery
            {
                Assessment = state.Id,
                // Every reading of the plan by a person is recorded separately, so two readings make two records.
                MessageId = $"plan-read/{Guid.CreateVersion7():N}",
                By = Actor.TheHub,
                ReceivedAt = time.GetUtcNow(),
                CorrelationId = Activity.Current?.TraceId.ToHexString(),
                Input = new RecordPlanRead(version, format, caller.ToActor()),
            },
            null,
            cancellationToken);
        if (submission.Outcome is not { Accepted: true })
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "reading-not-recorded", "The plan is not shown, because the hub could not record that it was read. Try again.");
        }

        http.Response.Headers.ETag = Submissions.EntityTag(submission.Version);
        return null;
    }

    private static Api.KeptPlanVersion View(PlanVersion version, ManifestEntry? entry) => new()
    {
        Version = version.Version,
        Kind = version.Kind,
        PreparedOn = version.PreparedOn,
        ContentHash = version.ContentHash,
        KeptAt = entry?.KeptAt,
        Hash = entry?.Hash,
        Formats = [.. entry?.Files.Select(f => new Api.PlanForm { Format = PlanForm.Word(f.Format), Sha256 = f.Sha256, Size = f.Size }) ?? []],
    };
}

/// <summary>Compares the audit trail's record of the stored versions with the manifest.</summary>
internal static class TrailComparison
{
    internal static IEnumerable<KeepingProblem> Problems(AssessmentState state, IReadOnlyList<ManifestEntry> entries)
    {
        foreach (var version in state.Plans)
        {
            var entry = entries.FirstOrDefault(e => e.Version == version.Version);
            var name = PlanStore.ManifestOf(state.Id);
            if (entry is null)
            {
                if (version.KeptAt is not null)
                {
                    yield return new(name, FormattableString.Invariant($"Version {version.Version} was stored but is not in the manifest."));
                }
            }
            else if (entry.Files.FirstOrDefault(f => f.Format == PlanFormat.Json)?.Sha256 != version.ContentHash || (version.ManifestHash ?? entry.Hash) != entry.Hash)
            {
                yield return new(name, FormattableString.Invariant($"The stored version {version.Version} differs from the version in the audit trail."));
            }
        }
    }
}
