using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Links;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>
/// Every link in every message of a set of cases is followed as the one it was sent to: on the right letter of the right case, or on how
/// to answer; with another reader's answer, after its end and once revoked it opens nothing. LINK_CASES gives the number of cases; 5
/// where it is not set.
/// </summary>
public sealed partial class ManyLinksTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("LINK_CASES") ?? "5", CultureInfo.InvariantCulture);

    private readonly Dictionary<AssessmentId, OpeningFacts> opened = [];
    private readonly List<(string Path, string Case, string Role, string[] Born)> letters = [];
    private int followed;
    private int answering;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_link_of_every_message_opens_for_its_reader_alone()
    {
        await using var hub = await LetterHub.StartAsync();
        for (var n = 0; n < Cases; n++)
        {
            await LiveAsync(hub, n);
            await FollowAsync(hub);
        }

        // Six weeks on, with everything that the hub sends meanwhile.
        for (var week = 1; week <= 6; week++)
        {
            await hub.Engine.AdvanceToAsync(new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero).AddDays(7 * week), hub.Time.SetUtcNow, Stop);
            await FollowAsync(hub);
        }

        Assert.True(letters.Count >= 3 * Cases && answering > 0, $"{letters.Count} letters, {answering} reminders.");
        await EndAsync(hub);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Cases} cases, {followed} messages, {letters.Count} letters, {answering} reminders to agencies.");
    }

    /// <summary>Children are born on different days, so that an answer for one opens no other.</summary>
    private async Task LiveAsync(LetterHub hub, int n)
    {
        var facts = LetterHub.Facts();
        facts = facts with { Child = facts.Child with { GivenName = $"Alex{n}", DateOfBirth = new DateOnly(2012, 1, 1).AddDays(n), NhsNumber = null, Upn = null } };
        opened[AssessmentId.For(LetterHub.Council, $"many-{n}")] = facts;
        var id = await hub.DecideAsync($"many-{n}", assess: n % 3 != 0, facts);
        if (n % 3 != 0 && n % 4 == 1)
        {
            await hub.SubmitAsync(id, new WithdrawRequest(new DateOnly(2026, 6, 10), "The family moved away."));
        }
    }

    private async Task FollowAsync(LetterHub hub)
    {
        foreach (var message in hub.Post.Sent.Skip(followed).Where(m => !m.Id.Contains("/code/", StringComparison.Ordinal)).ToList())
        {
            foreach (var path in LetterHub.LinksIn(message.Text).Select(link => link[LetterHub.Base.Length..]))
            {
                switch (path.Split('/')[1])
                {
                    case "letters":
                        await LetterAsync(hub, path, message.To);
                        break;
                    case "answering":
                        await AnsweringAsync(hub, path);
                        break;
                    default:
                        Assert.StartsWith("/workspace/cases/", path, StringComparison.Ordinal);
                        break;
                }
            }
        }

        followed = hub.Post.Sent.Count;
    }

    private async Task LetterAsync(LetterHub hub, string path, string role)
    {
        var id = path.Split('/')[2];
        var facts = opened.Single(c => c.Key.Value == id).Value;
        string[] born = [.. new[] { facts.Child.DateOfBirth.Day, facts.Child.DateOfBirth.Month, facts.Child.DateOfBirth.Year }.Select(part => part.ToString(CultureInfo.InvariantCulture))];
        using var reader = hub.Browser();
        string page;
        if (role == Words.Of(RecipientRole.Family))
        {
            (var status, page) = await LetterHub.OpenAsync(reader, path, born);
            Assert.Equal(HttpStatusCode.OK, status);
        }
        else
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync(reader, path, "send", "code"));
            Assert.Equal(HttpStatusCode.Redirect, await SendAsync(reader, path, "code", Code().Match(hub.Post.Sent.Last().Text).Groups["code"].Value));
            page = await reader.GetStringAsync(path, Stop);
        }

        // The right letter: of this child and no other, and its own words under its own reference.
        Assert.Matches($@"{facts.Child.GivenName}\b", page);
        Assert.All(opened.Values.Where(other => other != facts), other => Assert.DoesNotMatch($@"{other.Child.GivenName}\b", page));
        Assert.Contains(id, await reader.GetStringAsync($"{path}/letter", Stop), StringComparison.Ordinal);

        if (role == Words.Of(RecipientRole.Family) && page.Contains("We will not do", StringComparison.Ordinal))
        {
            // Sent on 10 June: two months on lies in August, and moves to the first working day after it (HESC Rules r12).
            Assert.Contains("last day to appeal to the Tribunal is Tuesday 1 September 2026", page, StringComparison.Ordinal);
        }

        // Somebody else, with an answer that is right for another child.
        if (letters.LastOrDefault(l => l.Case != id && l.Role == role) is { Path: { } theirs } other && role == Words.Of(RecipientRole.Family))
        {
            Assert.Equal(HttpStatusCode.Redirect, (await reader.GetAsync($"{theirs}/letter", Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/letters/{id}/{theirs.Split('/')[3]}", Stop)).StatusCode);
            Assert.NotEqual(other.Born, born);
        }

        letters.Add((path, id, role, born));
    }

    private async Task AnsweringAsync(LetterHub hub, string path)
    {
        using var agency = hub.Browser();
        var id = AssessmentId.TryParse(path.Split('/')[2], out var parsed, out _) ? parsed : default;
        var links = hub.Services.GetRequiredService<ReaderLinks>();
        var request = (await hub.StateAsync(id)).Requests.Single(r => r.Agency is { } a && links.Opens(path.Split('/')[3], id, r.Id, a.Id.Value));
        using var answer = await agency.GetAsync(path, Stop);
        Assert.Equal(request.IsOpen || request.Status == RequestStatus.Declined ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        answering++;
    }

    /// <summary>Every second is revoked; then a year passes.</summary>
    private async Task EndAsync(LetterHub hub)
    {
        using var anybody = hub.Browser();
        var readerLinks = hub.Services.GetRequiredService<ReaderLinks>();
        foreach (var (letter, at) in letters.Select((letter, at) => (letter, at)).ToList())
        {
            if (at % 2 == 0)
            {
                var id = opened.Keys.Single(k => k.Value == letter.Case);
                var notice = (await hub.StateAsync(id)).Notices.Single(n => readerLinks.Opens(letter.Path.Split('/')[3], id, n));
                await hub.SubmitAsync(id, new RevokeLetterLink(notice.Id, "Lost."));
            }

            using var answer = await anybody.GetAsync(letter.Path, Stop);
            Assert.Equal(at % 2 == 0 ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        }

        hub.Time.SetUtcNow(hub.Time.GetUtcNow().AddDays(400));
        foreach (var letter in letters)
        {
            using var answer = await anybody.GetAsync(letter.Path, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient browser, string path, string field, string value)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { [field] = value });
        using var answer = await browser.PostAsync(path, form, Stop);
        return answer.StatusCode;
    }

    [GeneratedRegex("code is (?<code>[0-9]{6})")]
    private static partial Regex Code();
}
