using System.IO.Compression;
using System.Text;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Plans;
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

        Assert.Equal(Word, AttachmentSniffer.TypeOf(PlanDocx.Write(plan, PlanSummaryFacts.For(plan))));
        Assert.Equal(Word, AttachmentSniffer.TypeOf(Zip("[Content_Types].xml", "word/document.xml")));
        Assert.Null(AttachmentSniffer.TypeOf(Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")));
        Assert.Null(AttachmentSniffer.TypeOf(Zip("readme.txt")));
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
