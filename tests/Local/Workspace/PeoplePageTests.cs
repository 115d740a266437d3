using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Officers see everybody around the child, and whoever changes one detail erases no other.</summary>
public sealed class PeoplePageTests
{
    private static readonly FamilyPerson Father = new()
    {
        Id = "p2",
        Name = "Alaric Example",
        Role = PersonRole.Parent,
        Relationship = "father",
        ParentalResponsibility = true,
        Email = "alaric@example.net",
        ElectronicServiceAgreedOn = new DateOnly(2026, 6, 10),
        PostalAddress = ["9 Other Road", "EX9 9ZZ"],
        Telephone = "01632 960001",
        AccessibleFormat = "large print",
        AddressIsSecret = true,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_is_listed_and_a_change_of_one_detail_keeps_the_others()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var address = $"/workspace/cases/{hub.Young}";
        Assert.Contains("Nobody else is recorded", (await desk.OpenAsync($"{address}/people")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await hub.SubmitAsync(hub.Young, new RecordPerson(Father));

        var page = await desk.OpenAsync($"{address}/people");
        Assert.All(
            (string[])["Alaric Example", "Parent, father, has parental responsibility", "alaric@example.net", "9 Other Road, EX9 9ZZ", "01632 960001", "large print", "Must be kept secret"],
            words => Assert.Contains(words, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal));

        var form = await desk.OpenAsync(page.QuerySelectorAll("main a").Single(link => link.TextContent.StartsWith("Change these details", StringComparison.Ordinal)).GetAttribute("href")!);
        using (var sent = await desk.SendAsync(form, "#form", ("person.telephone", "01632 960002")))
        {
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }

        Assert.Equal(FormValues.Of(NodeOf(Father with { Telephone = "01632 960002" })).All, FormValues.Of(NodeOf(await PersonAsync())).All);

        // A form that did not show the record does not replace it.
        var empty = await desk.OpenAsync($"{address}/steps/record-person");
        using (var refused = await desk.SendAsync(empty, "#form", ("person.id", "p2"), ("person.name", "Alaric Example"), ("person.role", "Parent"), ("person.telephone", "01632 960003")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("already recorded under this reference", (await Desk.ReadAsync(refused)).QuerySelector("#person-id-error")!.TextContent, StringComparison.Ordinal);
        }

        Assert.True((await PersonAsync()).AddressIsSecret);
        using (var open = await desk.SendAsync(empty, "#form", ("person.id", "p3"), ("person.name", "Ida Example"), ("person.role", "Parent")))
        {
            Assert.Equal("Error: Choose an answer: Does this person have parental responsibility?", (await Desk.ReadAsync(open)).QuerySelector("#person-parentalResponsibility-error")!.TextContent);
        }

        async Task<FamilyPerson> PersonAsync() => Assert.Single((await hub.Store.LoadAsync(hub.Young, Stop)).State.People);
    }

    [Fact]
    public async Task What_was_said_when_the_case_was_opened_is_shown()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var facts = (await hub.Store.LoadAsync(hub.Young, Stop)).State.Facts!;
        var id = AssessmentId.For(Desk.Own, "twin");
        await hub.SubmitAsync(id, new OpenAssessment(facts with
        {
            Child = facts.Child with { GivenName = "Ottokar", NhsNumber = null, Upn = null },
            Family = facts.Family with { Interpreter = "British Sign Language" },
            ParentServesInArmedForces = true,
            EarlierCase = new EarlierCaseDecision(EarlierCaseAnswer.AnotherChild, "They are twins."),
        }));

        var said = (await desk.OpenAsync($"/workspace/cases/{id}/people")).QuerySelector("main")!.TextContent;

        Assert.All((string[])["British Sign Language", "A parent serves in the armed forces", "Another child: They are twins."], words => Assert.Contains(words, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_correction_of_one_detail_of_the_family_keeps_the_others_and_corrects_nothing_else()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var before = (await hub.Store.LoadAsync(hub.Young, Stop)).State.Facts!;
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Young}/steps/correct-facts");
        Assert.Equal(before.Family.Name, form.QuerySelector("#family-name")!.GetAttribute("value"));
        using (var nothing = await desk.SendAsync(form, "#form", ("reason", "A look at it.")))
        {
            Assert.Contains("would change nothing", (await Desk.ReadAsync(nothing)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        }

        using (var sent = await desk.SendAsync(await desk.OpenAsync($"/workspace/cases/{hub.Young}/steps/correct-facts"), "#form", ("reason", "She has a new number."), ("family.telephone", "01632 960004")))
        {
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }

        var after = (await hub.Store.LoadAsync(hub.Young, Stop)).State.Facts!;
        Assert.Equal(FormValues.Of(NodeOf(before with { Family = before.Family with { Telephone = "01632 960004" } })).All, FormValues.Of(NodeOf(after)).All);
        Assert.Contains("01632 960004", (await desk.OpenAsync($"/workspace/cases/{hub.Young}/people")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_return_asks_about_the_plan_is_shown_before_it_is_replaced()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var address = $"/workspace/cases/{hub.Young}/steps/record-plan-terms";
        await hub.SubmitAsync(hub.Young, new RecordPlanTerms(PersonalBudget: true, OrganisedArrangement: true));

        using var sent = await desk.SendAsync(await desk.OpenAsync(address), "#form", ("organisedArrangement", "false"));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var terms = (await hub.Store.LoadAsync(hub.Young, Stop)).State.PlanTerms!;
        Assert.Equal((true, false), (terms.PersonalBudget, terms.OrganisedArrangement));
    }

    private static System.Text.Json.Nodes.JsonNode? NodeOf<T>(T value) => System.Text.Json.JsonSerializer.SerializeToNode(value);
}
