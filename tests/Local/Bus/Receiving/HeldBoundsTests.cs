using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Messages.Tests.Bus;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>What one sender may have the hub hold has an end: of every kind of message that is held, and of the documents that come with it.</summary>
public sealed class HeldBoundsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_sender_has_so_many_held_and_hears_of_the_next_and_others_are_held_all_the_same()
    {
        var hub = new Receiver(new HoldingOptions { MaxHeld = 3 });

        for (var i = 0; i < 5; i++)
        {
            await hub.ReceiveAsync(Receiver.Arrival(Pushed(i), $"push-{i}"));
        }

        Assert.Equal(3, Held(hub));
        Assert.Equal(["push-3", "push-4"], Rejected(hub));

        // The same again is no more than what is held; another sender is not held up.
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(0), "push-0"));
        await hub.ReceiveAsync(Receiver.Arrival(Closure(), "closed"));
        Assert.Equal(4, Held(hub));
        Assert.Equal(2, Rejected(hub).Count);
    }

    [Fact]
    public async Task When_what_was_held_has_ended_there_is_room_again()
    {
        var hub = new Receiver(new HoldingOptions { MaxHeld = 1 });
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(0), "push-0"));
        hub.Time.Advance(TimeSpan.FromDays(28));
        await hub.Sweep.RunAsync(Stop);

        await hub.ReceiveAsync(Receiver.Arrival(Pushed(1), "push-1"));

        Assert.Equal(1, Held(hub));
        Assert.DoesNotContain("push-1", Rejected(hub));
    }

    [Fact]
    public async Task Nothing_that_is_held_ends_by_a_clock_that_nobody_has_confirmed()
    {
        var hub = new Receiver();
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(0), "push-0"));
        await hub.ReceiveAsync(Receiver.Arrival(Closure(), "closed"));

        hub.Clock.IsTrusted = false;
        hub.Time.Advance(TimeSpan.FromDays(90));
        await hub.Sweep.RunAsync(Stop);
        Assert.Equal(2, Held(hub));

        hub.Clock.IsTrusted = true;
        await hub.Sweep.RunAsync(Stop);
        Assert.Equal(0, Held(hub));
    }

    [Fact]
    public async Task A_held_message_that_cannot_be_read_keeps_no_other_from_its_end()
    {
        var hub = new Receiver();
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(0), "push-0"));
        await hub.ReceiveAsync(Receiver.Arrival(Closure(), "closed"));
        await hub.Documents.PutOnceAsync("held/pushed/damaged.json", "{"u8.ToArray(), "application/json", Stop);
        hub.Time.Advance(TimeSpan.FromDays(90));

        await Assert.ThrowsAsync<AggregateException>(() => hub.Sweep.RunAsync(Stop));

        Assert.Equal(["held/pushed/damaged.json"], hub.Documents.Names.Where(name => name.StartsWith("held/pushed/", StringComparison.Ordinal) || name.StartsWith("held/closures/", StringComparison.Ordinal)));
    }

    /// <summary>A sender at its bound hears the same whether its message fits a case or none: the refusal tells of no case.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_refusal_does_not_tell_whether_there_is_a_case(bool isCase)
    {
        var hub = new Receiver(new HoldingOptions { MaxHeld = 1 });
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(0) with { Child = SampleMessages.Child with { NhsNumber = null, Upn = null, GivenName = "Lorcan", FamilyName = "Tarrant" } }, "push-0"));
        if (isCase)
        {
            await hub.AskedAsync("one");
        }

        await hub.ReceiveAsync(Receiver.Arrival(Pushed(1), "push-1"));

        Assert.Equal(["push-1"], Rejected(hub));
    }

    [Fact]
    public async Task Documents_of_one_sender_are_bounded_too()
    {
        var hub = new Receiver(new HoldingOptions { MaxHeldDocuments = 2 });
        var folder = hub.Pushed.FolderFor(Receiver.SocialCare);
        Assert.True(await hub.Pushed.HasRoomAsync(Receiver.SocialCare, Stop));
        for (var i = 0; i < 2; i++)
        {
            await hub.Documents.PutOnceAsync($"{folder}/{i}", new byte[1], "application/pdf", Stop);
        }

        Assert.False(await hub.Pushed.HasRoomAsync(Receiver.SocialCare, Stop));
        Assert.True(await hub.Pushed.HasRoomAsync(Receiver.School, Stop));

        // Of yesterday as of today: what counts is what is held.
        hub.Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await hub.Pushed.HasRoomAsync(Receiver.SocialCare, Stop));
    }

    private static int Held(Receiver hub) =>
        hub.Documents.Names.Count(name => name.StartsWith("held/pushed/", StringComparison.Ordinal) || name.StartsWith("held/closures/", StringComparison.Ordinal));

    private static IReadOnlyList<string?> Rejected(Receiver hub) =>
        [.. hub.Told.Select(told => MessageReader.Read(told.Event).Value).OfType<MessageRejected>().Where(told => told.Reason.StartsWith("TooManyHeld", StringComparison.Ordinal)).Select(told => told.MessageId)];

    private static AssessmentPushed Pushed(int n) => UnsolicitedTests.Pushed() with { Reference = $"S-{n}" };

    private static SchoolClosurePublished Closure() => UnsolicitedTests.Closed(new DateOnly(2026, 7, 22), new DateOnly(2026, 9, 3));
}
