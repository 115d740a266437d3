using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>1,000 hostile messages: each ends in the tray, or in quarantine with a reason, and no memory stays behind.</summary>
[Collection(nameof(Alone))]
public sealed class HostileMailTests
{
    private const int Mails = 1_000;
    private const int Seed = 20260303;

    /// <summary>What the pools of buffers may keep for the next message; of the messages themselves nothing is kept.</summary>
    private const long Pooled = 128L * 1024 * 1024;
    private const int StillAtWork = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_ends_in_the_tray_or_in_quarantine_with_a_reason_and_memory_stays_flat()
    {
        using var intake = new IntakeUnderTest();
        var mails = new HostileMail(Seed);
        var (read, quarantined, before) = (0, 0, GC.GetTotalMemory(forceFullCollection: true));
        var taken = new List<WeakReference>();
        for (var n = 0; n < Mails; n++)
        {
            var raw = mails.Next(n % HostileMail.Kinds);
            var item = await TakenAsync(intake, raw, n);
            (read, quarantined) = item.Quarantine is null ? (read + 1, quarantined) : (read, quarantined + 1);
            taken.AddRange([new WeakReference(raw), new WeakReference(item), new WeakReference(item.Text)]);
        }

        Assert.Equal(Mails, (await intake.Tray.WaitingAsync(IntakeUnderTest.Council, Stop)).Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Pooled);
        Assert.InRange(taken.Count(one => one.Target is { } kept && !ReferenceEquals(kept, "")), 0, StillAtWork);
        Assert.InRange(quarantined, Mails / 50, Mails / 2);
        Assert.Equal(Mails, read + quarantined);
        TestContext.Current.TestOutputHelper?.WriteLine($"{read} in the tray, {quarantined} in quarantine");
    }

    private static async Task<TrayItem> TakenAsync(IntakeUnderTest intake, byte[] raw, int n)
    {
        var taken = await intake.TakeAsync(raw, $"{n}");
        var item = taken.Item ?? throw new InvalidOperationException($"Message {n} of kind {n % HostileMail.Kinds} is nowhere: {taken.Problem}");
        Assert.Equal(raw, (await intake.Attachments.LookAtAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/raw", item.RawSha256!, Stop)).Value);
        AssertIsFitToShow(item);
        return item;
    }

    private static void AssertIsFitToShow(TrayItem item)
    {
        Assert.True(item.Quarantine is null or { Length: > 10 }, "It is in quarantine without a reason.");
        Assert.DoesNotContain(item.Subject + item.SenderName + item.SenderAddress, char.IsControl);
        Assert.DoesNotContain(item.Text, c => char.IsControl(c) && c is not ('\n' or '\t'));
        Assert.DoesNotContain(item.Text + item.Subject, c => c is '\u202E' or '\u200B');
        Assert.All(item.Parts, part =>
        {
            Assert.True(AttachmentStore.IsFileName(part.Name), $"'{part.Name}' is no file name.");
            Assert.DoesNotContain(part.Name, c => c is '/' or '\\' or '\u202E');
            Assert.True(part.Sha256 is not null || part.Reason is { Length: > 5 }, "A part is neither kept nor said to be left out.");
        });
    }
}
