using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>
/// Each notice to each of its recipients by each channel: the letter that is kept holds every required point, and sent, served and
/// delivered are what the channel makes of them; failure and return open the duty again.
/// </summary>
public sealed class NoticeTableTests
{
    public enum By
    {
        NotifyEmail,
        NotifyLetter,
        Graph,
    }

    public static TheoryData<NoticeKind, RecipientRole, By> Table =>
    [
        .. from kind in Enum.GetValues<NoticeKind>()
           from notice in LetterCases.With(kind).Notices
           from way in Enum.GetValues<By>()
           where way != By.NotifyLetter || notice.To == RecipientRole.Family
           select (kind, notice.To, way),
    ];

    /// <summary>A new kind of letter without a row, and a row without a letter, are found here.</summary>
    [Fact]
    public void Every_letter_to_every_reader_is_in_the_table()
    {
        var rows = Enum.GetValues<NoticeKind>().SelectMany(kind => LetterCases.ToldOf(kind).Select(to => (LetterWriting.KindOf(kind), to == RecipientRole.Family ? LetterReader.Family : LetterReader.Agency)));

        // A request for advice is no notice: it goes by the agency's own channel, which has its tests.
        Assert.Equal(
            LetterLaw.England2014.Rules.Select(r => (r.Letter, r.Reader)).Where(r => r.Letter != LetterKind.AdviceRequest).Order(),
            rows.Distinct().Order());
        Assert.Equal(Enum.GetValues<LetterKind>().Order(), LetterLaw.England2014.Rules.Select(r => r.Letter).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Each_notice_to_each_recipient_by_each_channel(NoticeKind kind, RecipientRole to, By by)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var graph = await FakeGraph.StartAsync();
        var service = NotifyHub.Service;
        service.EmailTemplate = by == By.Graph ? null : service.EmailTemplate;
        await using var hub = await NotifyHub.StartAsync(service, graph.Connect(TimeProvider.System));
        var family = LetterCases.Facts.Family with { ElectronicServiceAgreedOn = by == By.NotifyLetter ? null : LetterCases.Facts.ReceivedOn };
        var id = await hub.SeedAsync(LetterCases.With(kind, LetterCases.Facts with { Family = family }), to);
        await hub.RunAsync();
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));

        // Sent and served.
        var notice = (await hub.StateAsync(id)).Notices.Single(n => n.To == to);
        var channel = by == By.NotifyLetter ? NoticeChannel.Post : NoticeChannel.Electronic;
        Assert.Equal((hub.Today, ServiceRules.ServedOn(hub.Today, channel), channel), (notice.SentOn, notice.ServedOn, notice.Channel));
        Assert.Null(notice.DeliveredOn);
        Assert.Equal(1, hub.Notify.Taken.Count + graph.Mails.Count);

        // The letter that went is kept, and says everything.
        var kept = (await hub.Letters.ListAsync(id, stop)).Value!.Single(k => k.Sha256 == notice.Letter);
        var html = Encoding.UTF8.GetString((await hub.Letters.ReadAsync(id, kept, stop)).Value!);
        var subject = new LetterSubject(LetterWriting.KindOf(kind), notice.Id);
        var letter = LetterWriting.Write(subject, await hub.StateAsync(id), hub.Book.For(id), new(hub.Today, channel))!;
        var rule = LetterLaw.England2014.Of(subject.Kind, letter.Reader)!;
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html.Replace("<br>", "\n", StringComparison.Ordinal)).Body!.TextContent;
        Assert.All(TemplateCheck.Required(rule), fact => Assert.Contains(Words(letter.Facts[fact]), Words(page), StringComparison.Ordinal));
        var words = hub.Notify.Taken.Concat(graph.Mails.Select(m => m.AsObject())).Select(m => m.ToJsonString());
        Assert.All(words, text => Assert.Equal(by == By.NotifyLetter, text.Contains("Robin", StringComparison.OrdinalIgnoreCase)));
        Assert.All(words, text => Assert.Contains(hub.Links.OfLetter(id, notice), text, StringComparison.Ordinal));
        Assert.DoesNotContain("/letters/", html, StringComparison.Ordinal);

        // Delivered, failed, returned: Graph tells nothing of the kind.
        if (by == By.Graph)
        {
            return;
        }

        var sent = hub.Notify.Taken[0];
        if (by == By.NotifyEmail)
        {
            await hub.CallBackAsync(FakeNotify.Receipt(sent, "delivered"));
            Assert.Equal(hub.Today, (await hub.StateAsync(id)).Notices.Single(n => n.To == to).DeliveredOn);
            await hub.CallBackAsync(FakeNotify.Receipt(sent, "permanent-failure"));
        }
        else
        {
            await hub.CallBackAsync(new JsonObject { ["notification_id"] = (string)sent["id"]!, ["reference"] = (string)sent["reference"]! }.ToJsonString(), place: "returned-letters");
        }

        var state = await hub.StateAsync(id);
        notice = state.Notices.Single(n => n.To == to);
        Assert.Equal((null, null, null, null), (notice.SentOn, notice.ServedOn, notice.DeliveredOn, notice.Channel));
        Assert.Equal(by == By.NotifyLetter, Assert.Single(notice.Setbacks!).Returned);
        Assert.Contains(state.Attention, a => a.Text.Contains("The notice has not been given", StringComparison.Ordinal));
        Assert.DoesNotContain(Limits.Of(state, hub.Today, hub.Book.For(id)), l => l.Standing is LimitStatus.Met or LimitStatus.MetLate && Rests(l.Limit.RuleKey, kind, to));
    }

    /// <summary>Limits that this notice meets.</summary>
    private static bool Rests(string rule, NoticeKind kind, RecipientRole to) => (kind, to) switch
    {
        (NoticeKind.WillAssess, RecipientRole.Family) => rule == "decideWhetherToAssess",
        (NoticeKind.WillNotAssess, RecipientRole.Family) => rule is "notifyRefusalToAssess" or "decideWhetherToAssess",
        (NoticeKind.NoPlan, RecipientRole.Family) => rule == "notifyNoPlan",
        (NoticeKind.DraftPlan, RecipientRole.Family) => rule == "draftBy",
        (NoticeKind.FinalPlan, _) => rule == "finalPlan",
        (NoticeKind.PlanKeptAfterReview or NoticeKind.PlanToBeAmended or NoticeKind.PlanCeases, RecipientRole.Family or RecipientRole.NamedInstitution) => rule is "reviewDecision" or "firstReview",
        (NoticeKind.PlanCeases, _) => rule == "ceaseNotify",
        (NoticeKind.CeasingConsidered, _) => rule == "ceaseConsult",
        (NoticeKind.AmendmentProposed, _) => rule == "proposeAmendments",
        (NoticeKind.NotAmendedAfterAll, _) => rule is "notAmendedNotify" or "amendedFinal",
        (NoticeKind.AmendedPlan, _) => rule == "amendedFinal",
        (NoticeKind.AssessmentConsidered, _) => rule == "tellPartners",
        _ => false,
    };

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
