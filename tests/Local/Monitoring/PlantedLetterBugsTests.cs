using System.Globalization;
using System.Net;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>
/// What must hold of every notice on record as sent: its channel has a message under its reference, and the letter that is kept is its
/// case's, tells all of reg 32 and the last day of the appeal as counted by hand. Each bug that is planted is found by it.
/// </summary>
public sealed class PlantedLetterBugsTests
{
    public enum Bug
    {
        None,
        SentOnEnqueue,
        WrongAppealDate,
        DroppedPoint,
        LetterOfAnotherCase,
    }

    [Theory]
    [InlineData(Bug.None, "")]
    [InlineData(Bug.SentOnEnqueue, "nothing was given to any channel")]
    [InlineData(Bug.WrongAppealDate, "not the last day of the appeal")]
    [InlineData(Bug.DroppedPoint, "reg 32")]
    [InlineData(Bug.LetterOfAnotherCase, "the letter of another case")]
    public async Task Each_bug_is_found_and_nothing_is_where_there_is_none(Bug bug, string found)
    {
        await using var hub = await LetterHub.StartAsync((services, post) => new Planted(bug, services, post));
        var other = LetterHub.Facts();
        await hub.DecideAsync("first", assess: false, other with { Child = other.Child with { GivenName = "Robin" } });
        var id = await hub.DecideAsync("second", assess: false);

        var faults = await FaultsAsync(hub, id);

        Assert.Equal(bug == Bug.None, faults.Count == 0);
        Assert.All(faults, fault => Assert.Contains(found, fault, StringComparison.Ordinal));
    }

    private static async Task<List<string>> FaultsAsync(LetterHub hub, AssessmentId id)
    {
        var stop = TestContext.Current.CancellationToken;
        var state = await hub.StateAsync(id);
        var letters = hub.Services.GetRequiredService<LetterStore>();
        var council = hub.Services.GetRequiredService<RuleBook>().For(id).Council;
        var kept = (await letters.ListAsync(id, stop)).Value!;
        var notice = state.Notices.Single(n => n is { Kind: NoticeKind.WillNotAssess, To: RecipientRole.Family, SentOn: not null });
        var faults = new List<string>();
        if (hub.Post.Sent.All(m => m.Id != notice.Sending))
        {
            faults.Add($"{notice.Id} is on record as sent, and nothing was given to any channel.");
        }

        var page = WebUtility.HtmlDecode(Encoding.UTF8.GetString((await letters.ReadAsync(id, kept.Single(k => k.Sha256 == notice.Letter), stop)).Value!));
        if (!page.Contains(id.Value, StringComparison.Ordinal) || !page.Contains(state.Facts!.Child.GivenName, StringComparison.Ordinal))
        {
            faults.Add($"{notice.Id} is the letter of another case.");
        }

        if (!page.Contains(AppealByHand(notice.SentOn!.Value), StringComparison.Ordinal))
        {
            faults.Add($"{notice.Id} does not tell {AppealByHand(notice.SentOn.Value)}: not the last day of the appeal.");
        }

        faults.AddRange(((string?[])[council.MediationAdviser, council.MediationContact, council.DisagreementResolution, council.InformationAndAdvice])
            .Where(point => !page.Contains(point!, StringComparison.Ordinal)).Select(point => $"{notice.Id} does not tell \"{point}\" (reg 32)."));
        return faults;
    }

    /// <summary>Two months on; in August the first working day of September, of which the first Monday to Friday is one (HESC Rules r20, r12).</summary>
    private static string AppealByHand(DateOnly sent)
    {
        var last = sent.AddMonths(2);
        for (last = last.Month == 8 ? new DateOnly(last.Year, 9, 1) : last; last.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;)
        {
            last = last.AddDays(1);
        }

        return last.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>Sends notices as the hub does, with one bug in it.</summary>
    private sealed class Planted(Bug bug, IServiceProvider services, PostBox post) : IEffectHandler
    {
        private AssessmentId? first;

        public bool Handles(Effect effect) => effect is SendNotice;

        public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
        {
            var store = services.GetRequiredService<IAssessmentStore>();
            var letters = services.GetRequiredService<LetterStore>();
            var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
            var notice = state.Notices.Single(n => n.Id == ((SendNotice)effect.Effect).NoticeId);
            var sending = new LetterSending(LondonDate.Of(services.GetRequiredService<TimeProvider>().GetUtcNow()), NoticeChannel.Electronic);
            first ??= effect.Assessment;
            var of = bug == Bug.LetterOfAnotherCase ? (await store.LoadAsync(first.Value, cancellationToken)).State : state;
            var subject = new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id);
            var written = letters.Write(subject, of, bug == Bug.WrongAppealDate ? sending with { On = sending.On.AddMonths(3) } : sending).Written!;
            if (bug == Bug.DroppedPoint)
            {
                var adviser = services.GetRequiredService<RuleBook>().For(effect.Assessment).Council.MediationAdviser!;
                written = written with { Html = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(written.Html).Replace(adviser, "", StringComparison.Ordinal)) };
            }

            var kept = await letters.KeepAsync(written with { Letter = written.Letter with { Assessment = effect.Assessment } }, sending, cancellationToken);
            if (bug != Bug.SentOnEnqueue)
            {
                await post.SendAsync(new NoticeMessage(effect.Id, Words.Of(notice.To), null, "A letter", "A letter"), cancellationToken);
            }

            return EffectResult.Done(new NoticeSending(NoticeChannel.Electronic, effect.Id, "taken", kept.Value!.Sha256).ToDetail());
        }
    }
}
