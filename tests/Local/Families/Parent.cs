using System.Net;
using AngleSharp.Html.Dom;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Local.Tests.Contributing;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>A parent at a browser, without an account.</summary>
internal sealed class Parent : IDisposable
{
    internal const string Mail = "sam@example.org";

    private readonly LetterHub hub;
    private readonly School browser;

    internal Parent(LetterHub hub) => (this.hub, browser) = (hub, new School(hub));

    internal Desk Browser => browser.Browser;

    /// <summary>Issues a link and answers the path of the case's page.</summary>
    internal static async Task<string> LinkAsync(LetterHub hub, AssessmentId id, string link = "link-1", string? person = null, DateOnly? until = null)
    {
        await hub.SubmitAsync(id, new IssueFamilyLink(link, until ?? new DateOnly(2027, 5, 1), person));
        return $"/family/{hub.Services.GetRequiredService<FamilyTokens>().Sign(id, link)}/case";
    }

    /// <summary>Sends a form and answers the page to which it leads.</summary>
    internal Task<IHtmlDocument> SendAsync(IHtmlDocument page, string form, params (string Name, string Value)[] typed) => browser.SendAsync(page, form, typed);

    /// <summary>Asks for a code, types it in and answers the page of the case.</summary>
    internal Task<IHtmlDocument> EnterAsync(string path, string mail = Mail) => browser.EnterAsync(path, mail);

    /// <summary>Confirms an address and answers the form of a request.</summary>
    internal async Task<IHtmlDocument> BeginAsync(string mail = "asks@family.example", string council = "330")
    {
        var start = await Browser.OpenAsync($"/ask/{council}");
        var sent = await SendAsync(start, "main form", ("mail", mail));
        using var entered = await Browser.SendAsync(sent, "main form:nth-of-type(2)", ("code", School.CodeTo(hub, mail)));
        Assert.Equal((HttpStatusCode.Redirect, $"/ask/{council}"), (entered.StatusCode, entered.Headers.Location?.ToString()));
        return await Browser.OpenAsync($"/ask/{council}/request");
    }

    /// <summary>What a family must fill in, and a little more.</summary>
    internal static (string Name, string Value)[] Request(string given = "Zephyrine", string family = "Quibbleton") =>
    [
        ("ask.givenName", given), ("ask.familyName", family), ("ask.born/day", "3"), ("ask.born/month", "9"), ("ask.born/year", "2017"), ("ask.place", "Nettlebrook Primary, Exampleton"),
        ("ask.name", "Ottoline Quibbleton"), ("ask.who", "Parent"), ("ask.address", "5 Invented Row\nExampleton\nEX2 2AB"), ("ask.mail", "true"), ("ask.worries", "Loud rooms are too much, and reading does not come."),
    ];

    /// <summary>Fills in a request and sends it; answers the receipt.</summary>
    internal async Task<IHtmlDocument> AskAsync(string mail = "asks@family.example", params (string Name, string Value)[] typed)
    {
        var check = await SendAsync(await BeginAsync(mail), "main form", [.. typed.Length > 0 ? typed : Request(), ("_then", "check")]);
        return await SendAsync(check, "main form");
    }

    /// <summary>A case whose draft plan is with its family.</summary>
    internal static async Task<AssessmentId> DraftedAsync(LetterHub hub, string key = "drafted")
    {
        var id = await hub.DecideAsync(key, assess: true);
        await DraftAsync(hub, id);
        return id;
    }

    /// <summary>Brings a case that is assessed to where its draft plan is with its family.</summary>
    internal static async Task DraftAsync(LetterHub hub, AssessmentId id)
    {
        var content = new AdviceContent
        {
            Author = "Dr Example",
            AuthorRole = "Adviser",
            WrittenOn = new DateOnly(2026, 6, 9),
            Needs = [new AdviceNeed("n1", NeedArea.Education, "Reading is slow.")],
            Outcomes = [new AdviceOutcome("o1", "Reads a page aloud.", ["n1"])],
            Provision = [new AdviceProvision { Id = "p1", Kind = ProvisionKind.Education, Text = "A reading programme.", Who = "Teaching assistant", HowOften = "daily", HowLong = "20 minutes", Outcomes = ["o1"] }],
        };
        foreach (var request in (await hub.StateAsync(id)).Requests)
        {
            await hub.SubmitAsync(id, new SubmitAdvice(request.Id, content));
        }

        await hub.SubmitAsync(id, new DecideWhetherToIssuePlan(true, "It is necessary.", []));
        await hub.SubmitAsync(id, new PrepareDraft());
        await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(3), hub.Time.SetUtcNow, TestContext.Current.CancellationToken);
    }

    /// <summary>A case whose final plan was sent to everybody.</summary>
    internal static async Task<AssessmentId> IssuedAsync(LetterHub hub, string key = "issued")
    {
        var id = await DraftedAsync(hub, key);
        await IssueAsync(hub, id, (await hub.StateAsync(id)).Facts!.Setting!);
        return id;
    }

    /// <summary>Brings a case whose draft is with its family to where its final plan was sent to everybody.</summary>
    internal static async Task IssueAsync(LetterHub hub, AssessmentId id, Agency school)
    {
        await hub.SubmitAsync(id, new ConsultInstitution(school, LondonDate.Of(hub.Time.GetUtcNow())));
        await hub.SubmitAsync(id, new NamePlacement("Mainstream school", school));
        await DaysAsync(hub, 20);
        await hub.SubmitAsync(id, new FinalisePlan("officer-17"));
        await DaysAsync(hub, 3);
    }

    /// <summary>A case in which a change to one line of its plan is proposed to the family.</summary>
    internal static async Task<AssessmentId> ProposedAsync(LetterHub hub, string key = "proposed")
    {
        var id = await IssuedAsync(hub, key);
        await ProposeAsync(hub, id);
        return id;
    }

    /// <summary>Proposes a change to the provision for reading.</summary>
    internal static async Task ProposeAsync(LetterHub hub, AssessmentId id)
    {
        var line = (await hub.StateAsync(id)).NewestPlan!.Section(PlanSectionLetter.F).Lines[0].Id;
        await hub.SubmitAsync(id, new EditPlan("less", "The school’s report of 1 July.", PlanEditCause.Officer, line, HowOften: "twice a week"));
        await hub.SubmitAsync(id, new ProposeAmendments("The school has reported.", "Section F: reading twice a week instead of daily."));
        await DaysAsync(hub, 2);
    }

    /// <summary>Records a phase transfer and asks the family by letter which institution it prefers.</summary>
    internal static async Task AskPreferenceAsync(LetterHub hub, AssessmentId id)
    {
        await hub.SubmitAsync(id, new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, new DateOnly(2027, 9, 1)));
        await hub.SubmitAsync(id, new AskTransferPreference(LondonDate.Of(hub.Time.GetUtcNow()).AddDays(21)));
        await DaysAsync(hub, 1);
    }

    /// <summary>Imports a register of three schools, two of them of the same name.</summary>
    internal static async Task WriteRegisterAsync(LetterHub hub)
    {
        Institution School(string number, string name, string town) => new()
        {
            Urn = Urn.TryParse(number, out var urn, out _) ? urn : default,
            Name = name,
            Status = InstitutionStatus.Open,
            Type = "Community special school",
            Phase = "Not applicable",
            Town = town,
        };

        var register = new KeptRegister(
            new RegisterSource("invented.csv", "", new DateOnly(2026, 6, 1), false),
            [School("100005", "Foxglove Hill School", "Exampleton"), School("100006", "St Ann's School", "Exampleton"), School("100007", "St Ann's School", "Otherton")]);
        Assert.True((await hub.Services.GetRequiredService<InstitutionStore>().WriteAsync(register, null, TestContext.Current.CancellationToken)).Succeeded);
    }

    private static Task DaysAsync(LetterHub hub, int days) => hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(days), hub.Time.SetUtcNow, TestContext.Current.CancellationToken);

    public void Dispose() => browser.Dispose();
}
