using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring.Wording;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>
/// A hub that can reach nobody: whatever its channels answer, no record says that anything was sent, delivered or told. Sixty days of it,
/// with every request unanswered.
/// </summary>
public sealed class NoChannelTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("no-channel-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 6, 10, 11, 0, 0, TimeSpan.Zero));
    private readonly MemoryAssessmentStore store = new();
    private static readonly ReaderLinks Links = new([new byte[32]], "https://hub.example");

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task What_no_channel_took_is_recorded_as_sent_nowhere_and_asks_a_person_once()
    {
        var (state, events) = await SixtyDaysAsync();

        var asked = state.Requests.Where(r => r.Agency is not null).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, r => Assert.Equal((RequestStatus.Requested, (DateOnly?)null), (r.Status, r.ReceivedByBodyOn)));
        Assert.All(asked, r => Assert.NotNull(r.NotSentOn));
        Assert.DoesNotContain(events, e => e is AdviceRequestMoved { To: RequestStatus.Delivered } moved && asked.Any(r => r.Id == moved.RequestId));

        // No storm: one matter for each request, however many steps fell due, and no failure of any message to an agency.
        Assert.All(asked, r => Assert.Single(state.Attention, a => a.Text.Contains($"no channel to {r.Agency!.Name} is set up", StringComparison.OrdinalIgnoreCase) && a.Id.EndsWith(r.Id, StringComparison.Ordinal)));
        Assert.DoesNotContain(state.FailedEffects, f => f.Effect is SendAdviceRequest or SendWithdrawal or SendCorrection or ReturnAdviceToAuthor);
        Assert.Contains(events, e => e is ChaseNotSent);
        Assert.DoesNotContain(await store.EffectsAsync(state.Id, TestContext.Current.CancellationToken), e => e.Effect.Effect is SendAdviceRequest && e.End == EffectOutcome.Done);
    }

    [Fact]
    public async Task The_family_the_council_and_the_operators_read_that_it_was_not_sent()
    {
        var (state, events) = await SixtyDaysAsync();
        var today = LondonDate.Of(time.GetUtcNow());
        var book = Rules().For(state.Id);

        var family = Functions.Monitoring.Family.FamilyView.Of(state, new FamilyLink("l", today, today, false), today, book, null, [], sendsLetters: false);
        Assert.Contains("no channel", family.Letters, StringComparison.Ordinal);
        Assert.All(family.Advice.Where(a => a.From != "you"), a => Assert.Contains("not sent yet: no channel", a.Where, StringComparison.Ordinal));
        Assert.Null(Functions.Monitoring.Family.FamilyView.Of(state, new FamilyLink("l", today, today, false), today, book, null, []).Letters);

        var medical = state.Requests.Single(r => r.Id == "medical-1");
        Assert.StartsWith("Not sent: no channel is set up", ChaseHistory.Status(medical, today, today), StringComparison.Ordinal);
        var taken = events.OfType<ChaseStepTaken>().Where(t => t.RequestId == "medical-1").Select(t => new StepTaken(today, t, null, events.Any(n => n is ChaseNotSent s && s.RequestId == t.RequestId && s.Step == t.Step))).ToList();
        Assert.Contains(taken, t => t.NotSent);
        Assert.All(taken.Where(t => t.NotSent), t => Assert.Contains("not sent", ChaseHistory.Of(t, medical, ChaseLadder.Default), StringComparison.Ordinal));
        Assert.Contains("the hub notified nobody there", ChaseHistory.ForLateAdvice(medical, today.AddDays(-1), today, taken, null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "No channel to any agency")]
    [InlineData(false, "names no channel")]
    public void The_start_says_to_whom_nothing_is_sent(bool nobody, string words) =>
        Assert.Contains(words, new AgencyDirectory(nobody ? [] : [new AgencyEntry { Id = HubUnderTest.Asked, Reach = Reach.Bus }]).UnreachableWarning, StringComparison.Ordinal);

    private async Task<(AssessmentState State, IReadOnlyList<AssessmentEvent> Events)> SixtyDaysAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        using var book = NoticeFile.Open(data, time);
        var rules = Rules();
        var options = new NoticeOptions();
        var dispatcher = new NoticeDispatcher(book, new RecordOnlyChannel(), new NoticeDirectory([]), store, Links, options, time, NullLogger<NoticeDispatcher>.Instance);
        var agencies = new AgencyEffects(store, rules, new AgencyDirectory([]), [new PortalChannel()]);
        var letters = new LetterStore(new FolderDocuments(Directory.CreateDirectory(Path.Combine(data, "documents")).FullName, new KeepingRules(), time), LetterTemplates.Defaults, rules);
        await using var engine = new EmbeddedEngine(
            store, rules, [new ChaseNotices(agencies, dispatcher, store, rules, options, time), new AssessmentNotices(dispatcher, letters, store, Links, time), agencies], time);
        var id = AssessmentId.For(HubUnderTest.Own, "one");
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        foreach (var input in new[] { open!, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."), new DecideWhetherToAssess(true, "It may be necessary.") })
        {
            var outcome = await engine.SubmitAsync(
                new Delivery { Assessment = id, MessageId = input.GetType().Name, By = new Actor { Role = ActorRole.CouncilOfficer, Id = "o" }, ReceivedAt = time.GetUtcNow(), Input = input }, stop);
            Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
            await engine.RunDueAsync(stop);
        }

        var until = time.GetUtcNow().AddDays(60);
        while (await store.NextDueAsync(stop) is { } next && next <= until)
        {
            time.SetUtcNow(next > time.GetUtcNow() ? next : time.GetUtcNow());
            await engine.RunDueAsync(stop);
        }

        time.SetUtcNow(until);
        return ((await store.LoadAsync(id, stop)).State, [.. (await store.EventsAsync(id, cancellationToken: stop)).Select(e => e.What)]);
    }

    private static RuleBook Rules() => new([HubUnderTest.Profile(HubUnderTest.Own)], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
}
