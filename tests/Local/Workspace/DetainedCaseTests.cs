using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>People who only run the hub cannot tell which cases have a detention: on every page, in every file and answer, and in the log, such a case looks like any other.</summary>
public sealed partial class DetainedCaseTests
{
    private static readonly Agency Home = new() { Id = Parse("urn:100009"), Name = "Example Secure Children's Home" };
    private static readonly Agency OtherHome = new() { Id = Parse("urn:100010"), Name = "Example Young Offender Institution" };
    private static readonly Agency Team = new() { Id = Parse("la:330/youth-offending-team"), Name = "Example Youth Offending Team" };
    private static readonly Agency Commissioner = new() { Id = Parse("ods:Q71"), Name = "Example Health and Justice Commissioner" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Everything by which somebody could be known to be detained: who takes part, what is called so, and what only the rules for detained people know.
    private static IEnumerable<string> Telling =>
    [
        .. new[] { Home, OtherHome, Team, Commissioner }.SelectMany(agency => new[] { agency.Name, agency.Id.Value }),
        "detain", "detention", "youth", "offend", "accommodation", "in charge", "health services commissioner", "SI 2015/62", "CFA 2014 s7", "plan that is kept", "provision", "release", "monitoring meeting", "personInCharge",
        .. RuleSet.EnglandDetained2015.Rules.Where(rule => RuleSet.England2014.Find(rule.Key) is null).SelectMany(rule => new[] { rule.Key, rule.Title, rule.MetBy.Awaits ?? rule.Title }),
        .. new[] { NoticeKind.PlanKeptInDetention, NoticeKind.PlanAfterRelease }.SelectMany(kind => new[] { kind.ToString(), Words.Of(kind) }),
    ];

    [Fact]
    public async Task Nothing_that_people_who_run_the_hub_can_read_says_that_somebody_with_a_plan_is_detained()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var detained = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2011, 3, 5));
        await SendAsync(hub, detained, "record-detention", $$"""
            {
              "accommodation": { "id": "{{Home.Id}}", "name": "{{Home.Name}}" }, "detainedOn": "2026-08-03", "becameAwareOn": "2026-08-05",
              "youthOffendingTeam": { "id": "{{Team.Id}}", "name": "{{Team.Name}}" }, "healthServicesCommissioner": { "id": "{{Commissioner.Id}}", "name": "{{Commissioner.Name}}" }
            }
            """);
        await SendAsync(hub, detained, "record-act", """{ "act": "keptProvisionArranged", "on": "2026-08-10", "what": "As in the plan." }""");
        await hub.StepToAsync(new DateTimeOffset(2026, 9, 30, 9, 0, 0, TimeSpan.Zero));
        await SendAsync(hub, detained, "record-detention-move", $$"""{ "accommodation": { "id": "{{OtherHome.Id}}", "name": "{{OtherHome.Name}}" }, "on": "2026-09-29" }""");
        await SayNothingAsync(hub, detained);

        await SendAsync(hub, detained, "record-release", """{ "on": "2026-09-30" }""");
        await hub.StepToAsync(new DateTimeOffset(2026, 10, 30, 9, 0, 0, TimeSpan.Zero));
        await SayNothingAsync(hub, detained);
    }

    [Fact]
    public async Task Nothing_that_people_who_run_the_hub_can_read_says_that_somebody_is_detained_during_the_assessment()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var detained = hub.Young;
        await hub.SubmitAsync(detained, new RecordDetention(Home, new DateOnly(2026, 8, 18), new DateOnly(2026, 8, 19), Team, Commissioner));
        await hub.SubmitAsync(detained, new RecordConsultation(new DateOnly(2026, 8, 19), "They wish for it."));
        await hub.SubmitAsync(detained, new RecordAct(Act.PersonInChargeConsulted, new DateOnly(2026, 8, 19), "By telephone."));
        await hub.SubmitAsync(detained, new DecideWhetherToAssess(true, "It may be necessary."));
        await hub.SubmitAsync(detained, new RequestAdvice(AdviceKind.Other, Team, "They know the young person."));
        await SayNothingAsync(hub, detained);

        await hub.StepToAsync(new DateTimeOffset(2026, 12, 30, 9, 0, 0, TimeSpan.Zero));
        await SayNothingAsync(hub, detained);
    }

    [Fact]
    public async Task A_case_with_a_detention_is_shown_in_the_words_of_a_case_without_one()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var (detained, other) = (await hub.OpenAsync("detained", decided: false), await hub.OpenAsync("other", decided: false));
        await hub.SubmitAsync(detained, new RecordDetention(Home, new DateOnly(2026, 8, 18), new DateOnly(2026, 8, 19), Team, Commissioner));
        foreach (var id in new[] { detained, other })
        {
            await hub.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 8, 19), "They wish for it."));
            await hub.SubmitAsync(id, new RecordNote("note-1", CaseNoteKind.Note, new DateOnly(2026, 8, 19), "An officer's note."));
        }

        await hub.SubmitAsync(detained, new RecordAct(Act.PersonInChargeConsulted, new DateOnly(2026, 8, 19), "By telephone."));
        foreach (var id in new[] { detained, other })
        {
            await hub.SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        }

        await hub.StepToAsync(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
        using var viewer = await hub.SignedInAsync("operator");

        var (theirs, ordinary) = (Lines(await viewer.GetStringAsync($"/monitor/cases/{detained}", Stop)), Lines(await viewer.GetStringAsync($"/monitor/cases/{other}", Stop)));

        Assert.True(ordinary.Count > 30, $"{ordinary.Count} lines");
        Assert.Empty(theirs.Except(ordinary));
    }

    [Fact]
    public async Task An_operator_sees_that_a_letter_failed_and_has_it_tried_again()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var detained = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2011, 3, 5));
        await hub.SubmitAsync(detained, new RecordDetention(Home, new DateOnly(2026, 8, 3), new DateOnly(2026, 8, 5), Team, Commissioner));
        var state = (await hub.Store.LoadAsync(detained, Stop)).State;
        var letter = state.Notices.First(n => n is { Kind: NoticeKind.PlanKeptInDetention, To: RecipientRole.PersonInCharge });
        var effect = (await hub.Store.EffectsAsync(detained, Stop)).First(e => e.Effect.Effect is SendNotice sent && sent.NoticeId == letter.Id).Effect;
        await hub.SubmitAsync(
            detained, new EffectSettled(effect.Id, effect.Effect, EffectOutcome.NeedsHuman, new DateOnly(2026, 8, 20), $"The notice directory does not say how to reach {Home.Id}, notices."), Actor.TheHub);
        using var operators = await hub.SignedInAsync("operator");

        var page = WebUtility.HtmlDecode(await operators.GetStringAsync($"/monitor/cases/{detained}", Stop));
        using var done = await MonitoredHub.PostFormAsync(
            operators, $"/monitor/cases/{detained}/actions/retry-effect?about={Uri.EscapeDataString(effect.Id)}", $"/monitor/cases/{detained}/actions/retry-effect", new() { ["reason"] = "The directory is complete now." });

        Assert.Contains("Sending: Letter to an agency (another letter) did not succeed.", page, StringComparison.Ordinal);
        Assert.Equal($"/monitor/cases/{detained}?done=retry-effect", done.Headers.Location?.OriginalString);
        await SayNothingAsync(hub, detained);
    }

    /// <summary>Every page, file, answer and log line that people who run the hub can read.</summary>
    private static async Task SayNothingAsync(MonitoredHub hub, AssessmentId detained)
    {
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        using var viewer = await hub.SignedInAsync("operator");
        var read = new List<(string Where, string Text)>();
        foreach (var page in new[] { $"/monitor/cases/{detained}", "/monitor/cases?ended=yes", "/monitor/cases.csv?ended=yes", "/monitor/notices", "/monitor/dead-letters" })
        {
            read.Add((page, WebUtility.HtmlDecode(await viewer.GetStringAsync(page, Stop))));
        }

        foreach (var failed in (await hub.Store.LoadAsync(detained, Stop)).State.FailedEffects)
        {
            var form = $"/monitor/cases/{detained}/actions/retry-effect?about={Uri.EscapeDataString(failed.EffectId)}";
            read.Add((form, WebUtility.HtmlDecode(await viewer.GetStringAsync(form, Stop))));
        }

        using var api = hub.Client();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.Operator)));
        foreach (var address in new[] { "", "/timeline", "/limits", "/effects", "/plans/verify" })
        {
            read.Add(($"API{address}", await api.GetStringAsync($"/v1/cases/{detained}{address}", Stop)));
        }

        read.Add(("API list", await api.GetStringAsync("/v1/cases?limit=500", Stop)));
        read.Add(("log", string.Join('\n', hub.Log.Lines.Where(line => line.Contains(detained.Value, StringComparison.Ordinal)))));
        foreach (var agency in new[] { Home, OtherHome, Team, Commissioner })
        {
            Assert.DoesNotContain(detained.Value, await viewer.GetStringAsync($"/monitor/cases?ended=yes&agency={Uri.EscapeDataString(agency.Id.Value)}", Stop), StringComparison.Ordinal);
        }

        Assert.All(read, one => Assert.DoesNotContain(Telling, word => one.Text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>What a page says, one line for each different text, without numbers, days and ids.</summary>
    private static HashSet<string> Lines(string html) =>
        [.. Tags().Replace(WebUtility.HtmlDecode(html), "\n").Split('\n').Select(line => Changing().Replace(line, "#").Trim()).Where(line => line.Any(char.IsLetter))];

    private static async Task SendAsync(MonitoredHub hub, AssessmentId id, string step, string body)
    {
        var (status, detail) = await Desk.CallAsync(hub, $"/v1/cases/{id}/{step}", body, Guid.NewGuid().ToString("N"));
        Assert.True(status == 200, detail);
        await hub.Engine.RunDueAsync(Stop);
    }

    private static AgencyId Parse(string id) => AgencyId.TryParse(id, out var agency, out var problem) ? agency : throw new InvalidDataException(problem);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"330-[0-9A-Z/~\-]+|\d+|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b")]
    private static partial Regex Changing();
}
