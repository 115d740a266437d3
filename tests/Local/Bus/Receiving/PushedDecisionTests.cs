using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Messages.Tests.Bus;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>What a person does with a pushed assessment that waits, and the documents that come with one.</summary>
public sealed class PushedDecisionTests
{
    private static readonly AdviceContent Advice = SampleMessages.Advice with { Attachments = [] };
    private static readonly LocalAuthorityCode Other = SampleMessages.Parse<LocalAuthorityCode>("331");
    private static readonly PushedViewer Officer = new(new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" }, Receiver.Council, SeesChild: true);
    private static readonly PushedViewer Operator = new(new Actor { Role = ActorRole.Operator, Id = "operator-1" }, null, SeesChild: false);

    private readonly Receiver hub = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attaching_is_what_an_exact_match_would_have_been_and_waits_nowhere_else()
    {
        var first = await hub.AskedAsync("a");
        var second = await hub.AskedAsync("b");
        var key = await PushAsync();

        var decided = await hub.Decisions.AttachAsync(key, second, "The sender's reference is that of this case.", Officer, Stop);

        Assert.Equal(UnsolicitedOutcome.Attached, decided.Answer?.Outcome);
        Assert.Empty((await hub.StateAsync(first)).Existing);
        var state = await hub.StateAsync(second);
        var existing = Assert.Single(state.Existing);
        Assert.Equal((Receiver.SocialCare, false), (existing.Agency.Id, existing.ReliedOn));
        Assert.Contains(state.Attention, matter => matter.Id == $"judge-pushed-{key}");
        foreach (var (id, outcome) in new[] { (first, UnsolicitedOutcome.Elsewhere), (second, UnsolicitedOutcome.Attached) })
        {
            Assert.DoesNotContain((await hub.StateAsync(id)).Attention, matter => matter.Id == $"pushed-{key}");
            var settled = Assert.Single(await SettledAsync(id));
            Assert.Equal((outcome, "officer-1", "The sender's reference is that of this case."), (settled.Outcome, settled.By.Id, settled.Reason));
        }

        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal) || name.StartsWith("held/candidates/", StringComparison.Ordinal));
        Assert.Empty(hub.Told);
        Assert.Equivalent(decided, await hub.Decisions.AttachAsync(key, second, "Again.", Officer, Stop));
        Assert.Null((await hub.Decisions.AttachAsync(key, first, "No, there.", Officer, Stop)).Answer);
    }

    [Fact]
    public async Task All_three_parties_agree_before_what_was_attached_is_relied_on()
    {
        var id = await hub.AskedAsync("a");
        await hub.AskedAsync("b");
        var key = await PushAsync();
        await hub.Decisions.AttachAsync(key, id, "It is.", Operator, Stop);

        foreach (var party in Enum.GetValues<AgreeingParty>())
        {
            Assert.Empty((await hub.StateAsync(id)).Advice);
            await hub.DoAsync(id, new AgreeExistingAdvice($"pushed-{key}", party, Agrees: true));
        }

        Assert.Equal("reg 6(4)", Assert.Single((await hub.StateAsync(id)).Advice).LegalBasis);
    }

    [Fact]
    public async Task A_person_sees_only_the_candidates_of_their_council_and_what_agrees()
    {
        var own = await hub.AskedAsync("a");
        var theirs = await hub.AskedAsync("b", child => child with { DateOfBirth = new DateOnly(2011, 1, 1) }, Other);
        var key = await PushAsync(SampleMessages.School);

        var seen = Assert.Single(await hub.Decisions.ListAsync(Officer, Stop));
        var by331 = (await hub.Decisions.FindAsync(key, Officer with { Council = Other }, Stop))!;
        var all = (await hub.Decisions.FindAsync(key, Operator, Stop))!;

        Assert.Equal(own, Assert.Single(seen.Candidates).Assessment);
        Assert.Equal(Agreement.Same, seen.Candidates[0].Comparison.DateOfBirth);
        Assert.Equal(SampleMessages.Child, seen.Child);
        Assert.Equal((theirs, Agreement.Different), (Assert.Single(by331.Candidates).Assessment, by331.Candidates[0].Comparison.DateOfBirth));
        Assert.Equal(2, all.Candidates.Count);
        Assert.Null(all.Child);
        Assert.Null(await hub.Decisions.FindAsync(key, Officer with { Council = SampleMessages.Parse<LocalAuthorityCode>("332") }, Stop));
        Assert.Equal("not-a-candidate", (await hub.Decisions.AttachAsync(key, theirs, "Mine.", Officer, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_dismissal_speaks_for_ones_own_cases_and_ends_it_when_nobody_else_has_any()
    {
        var own = await hub.AskedAsync("a");
        var theirs = await hub.AskedAsync("b", council: Other);
        var key = await PushAsync(SampleMessages.School);

        Assert.Equal("text-missing", (await hub.Decisions.DismissAsync(key, " ", Officer, Stop)).Refusal?.Code);
        Assert.Equal([own], (await hub.Decisions.DismissAsync(key, "Another child.", Officer, Stop)).Answer!.Assessments);

        // Not the hub either puts back what a person has dismissed, however often it looks.
        await hub.Sweep.RunAsync(Stop);
        Assert.Null(await hub.Decisions.FindAsync(key, Officer, Stop));
        Assert.NotNull(await hub.Decisions.FindAsync(key, Officer with { Council = Other }, Stop));
        await hub.DoAsync(theirs, new WithdrawRequest(new DateOnly(2026, 6, 10), "They moved."));
        await hub.Sweep.RunAsync(Stop);

        Assert.Empty((await hub.StateAsync(own)).Existing);
        Assert.Equal((UnsolicitedOutcome.Dismissed, "officer-1"), (Assert.Single(await SettledAsync(own)).Outcome, (await SettledAsync(own))[0].By.Id));
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        Assert.Contains("\"end\":\"dismissed\"", await RecordAsync(), StringComparison.Ordinal);
        var told = Assert.IsType<MessageRejected>(MessageReader.Read(Assert.Single(hub.Told).Event).Value);
        Assert.Equal((SampleMessages.School, "push"), (told.Agency, told.MessageId));
        Assert.StartsWith("NotAttached: ", told.Reason, StringComparison.Ordinal);
        Assert.Equal(Settlement.Complete, (await hub.ReceiveAsync(Arrival(Pushed(SampleMessages.School)))).Settlement);
        Assert.Empty(await hub.Decisions.ListAsync(Operator, Stop));
    }

    [Fact]
    public async Task A_case_that_takes_no_existing_advice_any_more_says_so_and_nothing_is_lost()
    {
        var id = await hub.AskedAsync("a");
        await hub.AskedAsync("b");
        var key = await PushAsync();
        await hub.DoAsync(id, new WithdrawRequest(new DateOnly(2026, 6, 10), "They moved."));

        Assert.Null((await hub.Decisions.AttachAsync(key, id, "It is.", Officer, Stop)).Answer);

        Assert.Single((await hub.Decisions.FindAsync(key, Officer, Stop))!.Candidates);
    }

    [Fact]
    public async Task Documents_are_carried_to_the_case_and_nowhere_else()
    {
        var id = await hub.AskedAsync("a");
        var document = await UploadAsync(Receiver.SocialCare);

        Assert.Equal("AttachmentMissing", (await hub.ReceiveAsync(Arrival(Pushed() with { Advice = Advice with { Attachments = [document with { Sha256 = new string('0', 64), Token = document.Token[..^64] + new string('0', 64) }] } }, "1"))).Reason);
        Assert.Equal("AttachmentMismatch", (await hub.ReceiveAsync(Arrival(Pushed() with { Advice = Advice with { Attachments = [document with { Size = 1 }] } }, "2"))).Reason);
        Assert.Equal("AttachmentMismatch", (await hub.ReceiveAsync(Arrival(Pushed(SampleMessages.School) with { Advice = Advice with { Attachments = [document] } }, "3"))).Reason);
        Assert.Equal(Settlement.Complete, (await hub.ReceiveAsync(Arrival(Pushed() with { Advice = Advice with { Attachments = [document] } }, "4"))).Settlement);

        var carried = Assert.Single(Assert.Single((await hub.StateAsync(id)).Existing).Content.Attachments);
        Assert.Equal((document.Sha256, document.Size, document.FileName, document.ContentType), (carried.Sha256, carried.Size, carried.FileName, carried.ContentType));
        Assert.NotEqual(document.Token, carried.Token);
        Assert.True((await Attachments.ReadAsync(id, carried.Sha256, Stop)).Succeeded);
    }

    [Fact]
    public async Task Documents_of_a_push_that_waits_stay_with_it_and_go_with_it()
    {
        var document = await UploadAsync(Receiver.SocialCare);
        await UploadAsync(Receiver.School);
        hub.Time.Advance(TimeSpan.FromDays(20));
        await hub.ReceiveAsync(Arrival(Pushed() with { Advice = Advice with { Attachments = [document] } }));
        hub.Time.Advance(TimeSpan.FromDays(20));

        await hub.Sweep.RunAsync(Stop);
        Assert.Equal(document.Token, Assert.Single(hub.Documents.Names, name => name.StartsWith("held/documents/", StringComparison.Ordinal)));

        hub.Time.Advance(TimeSpan.FromDays(10));
        await hub.Sweep.RunAsync(Stop);
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/documents/", StringComparison.Ordinal));
    }

    private AttachmentStore Attachments => new(hub.Documents, new KeepingRules { ServeUnscanned = true });

    private async Task<AttachmentRef> UploadAsync(AgencyId agency)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"));
        return (await Attachments.KeepAsync(hub.Pushed.FolderFor(agency), "report.pdf", "application/pdf", bytes, Stop)).Value!;
    }

    private async Task<string> PushAsync(AgencyId? sender = null)
    {
        Assert.Equal(Settlement.Complete, (await hub.ReceiveAsync(Arrival(Pushed(sender)))).Settlement);
        var name = Assert.Single(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        return name["held/pushed/".Length..^".json".Length];
    }

    private async Task<IReadOnlyList<PushedAssessmentSettled>> SettledAsync(AssessmentId id) =>
        [.. (await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(recorded => recorded.What).OfType<PushedAssessmentSettled>()];

    private async Task<string> RecordAsync()
    {
        var name = Assert.Single(hub.Documents.Names, name => name.StartsWith("held/ended/", StringComparison.Ordinal));
        return Encoding.UTF8.GetString((await hub.Documents.ReadAsync(name, Stop)).Value!.Bytes);
    }

    private static ReceivedBusMessage Arrival(AssessmentPushed pushed, string id = "push") => Receiver.Arrival(pushed, id);

    private static AssessmentPushed Pushed(AgencyId? sender = null) => new()
    {
        Agency = sender ?? Receiver.SocialCare,
        Reference = "S-17",
        Kind = AdviceKind.SocialCare,
        Child = SampleMessages.Child,
        CompletedOn = new DateOnly(2026, 1, 5),
        Advice = Advice,
    };
}
