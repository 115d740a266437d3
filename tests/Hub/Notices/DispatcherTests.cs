using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>Notices from the decision to the book, with a real engine and a virtual clock.</summary>
public sealed class DispatcherTests : IDisposable
{
    private static readonly LocalAuthorityCode Council = Access.HubUnderTest.Own;
    private readonly string data = Directory.CreateTempSubdirectory("notices-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 6, 10, 11, 0, 0, TimeSpan.Zero));
    private readonly MemoryAssessmentStore store = new();
    private static readonly ReaderLinks Links = new([new byte[32]], "https://hub.example");

    [Fact]
    public async Task Two_cases_of_one_contributor_become_one_digest_and_escalations_go_to_their_roles()
    {
        using var book = NoticeFile.Open(data, time);
        await using var engine = Engine(book, new RecordOnlyChannel());
        var one = await OpenAsync(engine, "one");
        var two = await OpenAsync(engine, "two");

        await StepAsync(engine, days: 60);

        var medical = book.Newest(1000).Where(n => n.To.StartsWith("ods:RX1, ", StringComparison.Ordinal)).Reverse().ToList();
        Assert.Equal(
            [
                "8 July: ods:RX1, contributor", "19 July: ods:RX1, contributor", "23 July: ods:RX1, contributor", "23 July: ods:RX1, contributor's manager",
                "27 July: ods:RX1, designated medical or clinical officer", "3 August: ods:RX1, commissioner",
            ],
            medical.Select(n => $"{Words.Day(LondonDate.Of(n.SentAt))}: {n.To}"));
        Assert.All(medical, n => Assert.Equal([one, two], n.Assessments.OrderBy(a => a == two)));
        Assert.All(medical, n => Assert.Equal("2 requests for advice need your attention", n.Subject));
        Assert.All(book.Newest(1000), n => Assert.DoesNotContain("Alex", n.Subject + n.Text, StringComparison.OrdinalIgnoreCase));

        // Nobody is told twice for one step, and every step that was told led to a notice.
        var told = (await store.EventsAsync(one, cancellationToken: TestContext.Current.CancellationToken)).Select(e => e.What).OfType<ChaseStepTaken>().Count(t => t.Told && !t.RequestId.StartsWith("family", StringComparison.Ordinal));
        var chased = book.Of(one, 1000).Where(n => !n.Subject.StartsWith("Notice about", StringComparison.Ordinal) && !n.Subject.StartsWith("The council has ", StringComparison.Ordinal)).ToList();
        var effects = chased.SelectMany(n => n.Effects).Where(e => e.StartsWith(one.Value, StringComparison.Ordinal)).ToList();
        Assert.Equal(told, effects.Count);
        Assert.Equal(told, effects.Distinct().Count());
    }

    [Fact]
    public async Task Without_a_channel_nothing_is_sent_and_the_duty_stays_open_until_a_person_records_the_day()
    {
        using var book = NoticeFile.Open(data, time);
        await using var engine = Engine(book, new RecordOnlyChannel());
        var one = await OpenAsync(engine, "one");
        await StepAsync(engine, days: 50);

        var state = await StateAsync(one);
        Assert.NotEmpty(state.Notices);
        Assert.All(state.Notices, notice => Assert.True(notice is { SentOn: null, ServedOn: null, Channel: null }));
        Assert.All(state.Notices, notice => Assert.Contains(state.Attention, a => a.Id == $"post-{notice.Id}" || (a.Text.Contains(Words.Of(notice.Kind), StringComparison.Ordinal) && a.Text.Contains("no channel is set up", StringComparison.Ordinal))));
        Assert.Contains(state.MissedLimits, missed => missed.StartsWith("decideWhetherToAssess@", StringComparison.Ordinal));
        Assert.All(book.Newest(1000), notice => Assert.False(notice.WasSent));

        foreach (var notice in state.Notices)
        {
            await SubmitAsync(engine, one, new RecordNoticeSent(notice.Id, LondonDate.Of(time.GetUtcNow()), NoticeChannel.Post));
        }

        state = await StateAsync(one);
        Assert.All(state.Notices, notice => Assert.Equal(NoticeChannel.Post, notice.Channel));
        Assert.DoesNotContain(state.FailedEffects, failed => failed.Effect is SendNotice);
        Assert.DoesNotContain(state.Attention, a => a.Text.StartsWith("Sending the notice", StringComparison.Ordinal));
        var limit = Limits.Of(state, LondonDate.Of(time.GetUtcNow()), Rules().For(one)).Single(l => l.Limit.Key == "decideWhetherToAssess");
        Assert.Equal(LimitStatus.MetLate, limit.Standing);
    }

    /// <summary>Whoever tries again, and after a restart too: what is only kept stays unsent, however often.</summary>
    [Fact]
    public async Task Trying_again_without_a_channel_sends_nothing()
    {
        AssessmentId one;
        using (var first = NoticeFile.Open(data, time))
        {
            await using var before = Engine(first, new RecordOnlyChannel());
            one = await OpenAsync(before, "one");
            await StepAsync(before, days: 1);
        }

        using var book = NoticeFile.Open(data, time);
        await using var engine = Engine(book, new RecordOnlyChannel());
        for (var again = 0; again < 3; again++)
        {
            var failed = (await StateAsync(one)).FailedEffects.Where(f => f.Effect is SendNotice).ToList();
            Assert.NotEmpty(failed);
            foreach (var effect in failed)
            {
                await SubmitAsync(engine, one, new RetryEffect(effect.EffectId, "Once more."));
            }

            Assert.Equal(failed.Select(f => f.Effect).Cast<SendNotice>().Select(n => n.NoticeId).Order(StringComparer.Ordinal), (await StateAsync(one)).FailedEffects.Select(f => f.Effect).OfType<SendNotice>().Select(n => n.NoticeId).Order(StringComparer.Ordinal));
        }

        Assert.All((await StateAsync(one)).Notices, notice => Assert.True(notice is { SentOn: null, ServedOn: null, Channel: null }));
        Assert.All(book.Newest(1000), notice => Assert.False(notice.WasSent));
    }

    /// <summary>What is written beside <see cref="CitedLawTests"/>: the sentence comes from the request that the notice is about.</summary>
    [Fact]
    public async Task Each_adviser_who_is_chased_reads_the_law_that_binds_it_and_no_other()
    {
        using var book = NoticeFile.Open(data, time);
        await using var engine = Engine(book, new RecordOnlyChannel());
        var one = await OpenAsync(engine, "one");
        await StepAsync(engine, days: 60);

        var requests = (await StateAsync(one)).Requests;
        var steps = (await store.EventsAsync(one, cancellationToken: TestContext.Current.CancellationToken)).ToList();
        var seen = new HashSet<AnswerDuty>();
        foreach (var notice in book.Of(one, 1000))
        {
            // A digest names several; here each person of an agency that was asked once is told about one request.
            var asked = requests.Where(r => r.Agency is { } agency && notice.To.StartsWith($"{agency.Id}, ", StringComparison.Ordinal)).ToList();
            if (asked is not [var request] || notice.Effects.Count != 1 || steps.TrueForAll(s => s.What is not ChaseStepTaken { Told: true } taken || taken.RequestId != request.Id))
            {
                continue;
            }

            var own = AnswerDuties.SentenceFor(request);
            Assert.All(
                Enum.GetValues<AnswerDuty>().Select(duty => AnswerDuties.SentenceFor(request with { Duty = duty })).Where(sentence => sentence.Length > 0 && sentence != own),
                other => Assert.DoesNotContain(other, notice.Text, StringComparison.Ordinal));
            if (own.Length > 0 && notice.Text.Contains(own, StringComparison.Ordinal))
            {
                seen.Add(request.Duty);
            }
        }

        Assert.Superset(new HashSet<AnswerDuty> { AnswerDuty.Section31Body, AnswerDuty.LocalPartner }, seen);
    }

    [Fact]
    public async Task What_was_only_kept_is_sent_once_there_is_a_channel_and_a_person_tries_again()
    {
        using var book = NoticeFile.Open(data, time);
        AssessmentId one;
        await using (var before = Engine(book, new RecordOnlyChannel()))
        {
            one = await OpenAsync(before, "one");
            await StepAsync(before, days: 1);
        }

        var post = new Post();
        await using var engine = Engine(book, post);
        var failed = (await StateAsync(one)).FailedEffects.Where(f => f.Effect is SendNotice).ToList();
        Assert.NotEmpty(failed);
        foreach (var effect in failed)
        {
            await SubmitAsync(engine, one, new RetryEffect(effect.EffectId, "There is a channel now."));
        }

        var state = await StateAsync(one);
        Assert.Equal(failed.Select(f => f.EffectId).Order(StringComparer.Ordinal), post.Took.Order(StringComparer.Ordinal));
        Assert.All(failed, f => Assert.NotNull(state.Notices.Single(n => n.Id == ((SendNotice)f.Effect).NoticeId).SentOn));
        Assert.DoesNotContain(state.FailedEffects, f => f.Effect is SendNotice);
    }

    [Fact]
    public async Task What_came_while_it_gathered_is_not_chased()
    {
        using var book = NoticeFile.Open(data, time);
        await using var engine = Engine(book, new RecordOnlyChannel());
        var one = await OpenAsync(engine, "one");
        await OpenAsync(engine, "two");
        time.SetUtcNow(new DateTimeOffset(2026, 7, 8, 6, 0, 0, TimeSpan.Zero));
        await engine.RunDueAsync(TestContext.Current.CancellationToken);

        await SubmitAsync(engine, one, new SubmitAdvice("medical-1", Content()));
        await StepAsync(engine, days: 1);

        Assert.All(book.Newest(1000).Where(n => n.To == "ods:RX1, contributor"), n => Assert.DoesNotContain(one, n.Assessments));
    }

    [Fact]
    public async Task A_channel_that_needs_an_address_and_has_none_puts_it_before_a_person()
    {
        await using var graph = await FakeGraph.StartAsync();
        using var book = NoticeFile.Open(data, time);
        await using var engine = Engine(book, graph.Connect(time), new NoticeContact("ods:RX1", "contributor", "therapist@example.org"));
        var one = await OpenAsync(engine, "one");

        await StepAsync(engine, days: 60);

        var state = (await store.LoadAsync(one, TestContext.Current.CancellationToken)).State;
        Assert.Contains(state.FailedEffects, f => f.Detail == "The notice directory does not say how to reach ods:RX1, commissioner.");
        Assert.Contains(graph.Mails, m => m.ToJsonString().Contains("manager@example.org", StringComparison.Ordinal));
        Assert.All(graph.Mails, m => Assert.DoesNotContain("Alex", m.ToJsonString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_book_reads_back_what_it_answered_for_and_drops_a_line_that_a_crash_cut_off()
    {
        var stop = TestContext.Current.CancellationToken;
        var now = time.GetUtcNow();
        var item = new NoticeItem { EffectId = "330-X/1/1", Assessment = AssessmentId.For(Council, "x"), Recipient = "ods:RX1|contributor", Role = "contributor", Wording = "reminder", What = "medical advice", Link = "http://x" };
        using (var book = NoticeFile.Open(data, time))
        {
            Assert.Null(await book.PutAsync(item, now, stop));
            Assert.Null(await book.PutAsync(item with { EffectId = "330-X/1/2" }, now, stop));
            await book.KeepAsync(new KeptNotice { Id = item.EffectId, To = "x", Subject = "s", Text = "t", SentAt = now, Channel = "kept here", Effects = [item.EffectId], Assessments = [item.Assessment] }, stop);
        }

        await File.AppendAllTextAsync(Directory.GetFiles(data).Single(), """{"at":"2026-06-10T11:00""", stop);
        using (var book = NoticeFile.Open(data, time))
        {
            Assert.Equal("330-X/1/1", (await book.PutAsync(item, now, stop))?.Id);
            Assert.Equal(["330-X/1/2"], book.WaitingFor("ods:RX1|contributor").Select(w => w.Item.EffectId));
            await book.DropAsync("330-X/1/2", stop);
        }

        using var again = NoticeFile.Open(data, time);
        Assert.Empty(again.WaitingFor("ods:RX1|contributor"));
        Assert.Single(again.Of(item.Assessment));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private async Task<AssessmentState> StateAsync(AssessmentId id) => (await store.LoadAsync(id, TestContext.Current.CancellationToken)).State;

    private static RuleBook Rules() => new([Profile()], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);

    /// <summary>Takes whatever is for agencies that are listed nowhere.</summary>
    private sealed class Reached : IAgencyChannel
    {
        public Reach Reach => Reach.Portal;

        public ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken) => new(EffectResult.Done(message.EffectId));
    }

    private sealed class Post : INoticeChannel
    {
        internal List<string> Took { get; } = [];

        public string Name => "post";

        public bool NeedsAddress => false;

        public bool Sends => true;

        public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default)
        {
            Took.Add(message.Id);
            return new(EffectResult.Done("posted"));
        }
    }

    private EmbeddedEngine Engine(INoticeStore book, INoticeChannel channel, params NoticeContact[] contacts)
    {
        var rules = Rules();
        var options = new NoticeOptions();
        var dispatcher = new NoticeDispatcher(book, channel, new NoticeDirectory(contacts), store, Links, options, time, NullLogger<NoticeDispatcher>.Instance);
        var agencies = new AgencyEffects(store, rules, new AgencyDirectory([]), [new Reached()]);
        return new EmbeddedEngine(
            store,
            rules,
            [new ChaseNotices(agencies, dispatcher, store, rules, options, time), new AssessmentNotices(dispatcher, Letters(rules), store, Links, time), agencies, new StatusPublisher(store, new AgencyDirectory([]), new NoBroker())],
            time);
    }

    private LetterStore Letters(RuleBook rules) =>
        new(new FolderDocuments(Directory.CreateDirectory(Path.Combine(data, "documents")).FullName, new KeepingRules(), time), LetterTemplates.Defaults, rules);

    private async Task<AssessmentId> OpenAsync(EmbeddedEngine engine, string key)
    {
        var id = AssessmentId.For(Council, key);
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        await SubmitAsync(engine, id, open!);
        await SubmitAsync(engine, id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        await SubmitAsync(engine, id, new DecideWhetherToAssess(true, "It may be necessary."));
        return id;
    }

    private async Task SubmitAsync(EmbeddedEngine engine, AssessmentId id, AssessmentInput input)
    {
        var outcome = await engine.SubmitAsync(
            new Delivery { Assessment = id, MessageId = Guid.NewGuid().ToString(), By = new Actor { Role = ActorRole.CouncilOfficer, Id = "o" }, ReceivedAt = time.GetUtcNow(), Input = input },
            TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
        await engine.RunDueAsync(TestContext.Current.CancellationToken);
    }

    private async Task StepAsync(EmbeddedEngine engine, int days)
    {
        var until = time.GetUtcNow().AddDays(days);
        while (await store.NextDueAsync(TestContext.Current.CancellationToken) is { } next && next <= until)
        {
            if (next > time.GetUtcNow())
            {
                time.SetUtcNow(next);
            }

            await engine.RunDueAsync(TestContext.Current.CancellationToken);
        }
    }

    private static AdviceContent Content() => new()
    {
        Author = "A. Author",
        AuthorRole = "Paediatrician",
        WrittenOn = new DateOnly(2026, 7, 1),
        Views = [new AdviceView("v1", "Likes drawing.")],
    };

    private static CouncilProfile Profile() => new()
    {
        Code = Council,
        Name = "Example Council",
        SocialCare = new Agency { Id = Access.HubUnderTest.Parse<AgencyId>("la:330/social-care"), Name = "Social care" },
        EducationalPsychology = new Agency { Id = Access.HubUnderTest.Parse<AgencyId>("la:330/educational-psychology"), Name = "Psychology" },
        MediationAdviser = "a",
        MediationContact = "b",
        DisagreementResolution = "c",
        InformationAndAdvice = "d",
    };
}
