using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Local.Bus;
using IntegrationHub.Local.Bus.Access;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// The demonstration: the hub runs on a free port and a virtual clock; an officer, the family and the agencies come to it as anyone
/// would, each with its own token. 20 weeks are told day by day.
/// </summary>
internal static class DemoRun
{
    private const int Days = 140;
    private const int WidthOfAFile = 400;
    private static readonly Agency[] OnTheBus = [Cast.School, Cast.SocialCare, Cast.Psychology];
    private static readonly TimeSpan StartOfWork = TimeSpan.FromHours(9);

    internal static async Task<int> RunAsync(DirectoryInfo data, Uri? pushTo, bool json, CancellationToken cancellation)
    {
        var clock = new VirtualClock(At(Cast.Start));
        var directory = FreshDirectory(data);
        await using var nhs = await NhsBodies.StartAsync(pushTo, cancellation);
        await using var hub = LocalHub.Build(new LocalHubOptions
        {
            DataDirectory = directory,
            Url = "http://127.0.0.1:0",
            Time = clock,
            EngineRuns = false,
            RequestsPerMinute = 0,
            Councils = [Cast.Council],
            Agencies =
            [
                .. nhs.Agencies,
                .. OnTheBus.Select(agency => new AgencyEntry { Id = agency.Id, Reach = Reach.Bus }),
            ],
            Bus = new EmbeddedBusOptions { Enabled = true, Port = 0 },
            Add = builder => builder.Logging.SetMinimumLevel(LogLevel.Warning),
        });
        await hub.StartAsync(cancellation);
        var engine = hub.Services.GetRequiredService<EmbeddedEngine>();
        var tokens = hub.Services.GetRequiredService<TokenIssuer>();
        var quiet = new BusQuiet(hub.Services.GetRequiredService<EmbeddedBus>());
        using var http = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        var told = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            // No screen, no lines to break: one event a line for whoever reads the file.
            told.Profile.Width = WidthOfAFile;
        }

        try
        {
            var officer = Client(CallerRole.CouncilOfficer, "officer-farrow", council: Cast.CouncilCode);
            var caseOfficer = new Officer(officer);
            var assessment = await caseOfficer.OpenAsync(cancellation);
            told.MarkupLine($"[bold]Assessment {assessment}[/], request received {Cast.Start.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. Everybody in it is invented.");

            var story = new StoryTeller(officer, assessment, told);
            await using var school = await OnBusAsync(Cast.School, (AdviceKind.Educational, "school", 28), (AdviceKind.PreparationForAdulthood, "adulthood", 33));
            await using var socialCare = await OnBusAsync(Cast.SocialCare, (AdviceKind.SocialCare, "social-care", 25));
            await using var psychology = await OnBusAsync(Cast.Psychology, (AdviceKind.Psychological, "psychologist", 38));
            IDemoPartner[] partners = [caseOfficer, school, socialCare, psychology, .. Partners(assessment)];
            for (var day = 0; day <= Days && !story.Ended; day++)
            {
                var today = Cast.Start.AddDays(day);
                await engine.AdvanceToAsync(At(today), clock.MoveTo, cancellation);
                foreach (var partner in partners)
                {
                    await partner.WorkDayAsync(assessment, today, cancellation);
                    await engine.RunDueAsync(cancellation);
                }

                await story.TellAsync(day, cancellation);
            }

            return await EndAsync(officer, assessment, directory, story.Ended, json, cancellation);
        }
        catch (HubRefusedException refused)
        {
            Console.Error.WriteLine($"The demonstration stopped: {refused.Message}");
            return Exit.Failed;
        }
        finally
        {
            await hub.StopAsync(CancellationToken.None);
        }

        IEnumerable<IDemoPartner> Partners(AssessmentId assessment) =>
        [
            new FakeFamily(Client(CallerRole.Family, "family-doyle", assessment: assessment)),
            .. nhs.Partners(hub),
            new Answerer(AgencyClient(Cast.College), Answerer.College),
        ];

        Task<BusAgency> OnBusAsync(Agency agency, params (AdviceKind Kind, string Advice, int AfterDays)[] story) =>
            BusAgency.ConnectAsync(agency, hub.Services.GetRequiredService<BusKeyFile>().Of(agency.Id), hub.Services.GetRequiredService<EmbeddedBus>().Port, quiet, story);

        HubClient AgencyClient(Agency agency) => Client(CallerRole.Agency, $"system-{agency.Id.Code}", agency: agency.Id);

        HubClient Client(CallerRole role, string subject, LocalAuthorityCode? council = null, AgencyId? agency = null, AssessmentId? assessment = null) =>
            new(http, tokens.Issue(new TokenRequest(role, subject, council, agency, assessment)), subject);
    }

    private static async Task<int> EndAsync(HubClient officer, AssessmentId assessment, string directory, bool ended, bool json, CancellationToken cancellation)
    {
        var shown = await officer.GetAsync($"/assessments/{assessment}", cancellation);
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

        Console.Error.WriteLine($"See how late advice was chased: serve --data \"{directory}\", then http://localhost:7071/monitor/cases/{assessment}");
        if (!ended)
        {
            Console.Error.WriteLine("The final plan was not sent within the 20 weeks of the demonstration.");
        }

        return ended ? Exit.Done : Exit.Failed;
    }

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
