using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Hub.Tests.Council;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Children;

/// <summary>
/// Where the store keeps the children, a program that has just started finds every child that it would find if it had read all cases, and reads none for it.
/// A new <see cref="KnownChildren"/> over the same store is a program that has just started.
/// </summary>
public sealed class KeptChildrenTests : IAsyncDisposable
{
    private const int Many = 24;

    private static readonly LocalAuthorityCode Other = Cases.Parse<LocalAuthorityCode>("331");
    private static readonly string[] Given = ["Zubin", "Zubin Ray", "Kesh", "Ax"];
    private static readonly string[] Family = ["Plimwod", "O'Plimwod", "Vexjor"];

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 11, 0, 0, TimeSpan.Zero));
    private readonly CountedKeeper store;

    public KeptChildrenTests() =>
        store = new CountedKeeper(new RuleBook([Cases.Profile, Cases.Profile with { Code = Other }], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default), time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task After_a_start_an_opening_and_the_names_in_a_plan_read_no_case()
    {
        await FillAsync();
        Assert.Equal(Many, store.Written);
        _ = store.Taken();

        using var children = new KnownChildren(store);
        var opening = new OpenAssessment(Cases.Facts with { Child = ChildOf(3) });
        var found = await new EarlierCases(children).FindAsync(Id(Many, Cases.Council), opening, AssessmentState.None(Id(Many, Cases.Council)), Stop);
        Assert.Contains(found, one => one.Case == Id(3, CouncilOf(3)) && one.Likeness == SameChildReason.SameNameAndBirthday);
        Assert.Equal(Expected(n => Given[n % 4].StartsWith("Zubin", StringComparison.Ordinal) && CouncilOf(n) == Other), Ids(await children.GivenAsync(["zubin", "the"], Other, Stop)));
        Assert.Equal((0, 0), store.Taken());
        Assert.False(children.HasAll);
    }

    [Fact]
    public async Task What_has_changed_since_it_was_kept_is_read_and_nothing_else()
    {
        await FillAsync();
        var corrected = ChildOf(5) with { GivenName = "Wendel", FamilyName = "Oxbry", DateOfBirth = new DateOnly(2012, 2, 3) };
        await store.SayAsync(Id(5, CouncilOf(5)), "corrected", new CorrectFacts("Misread.", Child: corrected));
        await OpenAsync(Many);
        _ = store.Taken();

        using var children = new KnownChildren(store);
        Assert.Equal([Id(5, CouncilOf(5))], Ids(await children.LikeAsync(corrected, null, null, Stop)));
        Assert.Equal((0, 2), store.Taken());
        Assert.Contains(Id(Many, CouncilOf(Many)), Ids(await children.LikeAsync(ChildOf(Many), null, null, Stop)));
        Assert.DoesNotContain(Id(5, CouncilOf(5)), Ids(await children.LikeAsync(ChildOf(5), null, null, Stop)));
        Assert.DoesNotContain(Id(5, CouncilOf(5)), Ids(await children.GivenAsync([ChildOf(5).GivenName], CouncilOf(5), Stop)));
        Assert.Equal((0, 0), store.Taken());

        // Once it was kept, the next program reads nothing.
        Assert.True(await new ChildKeeping(children, store).RunAsync(Stop));
        using var next = new KnownChildren(store);
        Assert.Equal([Id(5, CouncilOf(5))], Ids(await next.LikeAsync(corrected, null, null, Stop)));
        Assert.Equal((0, 0), store.Taken());
    }

    [Fact]
    public async Task It_finds_what_a_program_finds_that_has_read_every_case()
    {
        await FillAsync();
        await store.SayAsync(Id(2, CouncilOf(2)), "withdrawn", new WithdrawRequest(new DateOnly(2026, 1, 5), "They manage."));
        using var all = new KnownChildren(new PassingChanges(store.Inner));
        for (var n = 0; n < Many; n++)
        {
            foreach (var council in new LocalAuthorityCode?[] { null, Cases.Council, Other })
            {
                foreach (var open in new bool?[] { null, true })
                {
                    // Each question is the first of a program.
                    using var children = new KnownChildren(store);
                    Assert.Equal(Alike(await all.LikeAsync(ChildOf(n), council, open, Stop), n, council), Alike(await children.LikeAsync(ChildOf(n), council, open, Stop), n, council));
                }
            }
        }

        // In memory they are found by the beginnings of names too.
        using var loaded = new KnownChildren(store);
        await loaded.LoadAsync(Stop);
        Assert.True(loaded.HasAll);
        Assert.Equal(Ids(all.KnownWith([ChildKeys.OfBeginning("plimwod")!.Value])), Ids(loaded.KnownWith([ChildKeys.OfBeginning("plimwod")!.Value])));
        Assert.Equal(Many, loaded.KnownWith([]).Count);
    }

    [Fact]
    public async Task A_store_from_before_is_brought_up_to_date_in_parts_and_a_program_that_ended_goes_on()
    {
        for (var n = 0; n < KeptChildren.WrittenAtOnce + Many; n++)
        {
            await OpenAsync(n);
        }

        // Its third write, the note that all are kept, fails: the disk was full.
        using (var first = new KnownChildren(store))
        {
            store.WritesLeft = 2;
            await Assert.ThrowsAsync<IOException>(async () => await new ChildKeeping(first, store).RunAsync(Stop));
            store.WritesLeft = 1;
            Assert.Null(await first.Kept!.ThroughAsync(Stop));
        }

        store.WritesLeft = null;
        (store.Written, _) = (0, store.Taken());
        await OpenAsync(KeptChildren.WrittenAtOnce + Many);
        using var children = new KnownChildren(store);
        var keeping = new ChildKeeping(children, store);
        Assert.True(await keeping.RunAsync(Stop));
        Assert.Equal((1, (0, 1)), (store.Written, store.Taken()));
        Assert.Null(keeping.MissingCount);
        Assert.NotNull(await children.Kept!.ThroughAsync(Stop));
    }

    [Fact]
    public async Task What_other_code_has_read_is_kept_without_reading_it_again_and_it_says_how_many_are_left()
    {
        const int All = 600;
        for (var n = 0; n < All; n++)
        {
            await OpenAsync(n);
        }

        using var children = new KnownChildren(store);
        foreach (var id in Enumerable.Range(0, All).Select(n => Id(n, CouncilOf(n))).OrderBy(id => id.Value, StringComparer.Ordinal).Take(50))
        {
            children.Take((await store.Inner.LoadAsync(id, Stop)).State);
        }

        var keeping = new ChildKeeping(children, store);
        Assert.False(await keeping.RunAsync(Stop));
        Assert.Equal((All - 50, 50, (0, 0)), (keeping.MissingCount, store.Written, store.Taken()));
        Assert.False(await keeping.RunAsync(Stop));
        Assert.Equal((All - 550, (0, 500)), (keeping.MissingCount, store.Taken()));
        Assert.True(await keeping.RunAsync(Stop));
        Assert.Equal((null, All, (0, 50)), (keeping.MissingCount, store.Written, store.Taken()));
    }

    [Fact]
    public async Task After_a_start_a_message_is_matched_by_number_with_every_case_of_the_child()
    {
        var numbered = ChildOf(1) with { NhsNumber = HubUnderTest.Parse<NhsNumber>("9990000018"), Upn = HubUnderTest.Parse<Upn>("Q330100101501") };
        await OpenAsync(50, numbered);
        await OpenAsync(51, numbered with { NhsNumber = null, GivenName = "Wendel" });
        await FillAsync();
        _ = store.Taken();

        using var children = new KnownChildren(store);
        var found = await new MailMatching(children).FindAsync($"NHS 999 000 0018, and case {Id(4, Cases.Council)}", Cases.Council, "officer-1", Stop);
        Assert.Equal([Id(4, Cases.Council), Id(50, Cases.Council)], found.Suggestions.Select(one => one.Case).OrderBy(id => id != Id(4, Cases.Council)));
        Assert.Contains(found.Owners.Values, owners => owners.SetEquals([Id(50, Cases.Council), Id(51, Cases.Council)]));
        Assert.Equal((0, 1), store.Taken());
    }

    [Fact]
    public async Task A_case_that_was_never_opened_holds_nothing_up()
    {
        await FillAsync();
        await store.Inner.PutAsync(new Delivery { Assessment = Id(77, Other), MessageId = "early", By = Cases.Officer, ReceivedAt = time.GetUtcNow(), Input = new AssignCaseOfficer("officer-2") }, Stop);
        using var children = new KnownChildren(store);
        Assert.True(await new ChildKeeping(children, store).RunAsync(Stop));
        await children.LoadAsync(Stop);
        Assert.Equal(Many, children.KnownWith([]).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"child":null,"school":"","isOpen":true}""")]
    [InlineData("""{"school":"","isOpen":true}""")]
    [InlineData("""{"child":{"givenName":null,"familyName":"A","dateOfBirth":"2016-03-14"},"school":"","isOpen":true}""")]
    [InlineData("""{"child":{"givenName":"A","familyName":"A","dateOfBirth":"2016-33-14"},"school":"","isOpen":true}""")]
    [InlineData("""{"child":{"givenName":"A","familyName":"A","dateOfBirth":"2016-03-14","upn":"12"},"school":"","isOpen":true}""")]
    [InlineData("""{"child":{"givenName":"A","familyName":"A","dateOfBirth":"2016-03-14"},"school":"","restrictedTo":[null],"isOpen":true}""")]
    public async Task A_kept_child_that_cannot_be_read_is_read_from_its_case_and_kept_again(string body)
    {
        await FillAsync();
        var damaged = Id(5, CouncilOf(5));
        await DamageAsync(damaged, body.Length > 0 ? Encoding.UTF8.GetBytes(body) : [(byte)'"', 0xC3, 0x28, (byte)'"']);
        _ = store.Taken();

        // Asked for by name, and read with all.
        using var children = new KnownChildren(store);
        Assert.Contains(damaged, Ids(await children.LikeAsync(ChildOf(5), null, null, Stop)));
        Assert.Equal((0, 1), store.Taken());
        using var loaded = new KnownChildren(store);
        await loaded.LoadAsync(Stop);
        Assert.True(loaded.HasAll);
        Assert.Equal(Many, loaded.KnownWith([]).Count);
        Assert.Equal((0, 1), store.Taken());

        // The disk is full once: it is tried again.
        var keeping = new ChildKeeping(children, store);
        store.WritesLeft = 0;
        await Assert.ThrowsAsync<IOException>(async () => await keeping.RunAsync(Stop));
        store.WritesLeft = null;
        Assert.True(await keeping.RunAsync(Stop));
        Assert.Equal(1, keeping.KeptAgain);
        Assert.True(await keeping.RunAsync(Stop));
        Assert.Equal(0, keeping.KeptAgain);
        using var next = new KnownChildren(store);
        Assert.Contains(damaged, Ids(await next.LikeAsync(ChildOf(5), null, null, Stop)));
        Assert.Equal((0, 0), store.Taken());
    }

    /// <summary>If this fails, raise the form in <see cref="KeptChildren.Kind"/>: otherwise what an earlier program kept is taken for what this one would keep.</summary>
    [Fact]
    public void The_form_of_what_is_kept_is_on_record()
    {
        var child = new Child
        {
            GivenName = "Zoë Ann",
            FamilyName = "O'Plim-Wod",
            DateOfBirth = new DateOnly(2016, 3, 14),
            NhsNumber = HubUnderTest.Parse<NhsNumber>("9990000018"),
            NhsNumberStatus = NhsNumberStatus.Verified,
            Upn = HubUnderTest.Parse<Upn>("Q330100101501"),
            Postcode = "AB1 2CD",
        };
        var id = AssessmentId.For(HubUnderTest.Own, "1");
        var known = new KnownChild(id, 4, child, SearchWords.Folded("Zoë Ann O'Plim-Wod"), "st zubins school", ["officer-1"], true);
        var kept = KeptChildren.Write(id, 4, known);

        Assert.Equal(1, KeptChildren.Kind.Form);
        Assert.Equal(
            """{"child":{"givenName":"Zo\u00EB Ann","familyName":"O\u0027Plim-Wod","dateOfBirth":"2016-03-14","nhsNumber":"9990000018","nhsNumberStatus":"Verified","upn":"Q330100101501","postcode":"AB1 2CD"},"school":"st zubins school","restrictedTo":["officer-1"],"isOpen":true}""",
            Encoding.UTF8.GetString(kept.Body.Span));
        Assert.Equal("2b8f9f7871208edb 5f958ec5291e8a8c 733676d35acafd92 a9fd5280aec44bca ec0c139fe523ca68", string.Join(' ', kept.Keys.Select(key => $"{key:x}").Order(StringComparer.Ordinal)));
        Assert.True(KeptChildren.TryRead(kept, out var read));
        Assert.Equal(known.RestrictedTo, read!.RestrictedTo);
        Assert.Equal(known, read with { RestrictedTo = known.RestrictedTo });
    }

    private static AssessmentId Id(int number, LocalAuthorityCode council) => AssessmentId.For(council, $"{number}");

    private static LocalAuthorityCode CouncilOf(int number) => number % 3 == 0 ? Other : Cases.Council;

    private static Child ChildOf(int n) => Cases.Facts.Child with
    {
        GivenName = Given[n % 4],
        FamilyName = Family[n % 3],
        DateOfBirth = new DateOnly(2016, 3, 1).AddDays(n % 7),
        NhsNumber = null,
        Upn = null,
    };

    private static List<AssessmentId> Ids(IEnumerable<KnownChild> children) => [.. children.Select(one => one.Case).OrderBy(id => id.Value, StringComparer.Ordinal)];

    private static List<AssessmentId> Expected(Func<int, bool> fits) => [.. Enumerable.Range(0, Many).Where(fits).Select(n => Id(n, CouncilOf(n))).OrderBy(id => id.Value, StringComparer.Ordinal)];

    /// <summary>Those that a question must find: of another council's children, those of the same day of birth.</summary>
    private static List<AssessmentId> Alike(IReadOnlyList<KnownChild> found, int n, LocalAuthorityCode? council) =>
        Ids(found.Where(one => council is not null || one.Child.DateOfBirth == ChildOf(n).DateOfBirth));

    private async Task FillAsync()
    {
        for (var n = 0; n < Many; n++)
        {
            await OpenAsync(n);
        }

        using var children = new KnownChildren(store);
        Assert.True(await new ChildKeeping(children, store).RunAsync(Stop));
    }

    private async Task DamageAsync(AssessmentId id, byte[] body)
    {
        var state = (await store.Inner.LoadAsync(id, Stop)).State;
        var kept = KeptChildren.Write(id, state.Version, KnownChild.Of(state, state.Facts!, null));
        await store.Inner.KeepAsync(KeptChildren.Kind, [kept with { Body = body }], null, Stop);
    }

    private Task OpenAsync(int number, Child? child = null) =>
        store.SayAsync(Id(number, child is null ? CouncilOf(number) : Cases.Council), "open", new OpenAssessment(Cases.Facts with { Child = child ?? ChildOf(number) }));

    /// <summary>The store as it was before it kept anything.</summary>
    private sealed class PassingChanges(SqliteAssessmentStore inner) : Embedded.Tests.Engine.PassingStore(inner), IChangeSource
    {
        public ValueTask<StoreChanges> ChangesAsync(long after, CancellationToken cancellationToken = default) => inner.ChangesAsync(after, cancellationToken);
    }
}
