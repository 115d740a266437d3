using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Notices.Printing;

/// <summary>
/// Makes a batch of the letters that an officer must post: a Word document for each letter, a sheet of addresses, and the list to send back
/// once the letters have been posted. When a batch is made, nothing is recorded as sent. An officer posts the letters and then records that
/// they were posted.
/// </summary>
public sealed class PrintRun(IAssessmentStore store, LetterStore letters, ReaderLinks links, TakeInput take, TimeProvider time)
{
    private const int CasesAtOnce = 200;
    private const string ZipType = "application/zip";

    /// <summary>Today's batch for the caller's council. The letters in the batch are stored.</summary>
    public async Task<IResult> MakeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var today = LondonDate.Of(time.GetUtcNow());
        var sending = new LetterSending(today, NoticeChannel.Post);
        using var memory = new MemoryStream();
        var waiting = new List<PostedNotice>();
        var addresses = new List<LetterBlock>();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            await foreach (var (state, notice) in WaitingAsync(http.Caller(), cancellationToken))
            {
                if (letters.Write(new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id), state, sending).Written is not { } written)
                {
                    // The letter cannot be written, because it lacks details; these are listed among the tasks of the case.
                    continue;
                }

                var kept = await letters.KeepAsync(written, sending, cancellationToken);
                if (!kept.Succeeded)
                {
                    return StoreFault.Answer(kept.Outcome, "letter");
                }

                waiting.Add(new PostedNotice(state.Id, notice.Id, HashOf(written.Layout)));
                addresses.Add(new LetterBlock(LetterPart.Item, FormattableString.Invariant($"{waiting.Count:000}: {string.Join(", ", written.Layout.Address)}")));
                await AddAsync(zip, FormattableString.Invariant($"{waiting.Count:000}-{state.Id}-{written.Letter.Subject.Id}.docx"), LetterDocx.Write(written.Layout with { Blocks = [.. written.Layout.Blocks, .. LetterOnline.Blocks(links.OfLetter(state.Id, notice))] }), cancellationToken);
            }

            var sheet = new LetterLayout($"Letters to post, {Words.Day(today, true)}", "en", "Print run", [], today, Words.Day(today, true), FormattableString.Invariant($"{waiting.Count} letters"), null, addresses);
            await AddAsync(zip, "000-addresses.docx", LetterDocx.Write(sheet), cancellationToken);
            await AddAsync(zip, "posted.json", JsonSerializer.SerializeToUtf8Bytes(new PostedBatch(today, waiting), PrintJson.Default.PostedBatch), cancellationToken);
        }

        await http.RecordAsync(waiting.Select(one => one.Assessment).Distinct(), "make-print-run");
        return TypedResults.Bytes(memory.ToArray(), ZipType, FormattableString.Invariant($"letters-{today:yyyy-MM-dd}.zip"));
    }

    /// <summary>Records that the letters of a batch were posted. Each letter is recorded or refused separately, and refusals are
    /// reported.</summary>
    public async Task<IResult> PostedAsync(HttpContext http, CancellationToken cancellationToken)
    {
        PostedBatch? batch;
        try
        {
            batch = await JsonSerializer.DeserializeAsync(http.Request.Body, PrintJson.Default.PostedBatch, cancellationToken);
        }
        catch (JsonException)
        {
            batch = null;
        }

        if (batch?.Notices is null || batch.Notices.Contains(null!))
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "not-a-batch", "Send the batch's posted.json, with the day of posting and without any letters that were not posted.");
        }

        var refused = new List<PostingNotRecorded>();
        foreach (var (assessment, notice, addressee) in batch.Notices)
        {
            var state = (await store.LoadAsync(assessment, cancellationToken)).State;
            if (CaseVisibilities.Of(http.Caller(), state) != CaseVisibility.Council)
            {
                refused.Add(new PostingNotRecorded(assessment, notice, "not-found"));
                continue;
            }

            var posted = state.Notices.FirstOrDefault(n => n.Id == notice);
            if (posted is { Channel: NoticeChannel.Post, Sending: null } && posted.SentOn == batch.On)
            {
                // The same file was sent before.
                continue;
            }

            if (addressee is not null && posted is { SentOn: null } && Addressee(state, posted, batch.On) != addressee)
            {
                refused.Add(new PostingNotRecorded(assessment, notice, "address-changed"));
                continue;
            }

            var submission = await take(
                new Delivery
                {
                    Assessment = assessment,

                    // A file that was refused can be accepted later, for instance once the day of posting has come, so each file is checked
                    // again.
                    MessageId = $"posted/{Guid.NewGuid():N}",
                    By = http.Caller().ToActor(),
                    ReceivedAt = time.GetUtcNow(),
                    Input = new RecordNoticeSent(notice, batch.On, NoticeChannel.Post),
                },
                null, cancellationToken);
            if (submission.Outcome is { Accepted: false, Refusal: { } refusal })
            {
                refused.Add(new PostingNotRecorded(assessment, notice, refusal.Code));
            }
        }

        return TypedResults.Json(new PostedAnswer(batch.Notices.Count - refused.Count, refused), PrintJson.Default.PostedAnswer);
    }

    /// <summary>
    /// The notices that the hub could not send to families with a postal address, so that an officer must post them; each with its case. If
    /// a person needs another format of letter, an officer sends it, because the batch has no other format.
    /// </summary>
    private async IAsyncEnumerable<(AssessmentState State, Notice Notice)> WaitingAsync(
        Caller caller, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (AssessmentId? after = null; ;)
        {
            var page = await store.ListAsync(new SummaryQuery { Council = caller.Council, VisibleTo = caller.Subject, NeedsAttention = true, After = after, Limit = CasesAtOnce }, cancellationToken);
            foreach (var summary in page.Items)
            {
                var state = (await store.LoadAsync(summary.Id, cancellationToken)).State;
                if (CaseVisibilities.Of(caller, state) != CaseVisibility.Council)
                {
                    continue;
                }

                foreach (var notice in state.Notices.Where(n => Waits(state, n)))
                {
                    yield return (state, notice);
                }
            }

            if (page.Next is null)
            {
                yield break;
            }

            after = page.Next;
        }
    }

    /// <summary>Hash of the address that the letter would have now, or null if the letter can no longer be written.</summary>
    private string? Addressee(AssessmentState state, Notice notice, DateOnly on) =>
        letters.LayOut(new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id), state, new LetterSending(on, NoticeChannel.Post)).Layout is { } layout ? HashOf(layout) : null;

    private static string HashOf(LetterLayout layout) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', layout.Address))));

    private static bool Waits(AssessmentState state, Notice notice) =>
        notice is { To: RecipientRole.Family, SentOn: null }
        && state.Facts is not null && FamilyPeople.ContactOf(state, notice.Person) is { PostalAddress.Count: > 0, AccessibleFormat: null }
        && (state.FailedEffects.Any(f => f.Effect is SendNotice failed && failed.NoticeId == notice.Id) || state.Attention.Any(a => a.Id == $"post-{notice.Id}"));

    private static async Task AddAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await entry.WriteAsync(bytes, cancellationToken);
    }
}

/// <summary>A letter in a batch.</summary>
/// <param name="Assessment">The case.</param>
/// <param name="Notice">The id of the notice in the letter.</param>
/// <param name="Addressee">Hash of the address on the letter, which shows the hub whether the address has changed since the print
/// run.</param>
public sealed record PostedNotice(AssessmentId Assessment, string Notice, string? Addressee = null);

/// <summary>A batch that was posted.</summary>
/// <param name="On">The day of posting.</param>
/// <param name="Notices">The letters that were posted.</param>
public sealed record PostedBatch(DateOnly On, IReadOnlyList<PostedNotice> Notices);

/// <summary>A letter that was not recorded as posted.</summary>
/// <param name="Assessment">The case.</param>
/// <param name="Notice">The id of the notice in the letter.</param>
/// <param name="Code">Code of the reason why the hub did not record the letter as posted.</param>
public sealed record PostingNotRecorded(AssessmentId Assessment, string Notice, string Code);

/// <summary>The result of recording that a batch was posted.</summary>
/// <param name="Recorded">The number of letters that were recorded as posted.</param>
/// <param name="Refused">The letters that were not recorded.</param>
public sealed record PostedAnswer(int Recorded, IReadOnlyList<PostingNotRecorded> Refused);

/// <summary>How batches are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PostedBatch))]
[JsonSerializable(typeof(PostedAnswer))]
internal sealed partial class PrintJson : JsonSerializerContext;
