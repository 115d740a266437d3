using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// The demonstration: the hub runs on a free port and a virtual clock; an officer, the family and the agencies use it as anyone would,
/// each with its own token. The 20 weeks are shown day by day.
/// </summary>
internal static class DemoRun
{
    private const int WidthOfAFile = 400;
    private const string ServedAt = "http://localhost:7071";
    private static readonly (Agency Agency, (AdviceKind Kind, string Advice, int AfterDays)[] Story)[] OnTheBus =
    [
        (Cast.School, [(AdviceKind.Educational, "school", 28), (AdviceKind.PreparationForAdulthood, "adulthood", 33)]),
        (Cast.SocialCare, [(AdviceKind.SocialCare, "social-care", 25)]),
        (Cast.Psychology, [(AdviceKind.Psychological, "psychologist", 38)]),
    ];

    private static readonly TimeSpan StartOfWork = TimeSpan.FromHours(9);

    /// <param name="data">The directory in which the demonstration makes one of its own.</param>
    /// <param name="pushTo">FHIR endpoint of a body that runs elsewhere; null to run it here.</param>
    /// <param name="json">The result as JSON.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="watch">Sees what was sent, after each day; null where nobody is watching.</param>
    /// <returns>Whether the final plan was sent; standard error says why not.</returns>
    internal static async Task<bool> RunAsync(DirectoryInfo data, Uri? pushTo, bool json, CancellationToken cancellation, DemoWatch? watch = null)
    {
        var clock = new VirtualClock(At(Cast.Start));
        var directory = FreshDirectory(data);
        var visitors = watch?.Visitors;
        var contributors = visitors?.Contributors ?? new Dictionary<AgencyId, string>();
        WriteContacts(directory, contributors);
        await using var nhs = await NhsBodies.StartAsync(pushTo, cancellation);
        await using var hub = LocalHub.Build(new LocalHubOptions
        {
            DataDirectory = directory,
            Url = "http://127.0.0.1:0",
            Development = true,
            Time = clock,
            EngineRuns = false,
            RequestsPerMinute = 0,
            CallsLoopback = true,
            Councils = [Cast.Council],
            Agencies =
            [
                .. nhs.Agencies,
                .. OnTheBus.Select(one => new AgencyEntry { Id = one.Agency.Id, Reach = contributors.ContainsKey(one.Agency.Id) ? Reach.Web : Reach.Bus }),
            ],
            Bus = new EmbeddedBusOptions { Enabled = true, Port = 0 },
            Add = builder =>
            {
                builder.Services.AddSingleton<INoticeChannel>(new DemonstrationPost(watch is null ? null : watch.Sent));

                // Links open after the demonstration, once its directory is served.
                builder.Services.AddSingleton(new NoticeSettings { BaseAddress = ServedAt });
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
            },
        });
        await hub.StartAsync(cancellation);
        var engine = hub.Services.GetRequiredService<EmbeddedEngine>();
        var tokens = hub.Services.GetRequiredService<TokenIssuer>();
        var quiet = new BusQuiet(hub.Services.GetRequiredService<BusServer>());
        using var http = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        var told = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            // No screen, so no lines are wrapped: one event on each line for the reader of the file.
            told.Profile.Width = WidthOfAFile;
        }

        List<BusAgency> onBus = [];
        try
        {
            var officer = Client(CallerRole.CouncilOfficer, "officer-farrow", council: Cast.CouncilCode);
            var caseOfficer = new Officer(officer);
            var assessment = visitors is null ? await caseOfficer.OpenAsync(cancellation) : await caseOfficer.TakeOnAsync(await visitors.AskAsync(hub), cancellation);
            told.MarkupLine($"[bold]Assessment {assessment}[/], request received {Cast.Start.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. Everybody in it is invented.");

            var story = new StoryTeller(officer, assessment, told);
            foreach (var (agency, part) in OnTheBus.Where(one => !contributors.ContainsKey(one.Agency.Id)))
            {
                onBus.Add(await OnBusAsync(agency, part));
            }

            IDemoPartner[] partners = [caseOfficer, .. onBus, .. visitors?.Partners ?? [], .. Partners(caseOfficer, assessment)];
            for (var day = 0; day <= StoryTeller.LastDay && !story.Ended; day++)
            {
                var today = Cast.Start.AddDays(day);
                await engine.AdvanceToAsync(At(today), clock.MoveTo, cancellation);
                foreach (var partner in partners)
                {
                    await partner.WorkDayAsync(assessment, today, cancellation);
                    await engine.RunDueAsync(cancellation);
                }

                await story.TellAsync(day, cancellation);
                if (watch is not null)
                {
                    await watch.AfterDay(hub, clock);
                }
            }

            return await EndAsync(officer, assessment, directory, story.Ended, json, cancellation);
        }
        catch (HubRefusedException refused)
        {
            Console.Error.WriteLine($"The demonstration stopped: {refused.Message}");
            return false;
        }
        finally
        {
            foreach (var agency in onBus)
            {
                await agency.DisposeAsync();
            }

            await hub.StopAsync(CancellationToken.None);
        }

        IEnumerable<IDemoPartner> Partners(Officer caseOfficer, AssessmentId assessment) =>
        [
            visitors is null ? new FakeFamily(Client(CallerRole.Family, "family-doyle", assessment: assessment)) : caseOfficer.ForTheFamily(),
            .. nhs.Partners(hub),
            new Answerer(AgencyClient(Cast.College), Answerer.College),
        ];

        Task<BusAgency> OnBusAsync(Agency agency, (AdviceKind Kind, string Advice, int AfterDays)[] story) =>
            BusAgency.ConnectAsync(agency, hub.Services.GetRequiredService<BusKeyFile>().Of(agency.Id), hub.Services.GetRequiredService<BusServer>().Port, quiet, story);

        HubClient AgencyClient(Agency agency) => Client(CallerRole.Agency, $"system-{agency.Id.Code}", agency: agency.Id);

        HubClient Client(CallerRole role, string subject, LocalAuthorityCode? council = null, AgencyId? agency = null, AssessmentId? assessment = null) =>
            new(http, tokens.Issue(new TokenRequest(role, subject, council, agency, assessment)), subject);
    }

    private static async Task<bool> EndAsync(HubClient officer, AssessmentId assessment, string directory, bool ended, bool json, CancellationToken cancellation)
    {
        var shown = await officer.GetAsync($"/v1/cases/{assessment}", cancellation);
        var kept = Directory.GetFiles(Path.Combine(directory, "documents"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f).StartsWith('v')).Order(StringComparer.Ordinal).ToList();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { assessment = assessment.Value, status = shown.GetProperty("status").GetString(), limits = shown.GetProperty("limits"), plan = kept }));
        }
        else
        {
            LimitTable.Write(shown);
            foreach (var file in kept)
            {
                Console.WriteLine($"Plan: {file}");
            }
        }

        Console.Error.WriteLine($"See how late advice was chased: serve --data \"{directory}\", then {ServedAt}/monitor/cases/{assessment}");
        if (!ended)
        {
            Console.Error.WriteLine("The final plan was not sent by the end of the demonstration.");
        }

        return ended;
    }

    /// <summary>How the council reaches the people to whom notices go. Every address is invented.</summary>
    private static void WriteContacts(string directory, IReadOnlyDictionary<AgencyId, string> contributors) => File.WriteAllText(
        Path.Combine(directory, NoticesSetup.DirectoryFile),
        JsonSerializer.Serialize(((Agency[])[Cast.Icb, Cast.School, Cast.SocialCare, Cast.College]).Select(a => new { of = a.Id.Value, role = AssessmentNotices.ForNotices, mail = "notices@example.org" })
            .Concat(contributors.Select(c => new { of = c.Key.Value, role = NoticeDirectory.Contributor, mail = c.Value }))));

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue) + StartOfWork, TimeSpan.Zero);

    /// <summary>Each demonstration has a directory of its own: nothing of an earlier one is overwritten.</summary>
    private static string FreshDirectory(DirectoryInfo data)
    {
        var all = Directory.CreateDirectory(Path.Combine(data.FullName, "demo")).FullName;
        for (var n = 1; ; n++)
        {
            var one = Path.Combine(all, n.ToString(CultureInfo.InvariantCulture));
            if (!Directory.Exists(one))
            {
                return Directory.CreateDirectory(one).FullName;
            }
        }
    }
}
