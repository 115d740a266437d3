using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;
using Encoding = System.Text.Encoding;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>Extracts are found by their keys as they were kept last, say when they are behind their cases, and go with them.</summary>
public sealed class ExtractTests : IDisposable
{
    private static readonly ExtractKind Kind = new(1, 1);

    private readonly DatabaseFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_found_by_a_key_is_what_was_kept_last_after_a_kill_too()
    {
        var random = new Random(3);
        var kept = new Dictionary<AssessmentId, Extract>();
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        for (var n = 0; n < 20; n++)
        {
            await store.CommitAsync(Turns.Of(AssessmentState.None(Turns.Id(n)), ["officer"]), Cancelled);
        }

        for (var n = 0; n < 200; n++)
        {
            var one = Of(random.Next(20), random.Next(1, 4), $"body {n}", [.. Enumerable.Range(0, random.Next(4)).Select(_ => ulong.MaxValue - (ulong)random.Next(6))]);
            await store.KeepAsync(Kind, [one], null, Cancelled);
            kept[one.Case] = kept.GetValueOrDefault(one.Case) is { } before && before.Version > one.Version ? before : one;
        }

        // A case that is not in the store has no extract, and another kind has its own.
        await store.KeepAsync(Kind, [Of(99, 1, "nobody's", [ulong.MaxValue])], null, Cancelled);
        await store.KeepAsync(new ExtractKind(2, 1), [Of(1, 1, "another kind", [ulong.MaxValue])], null, Cancelled);

        using var killed = folder.AsAfterAKill();
        await using var again = SqliteAssessmentStore.Open(killed.Settings);
        foreach (var reader in new[] { store, again })
        {
            for (var key = ulong.MaxValue - 6; key < ulong.MaxValue; key++)
            {
                var expected = kept.Values.Where(one => one.Keys.Contains(key) || one.Keys.Contains(key + 1));
                Assert.Equal(Told(expected), Told(await reader.FindAsync(Kind, [key, key + 1], Cancelled)));
            }

            Assert.Equal(Told(kept.Values), Told(await AllAsync(reader, Kind)));
        }
    }

    [Fact]
    public async Task It_says_which_cases_have_none_or_an_older_one_and_through_which_commit_all_are_kept()
    {
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        var turn = Turns.Of(AssessmentState.None(Turns.Id(1)), ["officer"]);
        await store.CommitAsync(turn, Cancelled);
        await store.CommitAsync(Turns.Of(AssessmentState.None(Turns.Id(2)), ["a", "b"]), Cancelled);

        var missing = await store.WithoutExtractAsync(Kind, Cancelled);
        Assert.Equal([(Turns.Id(1), 1L), (Turns.Id(2), 2L)], missing.Changed.OrderBy(one => one.Version));
        Assert.Null(await store.KeptThroughAsync(Kind, Cancelled));
        await store.KeepAsync(Kind, [Of(1, 1, "one", [7]), Of(2, 2, "two", [7])], missing.Last, Cancelled);
        Assert.Equal(missing.Last, await store.KeptThroughAsync(Kind, Cancelled));
        Assert.Empty((await store.WithoutExtractAsync(Kind, Cancelled)).Changed);

        await store.CommitAsync(Turns.Of(turn.State, ["c"]), Cancelled);
        Assert.Equal([(Turns.Id(1), 2L)], (await store.WithoutExtractAsync(Kind, Cancelled)).Changed);
        Assert.Equal([(Turns.Id(1), 2L)], (await store.ChangesAsync(missing.Last, Cancelled)).Changed);
    }

    [Fact]
    public async Task Another_form_newer_or_older_is_made_anew_and_neither_is_taken_for_the_other()
    {
        var newer = Kind with { Form = 2 };
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        for (var n = 1; n <= 3; n++)
        {
            await store.CommitAsync(Turns.Of(AssessmentState.None(Turns.Id(n)), ["officer"]), Cancelled);
        }

        await store.KeepAsync(Kind, [Of(1, 1, "old", [7]), Of(2, 1, "old", [7]), Of(3, 1, "old", [8])], 3, Cancelled);
        Assert.Null(await store.KeptThroughAsync(newer, Cancelled));
        Assert.Empty(await store.FindAsync(newer, [7], Cancelled));
        Assert.Equal(3, (await store.WithoutExtractAsync(newer, Cancelled)).Changed.Count);

        // Half of them were made by a newer program when the older one comes back: it must not believe that it still has all.
        await store.KeepAsync(newer, [Of(1, 1, "new", [9])], null, Cancelled);
        Assert.Null(await store.KeptThroughAsync(Kind, Cancelled));
        Assert.Equal([(Turns.Id(1), 1L)], (await store.WithoutExtractAsync(Kind, Cancelled)).Changed);
        Assert.Equal(Told([Of(2, 1, "old", [])]), Told(await store.FindAsync(Kind, [7], Cancelled)));
        Assert.Equal(Told([Of(1, 1, "new", [])]), Told(await store.FindAsync(newer, [7, 9], Cancelled)));
        Assert.Single(await AllAsync(store, newer));
    }

    [Fact]
    public async Task An_erased_case_leaves_no_extract_and_what_comes_after_it_is_followed()
    {
        await using (var store = SqliteAssessmentStore.Open(folder.Settings))
        {
            for (var n = 1; n <= 4; n++)
            {
                await store.CommitAsync(Turns.Of(AssessmentState.None(Turns.Id(n)), ["officer"]), Cancelled);
            }

            await store.KeepAsync(Kind, [.. Enumerable.Range(1, 4).Select(n => Of(n, 1, $"Zubin Plimwod {n}", [7, 0x5A7562696E506C69]))], (await store.ChangesAsync(0, Cancelled)).Last, Cancelled);
        }

        using (var erasure = AssessmentFileErasure.Open(folder.File))
        {
            Assert.Equal(2, erasure.Run([Turns.Id(3), Turns.Id(4)]));
        }

        var left = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(folder.File, Cancelled));
        Assert.Contains("Zubin Plimwod 2", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Zubin Plimwod 3", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Zubin Plimwod 4", left, StringComparison.Ordinal);
        Assert.Equal("4", Scalar("SELECT count(*) FROM extract_key"));

        // The numbers of the erased turns are given again.
        await using var again = SqliteAssessmentStore.Open(folder.Settings);
        Assert.Equal(2, (await again.FindAsync(Kind, [7], Cancelled)).Count);
        var through = (await again.KeptThroughAsync(Kind, Cancelled))!.Value;
        await again.CommitAsync(Turns.Of(AssessmentState.None(Turns.Id(5)), ["officer"]), Cancelled);
        Assert.Equal([(Turns.Id(5), 1L)], (await again.ChangesAsync(through, Cancelled)).Changed);
    }

    private static Extract Of(int number, long version, string body, IReadOnlyCollection<ulong> keys) => new(Turns.Id(number), version, Encoding.UTF8.GetBytes(body), keys);

    private static IEnumerable<string> Told(IEnumerable<Extract> extracts) => extracts.Select(one => $"{one.Case} {one.Version} {Encoding.UTF8.GetString(one.Body.Span)}").Order(StringComparer.Ordinal);

    private static async Task<List<Extract>> AllAsync(SqliteAssessmentStore store, ExtractKind kind)
    {
        var found = new List<Extract>();
        for (long? at = 0; at is { } after;)
        {
            var page = await store.ExtractsAsync(kind, after, 3, Cancelled);
            found.AddRange(page.Items);
            at = page.Next;
        }

        return found;
    }

    private string? Scalar(string sql)
    {
        using var connection = Connection.Open(folder.File, writes: false);
        return connection.Scalar(sql);
    }
}
