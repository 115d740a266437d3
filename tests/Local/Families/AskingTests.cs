using System.Net;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>A family asks for an assessment on the web.</summary>
public sealed class AskingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_opens_a_case_on_the_day_of_receipt_and_every_word_is_in_it()
    {
        await using var hub = await LetterHub.StartAsync();
        using var parent = new Parent(hub);

        var receipt = await parent.AskAsync();

        Assert.Contains("Your request was received", receipt.Body!.TextContent, StringComparison.Ordinal);
        var id = CaseOf(receipt);
        var state = await hub.StateAsync(id);
        Assert.Equal((Stage.Considering, RequestRoute.Parent, new DateOnly(2026, 6, 10)), (state.Stage, state.Facts!.Route, state.Facts.ReceivedOn));
        Assert.Equal(("Zephyrine", "Quibbleton", new DateOnly(2017, 9, 3)), (state.Facts.Child.GivenName, state.Facts.Child.FamilyName, state.Facts.Child.DateOfBirth));
        Assert.Equal(("Ottoline Quibbleton", "asks@family.example", (DateOnly?)new DateOnly(2026, 6, 10)), (state.Facts.Family.Name, state.Facts.Family.Email, state.Facts.Family.ElectronicServiceAgreedOn));
        Assert.Equal(["5 Invented Row", "Exampleton", "EX2 2AB"], state.Facts.Family.PostalAddress!);
        Assert.Equal((SettingKind.School, "Nettlebrook Primary, Exampleton"), (state.Facts.SettingKind, state.Facts.Setting!.Name));
        Assert.Contains(state.Attention, a => a.Id == "place-in-words");

        // The words are a document that goes with every request for advice; where the family lives is not in it.
        var words = Assert.Single(Assert.Single(state.FamilyEvidence).Documents!);
        var text = Encoding.UTF8.GetString((await hub.Services.GetRequiredService<IDocumentStore>().ReadAsync(words.Token, Stop)).Value!.Bytes);
        Assert.Contains("Loud rooms are too much, and reading does not come.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Invented Row", text, StringComparison.Ordinal);

        // The receipt leads to the case, behind a code to the same address.
        var path = receipt.QuerySelector("a[href^='/family/']")!.GetAttribute("href")!;
        Assert.Contains("Zephyrine", (await parent.EnterAsync(path, "asks@family.example")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_tells_who_it_is_about_must_be_filled_in_and_what_is_missing_is_said_at_its_field()
    {
        await using var hub = await LetterHub.StartAsync();
        using var parent = new Parent(hub);

        var refused = await parent.SendAsync(await parent.SendAsync(await parent.BeginAsync(), "main form", ("_then", "check")), "main form", ("_then", "check"));
        var labels = refused.QuerySelectorAll("main label, main legend").Select(label => label.TextContent.Trim()).ToList();
        var said = refused.QuerySelectorAll("main form .error").Select(error => error.TextContent.Trim()).ToList();
        Assert.Equal(5, said.Count);

        // Above the form the faults stand in the order of the fields.
        var listed = refused.QuerySelectorAll(".errors a").Select(link => link.GetAttribute("href")![1..]).ToList();
        Assert.Equal(["ask-givenName", "ask-familyName", "ask-born", "ask-name", "ask-who"], listed.Select(at => at.StartsWith("ask-born", StringComparison.Ordinal) ? "ask-born" : at));
        Assert.All(said, text => Assert.Contains(labels, label => label.Length > 0 && text.EndsWith(label, StringComparison.Ordinal)));

        var least = Parent.Request().Where(f => f.Name is "ask.givenName" or "ask.familyName" or "ask.name" or "ask.who" || f.Name.StartsWith("ask.born", StringComparison.Ordinal)).ToArray();
        var receipt = await parent.SendAsync(await parent.SendAsync(refused, "main form", [.. least, ("_then", "check")]), "main form");
        var state = await hub.StateAsync(CaseOf(receipt));
        Assert.Equal((SettingKind.None, null), (state.Facts!.SettingKind, state.Facts.Setting));
    }

    [Theory]
    [InlineData("2008", "Parent", "young person has held the right to ask")]
    [InlineData("2017", "YoungPerson", "Only a young person")]
    [InlineData("1995", "Parent", "birth to 25")]
    public async Task Who_may_not_ask_is_told_why_and_keeps_what_was_typed(string year, string who, string why)
    {
        await using var hub = await LetterHub.StartAsync();
        using var parent = new Parent(hub);

        var answer = await parent.AskAsync(typed: [.. Parent.Request(), ("ask.born/year", year), ("ask.who", who)]);

        Assert.Contains(why, answer.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Zephyrine", answer.QuerySelector("#ask-givenName")!.GetAttribute("value"));
        var mended = await parent.SendAsync(answer, "main form", ("ask.born/year", who == "Parent" ? "2017" : "2008"), ("_then", "check"));
        Assert.Contains("Your request was received", (await parent.SendAsync(mended, "main form")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_child_who_has_a_case_nothing_is_told_and_a_person_looks_at_both()
    {
        await using var hub = await LetterHub.StartAsync();
        var known = AssessmentId.For(LetterHub.Council, "known");
        var facts = LetterHub.Facts();
        await hub.SubmitAsync(known, new OpenAssessment(facts));
        using var parent = new Parent(hub);
        using var other = new Parent(hub);
        (string, string)[] same =
        [
            .. Parent.Request(facts.Child.GivenName, facts.Child.FamilyName), ("ask.born/day", "14"), ("ask.born/month", "3"), ("ask.born/year", "2016"),
        ];

        var receipt = await parent.AskAsync("one@family.example", same);
        var strangers = await other.AskAsync("two@family.example");

        Assert.Equal(Plain(strangers, CaseOf(strangers)), Plain(receipt, CaseOf(receipt)));
        var opened = await hub.StateAsync(CaseOf(receipt));
        Assert.Contains(opened.Attention, a => a.Text.Contains(known.Value, StringComparison.Ordinal));
        Assert.DoesNotContain((await hub.StateAsync(CaseOf(strangers))).Attention, a => a.Id.StartsWith("earlier-case", StringComparison.Ordinal));

        static string Plain(AngleSharp.Html.Dom.IHtmlDocument page, AssessmentId id) => page.Body!.TextContent.Replace(id.Value, "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_kept_for_the_address_and_sent_twice_opens_one_case()
    {
        await using var hub = await LetterHub.StartAsync();
        using var parent = new Parent(hub);
        await parent.SendAsync(await parent.BeginAsync(), "main form", Parent.Request());

        // Another browser with the same address goes on with it; another address does not.
        using var phone = new Parent(hub);
        var form = await phone.BeginAsync("ASKS@family.example");
        Assert.Equal("Zephyrine", form.QuerySelector("#ask-givenName")!.GetAttribute("value"));
        using var stranger = new Parent(hub);
        Assert.Equal("", (await stranger.BeginAsync("other@family.example")).QuerySelector("#ask-givenName")!.GetAttribute("value") ?? "");

        var check = await phone.SendAsync(form, "main form", ("_then", "check"));
        var receipt = await phone.SendAsync(check, "main form");
        var again = await phone.SendAsync(check, "main form");
        Assert.Equal(CaseOf(receipt), CaseOf(again));

        // A further request of the same address is another case.
        var second = await phone.SendAsync(await phone.SendAsync(await phone.Browser.OpenAsync("/ask/330/request"), "main form", [.. Parent.Request("Barnabus", "Quibbleton"), ("_then", "check")]), "main form");
        Assert.NotEqual(CaseOf(receipt), CaseOf(second));
    }

    [Fact]
    public async Task A_council_without_its_board_takes_no_requests_here()
    {
        await using var hub = await LetterHub.StartAsync();
        using var parent = new Parent(hub);
        using var unknown = await parent.Browser.GetAsync("/ask/999");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(["/ask/330", "/ask/331"], (await parent.Browser.OpenAsync("/ask")).QuerySelectorAll("main li a").Select(a => a.GetAttribute("href")));
    }

    internal static AssessmentId CaseOf(AngleSharp.Html.Dom.IHtmlDocument receipt)
    {
        Assert.True(AssessmentId.TryParse(receipt.QuerySelector("main strong")!.TextContent, out var id, out _), receipt.Body!.TextContent);
        return id;
    }
}
