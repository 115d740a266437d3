using System.Net;
using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Tests.Contributing;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>What a family sees and does in its case.</summary>
public sealed class FamilyCaseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static ShareSchoolList Schools(string name) => new(
        [new ListedSchool(new Agency { Id = AgencyId.TryParse("urn:100002", out var school, out var problem) ? school : throw new FormatException(problem), Name = name }, ["It takes ages 4 to 11."], ["Whether it has a free place."], "It has open days.")],
        "As we discussed.");

    [Fact]
    public async Task A_letter_leads_to_the_case_where_every_letter_is_read_with_its_last_day()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("refused", assess: false);
        using var parent = new Parent(hub);
        var letter = hub.PathFor(id, Words.Of(RecipientRole.Family));
        using (var born = await LetterHub.AnswerAsync(BrowserOf(parent), letter, LetterHub.Born))
        {
            Assert.Equal(HttpStatusCode.Redirect, born.StatusCode);
        }

        using var led = await parent.Browser.SendAsync(await parent.Browser.OpenAsync(letter), "form");
        var path = led.Headers.Location!.ToString();
        var home = await parent.EnterAsync(path);

        Assert.Contains("Your last day to appeal to the Tribunal", home.Body!.TextContent, StringComparison.Ordinal);
        var links = home.QuerySelectorAll($"a[href^='{path}/letters/']").Select(a => a.GetAttribute("href")!).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            using var read = await parent.Browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        // From the same letter the same link, however often.
        using var again = await parent.Browser.SendAsync(await parent.Browser.OpenAsync(letter), "form");
        Assert.Equal(path, again.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_letter_that_the_earlier_system_sent_is_shown_without_a_link_and_says_so()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = AssessmentId.For(LocalAuthorityCode.TryParse("330", out var council, out _) ? council : default, "taken");
        var (step, _) = InputReading.Read(TakeOverAssessment.Definition, Encoding.UTF8.GetBytes(InputExamples.Of("take-over-assessment")!.ToJsonString()));
        var taken = (TakeOverAssessment)step!;
        await hub.SubmitAsync(id, taken with { Facts = taken.Facts with { Family = LetterHub.Facts().Family } });
        await hub.SubmitAsync(id, new WriteToFamily(FamilyLetter.MeetingInvited, "The next steps.", new DateOnly(2026, 6, 20), "At the school."));
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);

        var open = await parent.Browser.OpenAsync(path[..^"/case".Length]);
        var home = await parent.EnterAsync(path);

        foreach (var page in new[] { open, home })
        {
            var items = page.QuerySelectorAll("li").Where(item => item.TextContent.Contains("sent on", StringComparison.Ordinal)).ToList();
            var before = Assert.Single(items, item => item.TextContent.Contains("ouncil will assess", StringComparison.Ordinal));
            Assert.Empty(before.QuerySelectorAll("a"));
            Assert.Contains("The council’s earlier system sent this letter", before.TextContent, StringComparison.Ordinal);
            Assert.NotEmpty(Assert.Single(items, item => item.TextContent.Contains("meeting", StringComparison.Ordinal)).QuerySelectorAll("a"));
        }

        foreach (var link in home.QuerySelectorAll($"a[href^='{path}/letters/']").Select(a => a.GetAttribute("href")!))
        {
            using var read = await parent.Browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }
    }

    [Fact]
    public async Task A_letter_gives_no_new_link_in_place_of_one_that_was_revoked()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("refused", assess: false);
        using var parent = new Parent(hub);
        var letter = hub.PathFor(id, Words.Of(RecipientRole.Family));
        using (var born = await LetterHub.AnswerAsync(BrowserOf(parent), letter, LetterHub.Born))
        {
            Assert.Equal(HttpStatusCode.Redirect, born.StatusCode);
        }

        using var led = await parent.Browser.SendAsync(await parent.Browser.OpenAsync(letter), "form");
        Assert.Equal(HttpStatusCode.Redirect, led.StatusCode);
        await hub.SubmitAsync(id, new RevokeFamilyLink(Assert.Single((await hub.StateAsync(id)).FamilyLinks).Id, "The letter was lost."));

        using var none = await parent.Browser.SendAsync(await parent.Browser.OpenAsync(letter), "form");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Single((await hub.StateAsync(id)).FamilyLinks);

        // An officer's new link opens from the letter again.
        var path = await Parent.LinkAsync(hub, id, "link-of-the-officer");
        using var again = await parent.Browser.SendAsync(await parent.Browser.OpenAsync(letter), "form");
        Assert.Equal(path, again.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_list_of_schools_is_shown_with_its_reasons_and_what_is_not_known_until_another_is_shared()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("schools", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        Assert.DoesNotContain("that the council suggests", (await parent.EnterAsync(path)).Body!.TextContent, StringComparison.Ordinal);

        await hub.SubmitAsync(id, Schools("Hillside <School>"));
        await hub.SubmitAsync(id, Schools("Riverside School"));
        var page = (await parent.Browser.OpenAsync(path)).QuerySelector("main")!.TextContent;

        Assert.DoesNotContain("Hillside", page, StringComparison.Ordinal);
        foreach (var said in new[] { "Riverside School", "It takes ages 4 to 11.", "Whether it has a free place.", "It has open days.", "As we discussed.", "no place has been promised", "You can ask for a school or college that is not on the list" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_new_first_contact_sees_and_changes_nothing_that_the_former_one_wrote_in_answer_to_the_council()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("views", assess: true);
        using (var former = new Parent(hub))
        {
            var first = await Parent.LinkAsync(hub, id);
            await former.EnterAsync(first);
            var check = await former.SendAsync(await former.Browser.OpenAsync($"{first}/views"), "main form", ("views.own", "Words of the mother."), ("_then", "check"));
            Assert.Contains("Words of the mother.", (await former.SendAsync(check, "main form")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        await hub.SubmitAsync(id, new CorrectFacts("The child lives there now.", Family: new FamilyContact { Name = "Lee Other", Relationship = "father", Email = "lee@example.org", ElectronicServiceAgreedOn = new DateOnly(2026, 6, 9) }));
        using var present = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id, "link-2");
        var home = await present.EnterAsync(path, "lee@example.org");
        var form = await present.Browser.OpenAsync($"{path}/views");
        Assert.DoesNotContain("Words of the mother.", home.Body!.TextContent + form.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The family's views, from another member of the family: ", home.Body.TextContent, StringComparison.Ordinal);

        var own = await present.SendAsync(form, "main form", ("views.own", "Words of the father."), ("_then", "check"));
        await present.SendAsync(own, "main form");

        var state = await hub.StateAsync(id);
        var given = Assert.Single(state.Advice, a => a is { Agency: null, Counts: true });
        Assert.Equal(("former-contact-1", "Words of the mother."), (given.Person, given.Content.Views[0].Text));
        Assert.Null(Assert.Single(state.FamilyEvidence).Person);
    }

    [Fact]
    public async Task Views_answer_the_councils_request_and_are_corrected()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("views", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);

        var check = await parent.SendAsync(
            await parent.Browser.OpenAsync($"{path}/views"), "main form", ("views.own", "Kind and quick to laugh."), ("views.hopes", "A friend."), ("views.child", "I like the sea."), ("_then", "check"));
        var done = await parent.SendAsync(check, "main form");

        Assert.Contains("Your views were received", done.Body!.TextContent, StringComparison.Ordinal);
        var request = (await hub.StateAsync(id)).Requests.Single(r => r.Agency is null);
        Assert.Equal("Received", RequestStatus(request));
        Assert.Equal(["Kind and quick to laugh.", "A friend.", "I like the sea."], Assert.Single((await hub.StateAsync(id)).Advice).Content.Views.Select(v => v.Text));

        var form = await parent.Browser.OpenAsync($"{path}/views");
        Assert.Equal("A friend.", form.QuerySelector("#views-hopes")!.TextContent);
        await parent.SendAsync(await parent.SendAsync(form, "main form", ("views.hopes", "Two friends."), ("_then", "check")), "main form");
        Assert.Equal("Two friends.", (await hub.StateAsync(id)).Advice.Single(a => a.Counts).Content.Views[1].Text);

        static string RequestStatus(Orchestrations.Advice.AdviceRequest request) => request.Status.ToString();
    }

    [Fact]
    public async Task The_draft_is_answered_line_by_line_and_the_officer_reads_every_word()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        var home = await parent.EnterAsync(path);
        Assert.NotNull(home.QuerySelector($"a.action[href='{path}/draft']"));

        var form = await parent.Browser.OpenAsync($"{path}/draft");
        var lines = form.QuerySelectorAll("details summary .said").Select(s => s.TextContent.Trim()).ToList();
        var at = form.QuerySelectorAll("details textarea[name]").Select(field => field.GetAttribute("name")!).Where((_, n) => n % 2 == 0).ElementAt(lines.IndexOf("A reading programme."));
        var check = await parent.SendAsync(
            form, "main form", ("draft.agrees", "false"), ("draft.text", "Much of it is right."), ("draft.place", "Foxglove Hill School, Exampleton"),
            (at, "It must say which programme."), ($"{at}words", "Read Aloud Together, daily."), ("_then", "check"));
        Assert.Contains("The line should read: Read Aloud Together, daily.", check.Body!.TextContent, StringComparison.Ordinal);
        await parent.SendAsync(check, "main form");

        var state = await hub.StateAsync(id);
        var said = Assert.Single(state.Representations);
        Assert.Equal(("Much of it is right.", "Foxglove Hill School, Exampleton", false), (said.Text, said.PreferredPlace, said.Agrees));
        var comment = Assert.Single(said.Comments!);
        Assert.Equal(("It must say which programme.", "Read Aloud Together, daily."), (comment.Text, comment.Proposed));
        Assert.Contains(state.NewestPlan!.Sections, s => s.Lines.Any(l => l.Id == comment.Line && l.Text == "A reading programme."));
        Assert.Contains(state.Attention, a => a.Id.StartsWith("comments-1", StringComparison.Ordinal));
        Assert.Contains(state.Attention, a => a.Id.StartsWith("preferred-1", StringComparison.Ordinal));

        // What an officer's timeline shows.
        var note = (await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(e => e.What).OfType<RepresentationsReceived>().Single().Note()!;
        Assert.All((string[])["Much of it is right.", "Foxglove Hill School", "which programme", "Read Aloud Together"], words => Assert.Contains(words, note, StringComparison.Ordinal));
        Assert.Contains("Read Aloud Together", (await parent.Browser.OpenAsync(path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_and_a_budget_are_asked_for_once()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        foreach (var act in (string[])["meeting", "budget"])
        {
            var page = await parent.Browser.OpenAsync($"{path}/say/{act}");
            await parent.SendAsync(page, "main form");
            using var gone = await parent.Browser.GetAsync($"{path}/say/{act}");
            Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
            using var twice = await parent.Browser.SendAsync(page, "main form");
            Assert.Equal(HttpStatusCode.Redirect, twice.StatusCode);
        }

        var state = await hub.StateAsync(id);
        Assert.Equal((true, true), (state.MeetingAskedOn is not null, state.BudgetAskedOn is not null));
    }

    [Fact]
    public async Task Somebody_who_helps_is_named_and_the_consent_withdrawn_by_the_one_who_named_them_alone()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("helped", assess: true);
        await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson { Id = "p2", Name = "Alaric Example", Role = PersonRole.Parent, ParentalResponsibility = true, Email = "alaric@example.net", PostalAddress = ["9 Other Road", "EX9 9ZZ"], AddressIsSecret = true }));
        using var mother = new Parent(hub);
        using var father = new Parent(hub);
        var (hers, his) = (await Parent.LinkAsync(hub, id), await Parent.LinkAsync(hub, id, "link-2", "p2"));
        await mother.EnterAsync(hers);
        await father.EnterAsync(his, "alaric@example.net");

        var refused = await mother.SendAsync(await mother.Browser.OpenAsync($"{hers}/say/supporter"), "main form");
        Assert.Equal(2, refused.QuerySelectorAll("main form .error").Length);
        var named = await mother.SendAsync(refused, "main form", ("acts.name", "Ash Helper"), ("acts.relationship", "an adviser"), ("acts.email", "ash@helpers.example"));
        Assert.Contains("Ash Helper", named.Body!.TextContent, StringComparison.Ordinal);
        var person = Assert.Single((await hub.StateAsync(id)).People, p => p.Role == PersonRole.Supporter);
        Assert.Equal(new DateOnly(2026, 6, 10), person.ConsentOn);
        Assert.DoesNotContain("Ash Helper", (await father.Browser.OpenAsync(his)).Body!.TextContent, StringComparison.Ordinal);

        // The father's browser cannot withdraw what the mother has agreed to.
        await father.SendAsync(await father.SendAsync(await father.Browser.OpenAsync($"{his}/say/supporter"), "main form", ("acts.name", "Wren Helper"), ("acts.relationship", "a friend")), "main form[action$='end-supporter']", ("person", person.Id));
        Assert.Contains((await hub.StateAsync(id)).People, p => p.Id == person.Id);
        await mother.SendAsync(await mother.Browser.OpenAsync(hers), "main form[action$='end-supporter']");
        Assert.DoesNotContain((await hub.StateAsync(id)).People, p => p.Id == person.Id);
    }

    [Fact]
    public async Task What_was_sent_stands_newest_first_and_of_one_day_what_was_recorded_last()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        var today = LondonDate.Of(hub.Time.GetUtcNow());
        var version = (await hub.StateAsync(id)).NewestPlan!.Version;
        RecordFamilyEvidence Evidence(string name, DateOnly on) =>
            new(name, FamilyEvidenceKind.Evidence, on, [new AttachmentRef($"330/{id}/attachments/{name}", $"{name}.pdf", "application/pdf", 4, new string('a', 64))]);

        await hub.SubmitAsync(id, new RecordRepresentations(version, today.AddDays(-1), "Yesterday."));
        await hub.SubmitAsync(id, Evidence("first-of-today", today));
        await hub.SubmitAsync(id, Evidence("oldest", (await hub.StateAsync(id)).Facts!.ReceivedOn));
        await hub.SubmitAsync(id, Evidence("last-of-today", today));
        await hub.SubmitAsync(id, new RecordRepresentations(version, today, "Today."));
        using var parent = new Parent(hub);
        var home = await parent.EnterAsync(await Parent.LinkAsync(hub, id));

        var sent = home.QuerySelectorAll("h2").Single(h => h.TextContent == "What you have sent").NextElementSibling!.Children.Select(one => one.TextContent).ToList();
        string[] expected = ["Today.", "last-of-today", "first-of-today", "Yesterday.", "Your views", "oldest"];
        Assert.Equal(expected.Length, sent.Count);
        Assert.All(expected.Zip(sent), one => Assert.Contains(one.First, one.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_parent_has_an_own_view_and_neither_learns_where_the_other_is()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson { Id = "p2", Name = "Alaric Example", Role = PersonRole.Parent, ParentalResponsibility = true, Email = "alaric@example.net", PostalAddress = ["9 Other Road", "EX9 9ZZ"], AddressIsSecret = true }));
        using var mother = new Parent(hub);
        using var father = new Parent(hub);
        var (hers, his) = (await Parent.LinkAsync(hub, id), await Parent.LinkAsync(hub, id, "link-2", "p2"));
        await mother.EnterAsync(hers);
        await father.EnterAsync(his, "alaric@example.net");

        await father.SendAsync(await father.SendAsync(await father.Browser.OpenAsync($"{his}/views"), "main form", ("views.own", "With me it is different."), ("_then", "check")), "main form");
        await mother.SendAsync(await mother.SendAsync(await mother.Browser.OpenAsync($"{hers}/draft"), "main form", ("draft.text", "Only mine."), ("_then", "check")), "main form");

        var state = await hub.StateAsync(id);
        var evidence = Assert.Single(state.FamilyEvidence);
        Assert.Equal(("p2", FamilyEvidenceKind.Representations), (evidence.Person, evidence.Kind));
        Assert.Contains(state.Attention, a => a.Id.StartsWith("own-view-", StringComparison.Ordinal));
        var text = Encoding.UTF8.GetString((await hub.Services.GetRequiredService<IDocumentStore>().ReadAsync(evidence.Documents[0].Token, Stop)).Value!.Bytes);
        Assert.Contains("With me it is different.", text, StringComparison.Ordinal);

        using (var others = await mother.Browser.GetAsync($"{hers}/documents/{evidence.Documents[0].Sha256}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        }

        foreach (var (of, pages, never) in new[] { (mother, hers, new[] { "9 Other Road", "EX9 9ZZ", "alaric@", "With me it is" }), (father, his, ["sam@example.org", "Only mine."]) })
        {
            foreach (var tail in (string[])["", "/views", "/evidence", "/draft"])
            {
                using var page = await of.Browser.GetAsync(pages + tail);
                var read = await page.Content.ReadAsStringAsync(Stop);
                Assert.All(never, words => Assert.DoesNotContain(words, read, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    public async Task What_two_parents_send_in_alike_is_both_in_the_case()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("alike", assess: true);
        await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson { Id = "p2", Name = "Alaric Example", Role = PersonRole.Parent, ParentalResponsibility = true, Email = "alaric@example.net" }));
        foreach (var (link, person, mail) in new (string Link, string? Person, string Mail)[] { ("link-1", null, Parent.Mail), ("link-2", "p2", "alaric@example.net") })
        {
            using var parent = new Parent(hub);
            var path = await Parent.LinkAsync(hub, id, link, person);
            await parent.EnterAsync(path, mail);
            using (var added = await ContributorAttackTests.UploadAsync(parent.Browser, $"{path}/evidence", "letter.txt", "text/plain", Encoding.UTF8.GetBytes($"A letter from {mail}.")))
            {
                Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
            }

            var sent = await parent.SendAsync(await parent.Browser.OpenAsync($"{path}/evidence/check"), "main form");
            Assert.Null(sent.QuerySelector(".errors"));
        }

        Assert.Equal([null, "p2"], (await hub.StateAsync(id)).FamilyEvidence.Select(one => one.Person));
    }

    [Fact]
    public async Task What_is_typed_is_kept_when_the_hub_stops_and_when_the_code_has_run_out()
    {
        var data = Directory.CreateTempSubdirectory("family-drafts-").FullName;
        var copy = Directory.CreateTempSubdirectory("family-drafts-again-").FullName;
        string path;
        await using (var hub = await LetterHub.StartAsync(data: data))
        {
            var id = await hub.DecideAsync("kept", assess: true);
            using var parent = new Parent(hub);
            path = await Parent.LinkAsync(hub, id);
            await parent.EnterAsync(path);
            var form = await parent.SendAsync(await parent.Browser.OpenAsync($"{path}/views"), "main form", ("views.own", "First words."));
            hub.Time.Advance(TimeSpan.FromMinutes(90));
            var asked = await parent.SendAsync(form, "main form", ("views.own", "First words, and more."));
            Assert.Contains("What you typed has been saved", asked.Body!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("First words", asked.Body.TextContent, StringComparison.Ordinal);
            ContributorDraftTests.Copy(data, copy);
        }

        await using var again = await LetterHub.StartAsync(data: copy);
        using var later = new Parent(again);
        await later.EnterAsync(path);
        Assert.Equal("First words, and more.", (await later.Browser.OpenAsync($"{path}/views")).QuerySelector("#views-own")!.TextContent);
    }

    [Fact]
    public async Task A_parent_looks_and_does_not_act_once_the_rights_are_the_young_persons()
    {
        await using var hub = await LetterHub.StartAsync();
        var facts = LetterHub.Facts();
        var id = await hub.DecideAsync("older", assess: true, facts with { Route = RequestRoute.School, Child = facts.Child with { DateOfBirth = new DateOnly(2008, 3, 14) } });
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        var home = await parent.EnterAsync(path);
        Assert.Contains("The young person now holds the rights in this case", home.Body!.TextContent, StringComparison.Ordinal);
        using var closed = await parent.Browser.GetAsync($"{path}/views");
        Assert.Equal(HttpStatusCode.Conflict, closed.StatusCode);
    }

    private static HttpClient BrowserOf(Parent parent) => parent.Browser.Client;
}
