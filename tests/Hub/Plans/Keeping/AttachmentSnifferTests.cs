using System.IO.Compression;
using System.Text;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.Plans.Keeping;

public sealed class AttachmentSnifferTests
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static TheoryData<string, string?> Beginnings => new()
    {
        { "%PDF-1.7", "application/pdf" },
        { "\u0089PNG\r\n\u001a\n....", "image/png" },
        { "\u00ff\u00d8\u00ff\u00e0", "image/jpeg" },
        { "II*\0", "image/tiff" },
        { @"{\rtf1 hello}", "application/rtf" },
        { "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "application/msword" },
        { "Plain words.\r\nMore.", "text/plain" },
        { "<html><script>alert(1)</script>", null },
        { " \n<svg onload=alert(1)>", null },
        { "MZ\u0090\0", null },
        { "#!/bin/sh\u0007", null },
        { "PK\u0003\u0004 no archive", null },
        { "", null },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void The_bytes_say_what_a_document_is(string bytes, string? type) => Assert.Equal(type, AttachmentSniffer.TypeOf(Encoding.Latin1.GetBytes(bytes)));

    [Fact]
    public void A_Word_document_is_taken_and_one_with_macros_is_not()
    {
        var plan = PlanAssembly.Assemble(PlanExamples.Draft());

        Assert.Equal(Word, AttachmentSniffer.TypeOf(PlanDocx.Write(plan, PlanSummaryFacts.For(plan, RuleSet.England2014))));
        Assert.Equal(Word, AttachmentSniffer.TypeOf(Zip("[Content_Types].xml", "word/document.xml")));
        Assert.Null(AttachmentSniffer.TypeOf(Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")));
        Assert.Null(AttachmentSniffer.TypeOf(Zip("readme.txt")));
    }

    [Fact]
    public void A_page_that_is_nested_without_end_is_not_read()
    {
        Assert.NotNull(HtmlDocuments.Clean(Page(HtmlShape.MaxDepth), "text/html"));
        Assert.Null(HtmlDocuments.Clean(Page(HtmlShape.MaxDepth + 1), "text/html"));
        Assert.NotNull(HtmlDocuments.Clean(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>words<br><div>more</div>", 3 * HtmlShape.MaxDepth))), "text/html"));

        static byte[] Page(int depth) => Encoding.UTF8.GetBytes($"{string.Concat(Enumerable.Repeat("<div>", depth))}words");
    }

    [Fact]
    public void An_archive_of_more_entries_than_a_document_has_is_not_opened()
    {
        var names = Enumerable.Range(0, ZipShape.MaxEntries - 2).Select(i => FormattableString.Invariant($"word/media/{i}"));
        string[] whole = ["[Content_Types].xml", "word/document.xml", .. names];

        Assert.Equal(Word, AttachmentSniffer.TypeOf(Zip(whole)));
        Assert.Null(AttachmentSniffer.TypeOf(Zip([.. whole, "word/one-more"])));
    }

    [Theory]
    [InlineData(10, 0)] // entries on this disk and in all: the archive says that it has two
    [InlineData(24, 0xFF)] // where the directory begins: far behind the end
    public void An_archive_that_lies_about_its_directory_is_not_opened(int at, byte value)
    {
        var zip = Zip("[Content_Types].xml", "word/document.xml");
        var end = zip.Length - 22;
        zip[end + (at == 24 ? 18 : at)] = value;

        Assert.Null(AttachmentSniffer.TypeOf(zip));
    }

    [Fact]
    public void An_archive_that_says_it_grows_without_measure_is_not_opened()
    {
        var zip = Zip("[Content_Types].xml", "word/document.xml");
        var directory = BitConverter.ToInt32(zip, zip.Length - 6);
        BitConverter.GetBytes(uint.MaxValue - 1).CopyTo(zip, directory + 24);

        Assert.Null(AttachmentSniffer.TypeOf(zip));
    }

    [Fact]
    public void Looking_at_twelve_archives_of_half_a_million_entries_takes_no_memory_for_them()
    {
        var zip = Crowded(500_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 12; i++)
        {
            Assert.Null(AttachmentSniffer.TypeOf(zip));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Looking_at_plain_text_takes_no_memory_for_it()
    {
        var text = new byte[10_000_000];
        Array.Fill(text, (byte)'a');
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("text/plain", AttachmentSniffer.TypeOf(text));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData("caf\u00e9 \u20ac \ud83d\ude00", "text/plain")]
    [InlineData("\ufeffwords", "text/plain")]
    [InlineData("\ufeff <html>", null)]
    [InlineData("a\u0085b", null)]
    [InlineData("a\u009fb", null)]
    [InlineData("a\u00a0b", "text/plain")]
    [InlineData("a\u007fb", null)]
    public void Text_is_text_without_controls(string text, string? type) => Assert.Equal(type, AttachmentSniffer.TypeOf(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Documents_that_arrive_together_take_no_more_memory_than_there_is_for_them()
    {
        using var room = new UploadLimiter(mostBytes: 10 * 64 * 1024, atOnce: 2);
        var (working, most) = (0, 0);
        var release = new TaskCompletionSource();
        var taken = Enumerable.Range(0, 6).Select(_ => room.TakeAsync(
            new MemoryStream(new byte[100_000]),
            1_000_000,
            async bytes =>
            {
                most = Math.Max(most, Interlocked.Increment(ref working));
                await release.Task;
                Interlocked.Decrement(ref working);
                return StoreResult.Done(bytes.Length);
            },
            TestContext.Current.CancellationToken)).ToList();

        // Two pieces each: five have room, the sixth is told to come again.
        Assert.Equal(KeepingOutcome.Transient, (await taken[5]).Outcome);
        release.SetResult();
        Assert.All(await Task.WhenAll(taken[..5]), kept => Assert.Equal((KeepingOutcome.Done, 100_000), (kept.Outcome, kept.Value)));
        Assert.Equal(2, most);
        Assert.Equal(0, room.Taken);
    }

    [Theory]
    [InlineData("image/png", "%PDF-1.7", KeepingOutcome.Refused)]
    [InlineData("application/pdf", "<html>", KeepingOutcome.Refused)]
    [InlineData("Application/PDF; version=1", "%PDF-1.7", KeepingOutcome.Done)]
    [InlineData("application/pdf", "%PDF-1.7 and more than sixteen bytes", KeepingOutcome.Refused)]
    public async Task A_document_is_kept_only_as_what_it_is_and_only_within_the_limit(string declared, string bytes, KeepingOutcome outcome)
    {
        var folder = Directory.CreateTempSubdirectory("plans-");
        try
        {
            var rules = new KeepingRules { MaxAttachmentBytes = 16 };
            var attachments = new AttachmentStore(new FolderDocuments(folder.FullName, rules, new FakeTimeProvider()), rules);

            var kept = await attachments.KeepAsync(PlanExamples.Assessment, "x", declared, new MemoryStream(Encoding.Latin1.GetBytes(bytes)), TestContext.Current.CancellationToken);

            Assert.Equal(outcome, kept.Outcome);
            Assert.Equal(outcome == KeepingOutcome.Done ? PlanJson.ContentHash(Encoding.Latin1.GetBytes(bytes)) : null, kept.Value?.Sha256);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An archive whose directory alone has so many entries, each of an empty file.</summary>
    private static byte[] Crowded(int entries)
    {
        var zip = Zip("a");
        var directory = BitConverter.ToInt32(zip, zip.Length - 6);
        var entry = zip[directory..^22];
        using var memory = new MemoryStream();
        memory.Write(zip.AsSpan(0, directory));
        for (var i = 0; i < entries; i++)
        {
            memory.Write(entry);
        }

        // It says that it has one, which is what a reader that trusts it would expect.
        memory.Write(zip.AsSpan(zip.Length - 22));
        return memory.ToArray();
    }

    private static byte[] Zip(params string[] names)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                zip.CreateEntry(name);
            }
        }

        return memory.ToArray();
    }
}
