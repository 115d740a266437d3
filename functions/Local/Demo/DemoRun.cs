using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Orchestrations.Assessments;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// The demonstration: the hub runs on a free port and a virtual clock; an officer, the family and the agencies use it as real users would,
/// each with their own token. The 20 weeks are shown day by day. Later the plan is reviewed and amended, is amended again to name the place
/// for the next phase, and moves to the hub of another council.
/// </summary>
/// <param name="directory">The directory that was created for this demonstration.</param>
/// <param name="pushTo">FHIR endpoint of a body that runs elsewhere; null to run it here.</param>
/// <param name="watch">The observer that receives what was sent and is called after each day, or null if nobody is watching.</param>
internal sealed class DemoRun(string directory, Uri? pushTo, DemoWatch? watch)
{
    private const int WidthOfAFile = 400;
    private static readonly (Agency Agency, (AdviceKind Kind, string Advice, int AfterDays)[] Story)[] OnTheBus =
    [
        (Cast.School, [(AdviceKind.Educational, "school", 28), (AdviceKind.PreparationForAdulthood, "adulthood", 33)]),
        (Cast.SocialCare, [(AdviceKind.SocialCare, "social-care", 25)]),
        (Cast.Psychology, [(AdviceKind.Psychological, "psychologist", 38)]),
    ];

    private readonly VirtualClock clock = new(DemoHub.At(Cast.Start));
    private readonly DemoVisitors? visitors = watch?.Visitors;
    private readonly LimitTable limits = new();
    private readonly IAnsiConsole told = Teller();

    private IReadOnlyDictionary<AgencyId, string> Contributors => visitors?.Contributors ?? new Dictionary<AgencyId, string>();

    /// <summary>Runs the demonstration.</summary>
    /// <param name="data">The directory in which a subdirectory is created for the demonstration.</param>
    /// <param name="pushTo">FHIR endpoint of a body that runs elsewhere; null to run it here.</param>
    /// <param name="json">Whether the result is printed as JSON.</param>
    /// <param name="cancellationToken">Ends the demonstration.</param>
    /// <param name="watch">The observer that receives what was sent and is called after each day of the assessment, or null if nobody is
    /// watching.</param>
    /// <param name="toFinalPlan">Whether to run only the assessment, until the final plan is sent.</param>
    /// <returns>Whether the whole demonstration was carried out; if it was not, standard error gives the reason.</returns>
    internal static async Task<bool> RunAsync(DirectoryInfo data, Uri? pushTo, bool json, CancellationToken cancellationToken, DemoWatch? watch = null, bool toFinalPlan = false)
    {
        try
        {
            return await new DemoRun(FreshDirectory(data), pushTo, watch).RunAsync(toFinalPlan, json, cancellationToken);
        }
        catch (HubRefusedException refused)
        {
            Console.Error.WriteLine($"The demonstration stopped: {refused.Message}");
            return false;
        }
    }

    private async Task<bool> RunAsync(bool toFinalPlan, bool json, CancellationToken cancellationToken)
    {
        WriteContacts();
        await using var nhs = await NhsBodies.StartAsync(pushTo, cancellationToken);
        IReadOnlyList<AgencyEntry> agencies =
        [
            .. nhs.Agencies,
            .. OnTheBus.Select(one => new AgencyEntry { Id = one.Agency.Id, Reach = Contributors.ContainsKey(one.Agency.Id) ? Reach.Web : Reach.Bus }),
        ];
        var (assessment, issued) = (default(AssessmentId), false);
        await using (var hub = await DemoHub.StartAsync(directory, clock, Cast.Council, agencies, bus: true, watch, cancellationToken))
        {
            var officer = hub.Officer("officer-farrow", Cast.CouncilCode);
            (assessment, issued) = await AssessAsync(hub, nhs, officer, cancellationToken);
            if (issued && !toFinalPlan)
            {
                await LiveAsync(hub, officer, assessment, cancellationToken);
            }
        }

        var moved = issued && !toFinalPlan ? await MoveAsync(agencies, assessment, cancellationToken) : null;
        Write(assessment, moved, json);
        if (!issued)
        {
            Console.Error.WriteLine("The final plan was not sent by the end of the demonstration.");
        }

        return issued && moved is not { Plan.Different.Count: > 0 };
    }

    /// <summary>The assessment, from the request to the final plan.</summary>
    private async Task<(AssessmentId Assessment, bool Issued)> AssessAsync(DemoHub hub, NhsBodies nhs, HubClient officer, CancellationToken cancellationToken)
    {
        var quiet = new BusIdleWait(hub.App.Services.GetRequiredService<BusServer>());
        var caseOfficer = new Officer(officer);
        var assessment = visitors is null ? await caseOfficer.OpenAsync(cancellationToken) : await caseOfficer.TakeOnAsync(await visitors.AskAsync(hub.App), cancellationToken);
        told.MarkupLine($"[bold]Assessment {assessment}[/], request received {Cast.Start.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. All the people in it are invented.");

        List<BusAgency> onBus = [];
        try
        {
            var story = new DemoNarrator(officer, assessment, told);
            foreach (var (agency, part) in OnTheBus.Where(one => !Contributors.ContainsKey(one.Agency.Id)))
            {
                onBus.Add(await BusAgency.ConnectAsync(
                    agency, hub.App.Services.GetRequiredService<BusKeyFile>().Of(agency.Id), hub.App.Services.GetRequiredService<BusServer>().Port, quiet, part));
            }

            IDemoPartner[] partners =
            [
                caseOfficer,
                .. onBus,
                .. visitors?.Partners ?? [],
                visitors is null ? new FakeFamily(hub.Family(assessment)) : caseOfficer.ForTheFamily(),
                .. nhs.Partners(hub.App),
                new Answerer(hub.Of(Cast.College), Answerer.College),
            ];
            for (var day = 0; day <= DemoNarrator.LastDay && !story.Ended; day++)
            {
                var today = Cast.Start.AddDays(day);
                await hub.AdvanceToAsync(today, cancellationToken);
                foreach (var partner in partners)
                {
                    await partner.WorkDayAsync(assessment, today, cancellationToken);
                    await hub.Engine.RunDueAsync(cancellationToken);
                }

                await story.TellAsync(day, cancellationToken);
                if (watch is not null)
                {
                    await watch.AfterDay(hub.App, clock);
                }
            }

            limits.Record("Assessment", await officer.GetAsync($"/v1/cases/{assessment}", cancellationToken));
            return (assessment, story.Ended);
        }
        finally
        {
            foreach (var agency in onBus)
            {
                await agency.DisposeAsync();
            }
        }
    }

    /// <summary>The plan's first two years, and the day on which the council learns that the family moves.</summary>
    private async Task LiveAsync(DemoHub hub, HubClient officer, AssessmentId assessment, CancellationToken cancellationToken)
    {
        var story = new DemoNarrator(officer, assessment, told);
        await story.CatchUpAsync(cancellationToken);
        var life = new PlanLife(officer, hub.Family(assessment), hub.Of, assessment);
        var move = (PlanMoves.Known, PlanMoves.Part, (Func<DateOnly, CancellationToken, Task>)((today, cancellationToken) => officer.SendAsync(assessment, new MoveToAnotherCouncil(Cast.SecondCouncil.Code, PlanMoves.On, today), cancellationToken)));
        var part = "";
        foreach (var (on, of, act) in life.Days.Append(move))
        {
            if (part != of)
            {
                story.Head(part = of);
            }

            await hub.AdvanceToAsync(on, cancellationToken);
            await act(on, cancellationToken);
            await hub.Engine.RunDueAsync(cancellationToken);
            await story.TellOnAsync(cancellationToken);
            limits.Record(part, await officer.GetAsync($"/v1/cases/{assessment}", cancellationToken));
        }

        await hub.AdvanceToAsync(PlanMoves.On, cancellationToken);
        await story.TellOnAsync(cancellationToken);
    }

    /// <summary>Moves the package from the first council's hub, which is stopped for this, to the second council's hub.</summary>
    private async Task<MovedCase> MoveAsync(IReadOnlyList<AgencyEntry> agencies, AssessmentId assessment, CancellationToken cancellationToken)
    {
        var moves = new PlanMoves(directory, assessment, clock);
        var taken = await moves.HandOverAsync(cancellationToken);
        await using (var first = await DemoHub.StartAsync(directory, clock, Cast.Council, agencies, bus: true, watch, cancellationToken))
        {
            var officer = first.Officer("officer-farrow", Cast.CouncilCode);
            var story = new DemoNarrator(officer, assessment, told);
            await story.CatchUpAsync(cancellationToken);
            await officer.SendAsync(assessment, PlanMoves.HandedOn, cancellationToken);
            await first.Engine.RunDueAsync(cancellationToken);
            await story.TellOnAsync(cancellationToken);
            limits.Record(PlanMoves.Part, await officer.GetAsync($"/v1/cases/{assessment}", cancellationToken));
        }

        await using var second = await DemoHub.StartAsync(moves.Second, clock, Cast.SecondCouncil, [], bus: false, watch, cancellationToken);
        {
            var officer = second.Officer("officer-osei", Cast.SecondCouncil.Code);
            var story = new DemoNarrator(officer, taken, told);
            story.Head($"Case {taken} of {Cast.SecondCouncil.Name}");
            await second.AdvanceToAsync(PlanMoves.Told, cancellationToken);
            await PlanMoves.TakeOnAsync(officer, taken, cancellationToken);
            await second.Engine.RunDueAsync(cancellationToken);
            await story.TellOnAsync(cancellationToken);
            var shown = await officer.GetAsync($"/v1/cases/{taken}", cancellationToken);
            return new MovedCase(taken, moves.Second, moves.Package, shown, await moves.CompareAsync(taken, cancellationToken));
        }
    }

    private void Write(AssessmentId assessment, MovedCase? moved, bool json)
    {
        var kept = Directory.GetFiles(Path.Combine(directory, "documents"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f).StartsWith('v')).Order(StringComparer.Ordinal).ToList();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { assessment = assessment.Value, status = limits.Status, limits = limits.All, plan = kept, second = moved?.ToJson() }));
        }
        else
        {
            limits.Write();
            moved?.Write();
            kept.ForEach(file => Console.WriteLine($"Plan: {file}"));
            moved?.WritePaths();
        }

        Console.Error.WriteLine($"To see the reminders that were sent about late advice, run serve --development --data \"{directory}\" and open {DemoHub.ServedAt}/monitor/cases/{assessment}");
    }

    /// <summary>Writes the addresses of the people to whom the council sends notices. Every address is invented.</summary>
    private void WriteContacts() => File.WriteAllText(
        Path.Combine(directory, NoticesSetup.DirectoryFile),
        JsonSerializer.Serialize(((Agency[])[Cast.Icb, Cast.School, Cast.SocialCare, .. Cast.Consulted]).Select(a => new { of = a.Id.Value, role = AssessmentNotices.ForNotices, mail = "notices@example.org" })
            .Concat(Contributors.Select(c => new { of = c.Key.Value, role = NoticeDirectory.Contributor, mail = c.Value }))));

    private static IAnsiConsole Teller()
    {
        var told = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            // Standard error is a file, so no lines are wrapped and each event is on one line.
            told.Profile.Width = WidthOfAFile;
        }

        return told;
    }

    /// <summary>Creates a separate directory for each demonstration, so that no earlier demonstration is overwritten.</summary>
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
