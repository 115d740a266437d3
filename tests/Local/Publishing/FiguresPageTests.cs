using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using IntegrationHub.Functions.Figures;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Publishing;

/// <summary>The page of figures: closed unless the council opens it, always suppressed, and read from the store once for all visitors.</summary>
public sealed class FiguresPageTests
{
    private const string Address = "/figures/330";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_sees_it_unless_the_council_has_switched_it_on_and_then_everybody_without_signing_in()
    {
        await using var closed = await MonitoredHub.StartAsync();
        using var nobody = Desk.SignedOut(closed);
        using var hidden = await nobody.GetAsync(Address);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);

        await using var hub = await OpenAsync();
        using var visitor = Desk.SignedOut(hub);
        using var shown = await visitor.GetAsync(Address);
        Assert.Equal((HttpStatusCode.OK, true, TimeSpan.FromMinutes(5)), (shown.StatusCode, shown.Headers.CacheControl!.Public, shown.Headers.CacheControl.MaxAge));
        Assert.Contains("has not published figures here yet", await shown.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        foreach (var other in new[] { "/figures/331", "/figures/999", "/figures/x" })
        {
            using var absent = await visitor.GetAsync(other);
            Assert.Equal((other, HttpStatusCode.NotFound), (other, absent.StatusCode));
        }
    }

    [Fact]
    public async Task A_manager_makes_figures_of_a_kept_return_takes_them_as_open_data_and_the_page_waits_until_the_year_is_over()
    {
        await using var hub = await OpenAsync();
        using var manager = await Desk.OfAsync(hub, "manager-1", OfficerRole.TeamManager);
        await ReturnPageTests.BuildAsync(manager);

        using var made = await manager.SendAsync(await manager.OpenAsync("/workspace/sen2"), "form[action$=figures]");
        Assert.Equal("/workspace/sen2?year=2027&done=figures", made.Headers.Location!.OriginalString);
        Assert.Equal("/workspace/sen2/2027/figures.zip", (await manager.OpenAsync("/workspace/sen2")).QuerySelector("a[href$='figures.zip']")!.GetAttribute("href"));
        using var zip = await manager.GetAsync("/workspace/sen2/2027/figures.zip");
        Assert.Equal(("application/zip", "figures-2026.zip"), (zip.Content.Headers.ContentType!.MediaType, zip.Content.Headers.ContentDisposition!.FileName));
        using var forged = await manager.PostAsync("/workspace/sen2/2027/1/figures", new Dictionary<string, string>());
        Assert.Equal("/workspace/sen2?year=2027", forged.Headers.Location!.OriginalString);
        Assert.Equal(1, (await hub.Services.GetRequiredService<FigureStore>().FindAsync(hub.Late.Council, 2026, Stop))!.Number);

        using var visitor = Desk.SignedOut(hub);
        var html = await ReadAsync(visitor);
        Assert.Contains("has not published figures here yet", html, StringComparison.Ordinal);
        Assert.All(MonitoredHub.OfTheChild, word => Assert.DoesNotContain(word, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_plot_has_its_table_and_no_small_number_is_on_the_page()
    {
        await using var hub = await OpenAsync();
        await PlantAsync(hub, 2023, 2024, 2025, 2026);
        using var visitor = Desk.SignedOut(hub);
        var page = await new HtmlParser().ParseDocumentAsync(await ReadAsync(visitor), Stop);

        var sections = page.QuerySelectorAll(".figures").ToList();
        Assert.Equal(6, sections.Count);
        Assert.All(sections, section => Assert.Equal((1, 1), (section.QuerySelectorAll("svg[role=img][aria-label]").Length, section.QuerySelectorAll("table").Length)));
        Assert.Empty(page.QuerySelectorAll("script, [style]"));
        Assert.Equal(["2023", "2024", "2025"], sections[0].QuerySelectorAll("thead th.number").Select(cell => cell.TextContent));
        Assert.Equal("300 (75.0 %)", sections[0].QuerySelector("tbody tr td.number")!.TextContent);
        Assert.DoesNotContain(page.QuerySelectorAll("td"), cell => cell.TextContent.Split(' ')[0] is "1" or "2" or "3" or "4");
        Assert.Contains(sections[2].QuerySelectorAll("tr").First(row => row.TextContent.Contains("Multi-sensory", StringComparison.Ordinal)).QuerySelectorAll("td"), cell => cell.TextContent == "c");
    }

    [Fact]
    public async Task Where_the_last_year_has_no_plan_there_is_a_table_without_a_plot()
    {
        await using var hub = await OpenAsync();
        await KeepAsync(hub, 2025, []);
        using var visitor = Desk.SignedOut(hub);
        var page = await new HtmlParser().ParseDocumentAsync(await ReadAsync(visitor), Stop);

        var needs = page.QuerySelector("#need")!.ParentElement!;
        Assert.Null(needs.QuerySelector("figure"));
        Assert.Equal("0", needs.QuerySelectorAll("td.number")[^1].TextContent);
        Assert.Contains("a number from 1 to 4 is never shown", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_visitors_there_are_the_store_is_read_once_in_some_minutes_and_cases_never()
    {
        var documents = new CountedDocuments();
        await using var hub = await MonitoredHub.StartAsync(builder =>
        {
            builder.Services.AddSingleton(new FiguresOptions { Public = "330" });
            builder.Services.AddSingleton(services => new FigureStore(documents.Around(services.GetRequiredService<IDocumentStore>())));
        });
        await PlantAsync(hub, 2025);
        using var visitor = Desk.SignedOut(hub);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => ReadAsync(visitor)));
        Assert.Equal((1, 1), (documents.Lists, documents.Reads));

        hub.Time.Advance(TimeSpan.FromMinutes(6));
        await ReadAsync(visitor);
        Assert.Equal((2, 2), (documents.Lists, documents.Reads));
    }

    [Fact]
    public async Task While_the_store_cannot_be_reached_the_last_figures_are_shown_and_before_any_it_is_said()
    {
        var documents = new CountedDocuments { IsDown = true };
        await using var hub = await MonitoredHub.StartAsync(builder =>
        {
            builder.Services.AddSingleton(new FiguresOptions { Public = "330" });
            builder.Services.AddSingleton(services => new FigureStore(documents.Around(services.GetRequiredService<IDocumentStore>())));
        });
        await PlantAsync(hub, 2025);
        using var visitor = Desk.SignedOut(hub);
        using var unread = await visitor.GetAsync(Address);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (unread.StatusCode, unread.Headers.CacheControl!.NoStore));
        Assert.Contains("cannot be shown at the moment", await unread.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var soon = await visitor.GetAsync(Address);
        Assert.Equal(1, documents.Lists);

        documents.IsDown = false;
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("2,600", await ReadAsync(visitor), StringComparison.Ordinal);
        documents.IsDown = true;
        hub.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Contains("2,600", await ReadAsync(visitor), StringComparison.Ordinal);
        Assert.Equal(3, documents.Lists);
    }

    /// <summary>Pictures go to SCREENSHOTS where that is set; the page is looked at in tests/peers/figures.mjs without script, at two widths and in print.</summary>
    [Fact]
    public async Task It_fits_both_widths_and_paper_and_axe_finds_nothing()
    {
        await using var hub = await OpenAsync();
        await PlantAsync(hub, 2024, 2025);

        var said = await PeerBrowser.RunAsync("figures.mjs", new Dictionary<string, string> { ["HUB"] = hub.Address.ToString().TrimEnd('/') }, _ => Task.FromResult<string?>(null));

        Assert.Contains("page 1280 0", said);
        Assert.Contains("page 390 0", said);
        Assert.Contains("printed", said);
    }

    private static Task<MonitoredHub> OpenAsync() => MonitoredHub.StartAsync(builder => builder.Services.AddSingleton(new FiguresOptions { Public = "330" }));

    private static async Task<string> ReadAsync(Desk visitor)
    {
        using var answer = await visitor.GetAsync(Address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task PlantAsync(MonitoredHub hub, params IEnumerable<int> years)
    {
        foreach (var year in years)
        {
            await KeepAsync(hub, year, new(StringComparer.Ordinal)
            {
                ["newPlans"] = 400,
                ["newPlansInTime"] = 300 - ((year - 2023) * 40),
                ["newPlansLate"] = 98 + ((year - 2023) * 40),
                ["newPlansOverYear"] = 2,
                ["newPlansWithoutException"] = 350,
                ["newPlansInTimeWithoutException"] = 290 - ((year - 2023) * 40),
                ["newPlansLateWithoutException"] = 59 + ((year - 2023) * 40),
                ["newPlansOverYearWithoutException"] = 1,
                ["plans"] = 2600,
                ["plans|need=ASD"] = 900,
                ["plans|need=SEMH"] = 600,
                ["plans|need=SLCN"] = 700,
                ["plans|need=MLD"] = 290,
                ["plans|need=SPLD"] = 97,
                ["plans|need=HI"] = 10,
                ["plans|need=MSI"] = 3,
                ["plans|place=mainstream"] = 1300,
                ["plans|place=special"] = 900,
                ["plans|place=furtherEducation"] = 250,
                ["plans|place=elsewhere"] = 100,
                ["plans|place=alternative"] = 30,
                ["plans|place=unknown"] = 20,
                ["reviewExpected"] = 2200,
                ["reviewNotExpected"] = 400,
                ["reviewHeld"] = 1900,
                ["reviewNone"] = 300,
                ["reviewInYear"] = 1500 + ((year - 2023) * 100),
                ["reviewAfterYear"] = 50,
                ["reviewBeforeYear"] = 350 - ((year - 2023) * 100),
                ["reviewDecidedInTime"] = 800,
                ["reviewDecidedLate"] = 700,
            });
        }
    }

    private static async Task KeepAsync(MonitoredHub hub, int year, Dictionary<string, long> counts)
    {
        var figures = new FigureSet(year, 1, DateTimeOffset.UnixEpoch, "manager-1", 1, "0", true, counts);
        await hub.Services.GetRequiredService<IDocumentStore>().PutOnceAsync($"330/figures/{year}/0001.json", JsonSerializer.SerializeToUtf8Bytes(figures, JsonSerializerOptions.Web), "application/json", Stop);
    }
}
