using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using static IntegrationHub.Functions.Returns.SuppliedContacts;

namespace IntegrationHub.Functions.Returns.UnderWay;

/// <summary>The result for one assessment, without the child's name.</summary>
/// <param name="Place">Place of the row in the table of assessments.</param>
/// <param name="Case">The case.</param>
/// <param name="End">What happened to the row, or would happen.</param>
/// <param name="Findings">Why the row was not taken over, or what differs from the case that is already there.</param>
public sealed record UnderWayResult(string Place, AssessmentId Case, TakeoverOutcome End, IReadOnlyList<Sen2Finding> Findings);

/// <summary>
/// Takes over assessments that are under way, with one commit for each case: the step that the form sends, and what else the row says. A row
/// that the hub refuses leaves nothing in the store, so that it can be corrected and taken over in a second run.
/// </summary>
/// <param name="store">The hub's store of cases; the hub must not be running.</param>
/// <param name="rules">The rules.</param>
/// <param name="time">The clock.</param>
/// <param name="apply">False to find out what would happen, and change nothing.</param>
public sealed class UnderWayRun(IAssessmentStore store, RuleBook rules, TimeProvider time, bool apply) : IDisposable
{
    private const string Message = "import-under-way";
    private const int Page = 500;
    private const int FirstEvents = 10;

    private readonly KnownChildren children = new(store);

    /// <summary>The result for each assessment, in the order of the table. Each result is returned as soon as it is known.</summary>
    /// <param name="assessments">The assessments to take over, all of one council.</param>
    /// <param name="by">The person who takes the assessments over.</param>
    /// <param name="cancellationToken">Stops the run between two assessments; assessments taken over by then stay in the hub.</param>
    public async IAsyncEnumerable<UnderWayResult> RunAsync(IReadOnlyList<AssessmentUnderWay> assessments, string by, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assessments);
        var learners = assessments.FirstOrDefault(one => one.Uln is not null) is { Case.Council: var council } ? await LearnersAsync(council, by, cancellationToken) : [];
        foreach (var assessment in assessments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await TakeAsync(assessment, by, learners, cancellationToken);
        }

        // The children's details are stored now, so that the hub does not have to read these cases when it starts.
        for (var keeping = new ChildKeeping(children, store); apply && !await keeping.RunAsync(cancellationToken);)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose() => children.Dispose();

    private async Task<UnderWayResult> TakeAsync(AssessmentUnderWay row, string by, Dictionary<Uln, (AssessmentId Case, bool IsVisible)> learners, CancellationToken cancellationToken)
    {
        var state = (await store.LoadAsync(row.Case, cancellationToken)).State;
        if (state.Version > 0)
        {
            return await AlreadyThereAsync(row, state, cancellationToken);
        }

        if (row.Uln is { } uln && row.Step.Facts.EarlierCase is null && learners.TryGetValue(uln, out var theirs))
        {
            return Refused(UnderWayRefusals.OfEarlierCases(row, theirs.IsVisible ? $"{theirs.Case} (the same ULN)" : "", !theirs.IsVisible));
        }

        var officer = new Actor { Role = ActorRole.CouncilOfficer, Id = by };
        var turns = new TurnTaker(store, rules, time);
        var earlier = new EarlierCases(children);
        AssessmentInput refusedInput = row.Step;
        using var inputs = new CheckedInputs(
            (delivery, onlyAt, cancellationToken) => delivery.Input is TakeOverAssessment ? OpenAsync(delivery, cancellationToken) : turns.SubmitAsync(delivery, onlyAt, cancellationToken), store, earlier, [], time);
        var outcome = (await inputs.TakeAsync(DeliveryOf(row.Step, Message), null, cancellationToken)).Outcome!;
        if (outcome.Refusal is not { } refusal)
        {
            return new(row.Place, row.Case, TakeoverOutcome.Taken, []);
        }

        if (refusal.Code is EarlierCases.Code or EarlierCases.NotOneOfThem)
        {
            var found = await earlier.FindAsync(row.Case, row.Step, state, cancellationToken);
            var visible = EarlierCases.VisibleTo(row.Case.Council, by, found);
            return Refused(UnderWayRefusals.OfEarlierCases(row, string.Join("; ", visible.Select(one => $"{one.Case} ({EarlierCases.Words(one.Likeness)})")), found.Count > visible.Count));
        }

        return Refused(UnderWayRefusals.Of(row, refusedInput, refusal, step => Try([DeliveryOf(step, Message)]).Decided[0].Outcome.Refusal));

        UnderWayResult Refused(Sen2Finding why) => new(row.Place, row.Case, TakeoverOutcome.NeedsOfficer, [why]);

        Delivery DeliveryOf(AssessmentInput input, string message) => new()
        {
            Assessment = row.Case,
            MessageId = message,
            By = officer,
            ReceivedAt = time.GetUtcNow(),
            Fingerprint = input is TakeOverAssessment ? FingerprintOf(row) : null,
            Input = input,
        };

        Turn Try(IReadOnlyList<Delivery> deliveries) =>
            TurnMaker.Make(new LoadedAssessment(AssessmentState.None(row.Case), deliveries, null), time.GetUtcNow(), rules.For(row.Case));

        // Everything that the row says is in the case from its first commit on: until the restriction, everybody at the council could read it.
        async ValueTask<Submission> OpenAsync(Delivery opening, CancellationToken cancellationToken)
        {
            var turn = Try([opening, .. row.Then.Select((input, n) => DeliveryOf(input, FormattableString.Invariant($"{Message} {n + 1}")))]);
            if (turn.Decided.FirstOrDefault(one => !one.Outcome.Accepted) is { } refused)
            {
                refusedInput = refused.Delivery.Input;
                return new Submission(refused.Outcome with { Version = 0 }, false, 0);
            }

            if (apply && await store.CommitAsync(turn, cancellationToken) != CommitResult.Committed)
            {
                throw new InvalidOperationException("The store changed during the import. Stop the hub, then run the import again.");
            }

            return new Submission(turn.Decided[0].Outcome, false, turn.State.Version);
        }
    }

    /// <summary>Checks that the case with the reference of this row is about the child of this row, and whether the row has changed since the
    /// case was taken over.</summary>
    private async Task<UnderWayResult> AlreadyThereAsync(AssessmentUnderWay row, AssessmentState state, CancellationToken cancellationToken)
    {
        var child = row.Step.Facts.Child;
        var opened = (await store.EventsAsync(row.Case, 0, FirstEvents, cancellationToken)).Select(one => one.What).OfType<AssessmentOpened>().FirstOrDefault();
        if (!IsSame(child, opened?.Facts.Child) && !IsSame(child, state.Facts?.Child))
        {
            return new(row.Place, row.Case, TakeoverOutcome.NeedsOfficer, [ContactRow.Error(
                row.Place, "assessment", "reference-of-another", $"Case {row.Case} was taken over with this reference for a child with other details. A reference must never be used for another assessment.")]);
        }

        var isChanged = (await store.OutcomeAsync(row.Case, Message, cancellationToken))?.Fingerprint is { } before && before != FingerprintOf(row);
        return new(row.Place, row.Case, TakeoverOutcome.AlreadyThere, isChanged
            ? [ContactRow.Error(row.Place, null, "changed-since", "The row or its requests differ from what was taken over. The case was not changed; make the change in the case.")]
            : []);
    }

    private static bool IsSame(Child child, Child? other) =>
        other is not null && EarlierCases.LikenessOf(child, other) is { } likeness && likeness != SameChildReason.PerhapsTwin;

    /// <summary>The cases of a council by the child's unique learner number, by which the hub does not look for earlier cases.</summary>
    private async Task<Dictionary<Uln, (AssessmentId Case, bool IsVisible)>> LearnersAsync(LocalAuthorityCode council, string by, CancellationToken cancellationToken)
    {
        var learners = new Dictionary<Uln, (AssessmentId Case, bool IsVisible)>();
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { Council = council, After = after, Limit = Page }, cancellationToken);
            foreach (var summary in page.Items)
            {
                if ((await store.LoadAsync(summary.Id, cancellationToken)).State.ChildFacts?.Uln is { } uln)
                {
                    learners.TryAdd(uln, (summary.Id, summary.IsOpenTo(by)));
                }
            }

            after = page.Next;
        }
        while (after is not null);
        return learners;
    }

    /// <summary>A hash of everything that the row and its requests say. The name and hash of the tables are left out, because other rows may
    /// have changed.</summary>
    private static string FingerprintOf(AssessmentUnderWay row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var input in row.Then.Prepend(row.Step with { Source = "" }))
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(input, AssessmentJson.Default.AssessmentInput));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
