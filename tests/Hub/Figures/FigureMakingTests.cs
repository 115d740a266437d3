using System.Globalization;
using CsvHelper;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Figures;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Hub.Tests.Returns;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Figures;

/// <summary>Figures are counted from a kept return, each request, assessment and plan once, and written in the columns of the published statistics.</summary>
public sealed class FigureMakingTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2027, 2, 1, 10, 30, 0, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("figures-").FullName;
    private readonly OwnCases cases = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FolderDocuments Documents => new(folder, new KeepingRules(), TimeProvider.System);

    private static Rules Rules => Cases.Rules;

    [Fact]
    public async Task A_plan_made_here_and_a_refusal_are_counted_once_each_with_what_the_return_tells_of_them()
    {
        await cases.KeepAsync(Disputed.Issued(), "issued");
        await cases.KeepAsync(Disputed.Refused(), "refused");

        var figures = await MakeAsync();

        Assert.Equal((2026, 1, 1, "manager-1"), (figures.Year, figures.Number, figures.Return, figures.By));
        Assert.Equal(
            (2, 1, 1, 2), (figures.Of(Measures.Requests), figures.Of("requestsToAssess"), figures.Of("requestsNotToAssess"), figures.Of("requestsInTime")));
        Assert.Equal((1, 1, 1, 1), (figures.Of(Measures.NewPlans), figures.Of(Measures.InTime), figures.Of(Measures.NoException), figures.Of(Measures.Plans)));
        Assert.Equal((1, 0), (figures.Of("plansAgreed"), figures.Of("noPlan")));
        Assert.Equal(1, figures.Of(Measures.Plans, (Dimensions.Need, Dimensions.Unknown)));
        Assert.Equal(figures.Number + 1, (await MakeAsync()).Number);
    }

    [Theory]
    [InlineData("Y", null, 1)]
    [InlineData("N", null, 1)]
    [InlineData("H", null, 1)]
    [InlineData("H", "331", 0)]
    public void A_plan_that_followed_a_refusal_is_a_new_plan_and_one_that_was_transferred_is_not(string outcome, string? transferredBy, int counted)
    {
        var items = new Dictionary<string, string>
        {
            ["Requests 1/ReceivedDate"] = "2025-06-02",
            ["Requests 1/RequestOutcome"] = "H",
            ["Requests 1/Assessment 1/AssessmentOutcome"] = outcome,
            ["Requests 1/Assessment 1/NamedPlan 1/StartDate"] = "2026-03-02",
            ["Requests 1/ActivePlans 1/SENneed 1/SENtype"] = "ASD",
        };
        if (transferredBy is not null)
        {
            items["Requests 1/ActivePlans 1/TransferLA"] = transferredBy;
        }

        var reading = new UnitReading(ReturnPeriod.Of(2027, Sen2Layout.Newest), Sen2Layout.Newest, Rules, null);

        Assert.Equal(counted, reading.Of(new StoredPerson(["one"], items)).Count(unit => unit.Population == Measures.NewPlans));
    }

    [Theory]
    [InlineData(null, "elsewhere")]
    [InlineData("2027-01-20", "earlyYears")]
    [InlineData("2027-01-21", "elsewhere")]
    public void A_plan_is_counted_at_the_place_that_was_entered_last_and_not_left_by_the_day_of_the_census(string? left, string place)
    {
        // Nobody recorded that the first place was left.
        var items = new Dictionary<string, string>
        {
            ["Requests 1/ReceivedDate"] = "2023-06-02",
            ["Requests 1/ActivePlans 1/PlacementDetail 1/SENSetting"] = "EYP",
            ["Requests 1/ActivePlans 1/PlacementDetail 1/PlacementRank"] = "1",
            ["Requests 1/ActivePlans 1/PlacementDetail 1/EntryDate"] = "2023-09-04",
            ["Requests 1/ActivePlans 1/PlacementDetail 2/SENSetting"] = "EHE",
            ["Requests 1/ActivePlans 1/PlacementDetail 2/PlacementRank"] = "1",
            ["Requests 1/ActivePlans 1/PlacementDetail 2/EntryDate"] = "2026-09-01",
        };
        if (left is not null)
        {
            items["Requests 1/ActivePlans 1/PlacementDetail 2/LeavingDate"] = left;
        }

        var reading = new UnitReading(ReturnPeriod.Of(2027, Sen2Layout.Newest), Sen2Layout.Newest, Rules, null);

        var plan = Assert.Single(reading.Of(new StoredPerson(["one"], items)), unit => unit.Population == Measures.Plans);
        Assert.Equal(place, plan.Values[Dimensions.Place]);
    }

    [Fact]
    public void The_counts_of_a_generated_return_are_those_of_its_items_and_every_breakdown_adds_up()
    {
        var file = new Sen2Generator(7).Make(600).File;
        var period = ReturnPeriod.Of(2026, file.Layout);
        var reading = new UnitReading(period, file.Layout, Rules, null);
        var units = file.Persons.SelectMany(person => reading.Of(new StoredPerson(["one"], StoredPerson.ItemsOf(person)))).ToList();
        var figures = PublishedCounts.Set(units);

        var requests = file.Persons.SelectMany(person => person.All("Requests")).ToList();
        Assert.Equal(requests.Count(request => Day(request, "ReceivedDate") is { Year: 2025 }), figures.Of(Measures.Requests));
        Assert.Equal(requests.Count(request => request.All("ActivePlans").Any() && Day(request, "ReceivedDate") is not null), figures.Of(Measures.Plans));
        Assert.Equal(
            requests.Count(request => Day(request, "ReceivedDate") is not null && request.All("Assessment").Any(one => one.Values.GetValueOrDefault("AssessmentOutcome") == "Y"
                && one.All("NamedPlan").Take(1).Any(plan => Day(plan, "StartDate") is { Year: 2025 }))),
            figures.Of(Measures.NewPlans));
        Assert.True(figures.Of(Measures.NewPlans) > 20);
        foreach (var (population, by) in FigureLayout.Newest.Tables.SelectMany(table => table.Topics.Select(topic => (table.Population, topic.By))).Distinct())
        {
            Assert.All(Measures.Of(population), measure => Assert.Equal(figures.Of(measure), FigureLayout.Newest.ValuesOf(by).Sum(value => figures.Of(measure, (by, value)))));
        }

        Assert.Equal(figures.Of(Measures.NewPlans), Measures.Spans.Sum(span => figures.Of(span)));
    }

    [Fact]
    public async Task The_files_have_the_published_columns_and_suppress_small_counts_only_where_it_is_set()
    {
        await cases.KeepAsync(Disputed.Issued());
        var figures = await MakeAsync();

        var open = Files(figures, new FiguresOptions());
        Assert.Equal(["annual_reviews", "assessments", "caseload", "requests", "sen_need_newplans", "sen_needs_all_plans", "timeliness_20_week"], open.Keys.Order(StringComparer.Ordinal));
        var time = open["timeliness_20_week"];
        Assert.Equal(
            [
                "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code", "region_name", "new_la_code", "old_la_code", "la_name", "breakdown_topic", "breakdown",
                "plans_issued_den", "plans_issued_den_ex", "plans_issued_within_20_weeks", "plans_issued_20_weeks_ex", "plans_issued_gt20weeks_ltyear", "plans_issued_gt20weeks_ltyear_ex",
                "plans_issued_gt_1_year", "plans_issued_gt_1_year_ex", "pc_plans_issued_within_20_weeks", "pc_plans_issued_20_weeks_ex", "pc_plans_issued_gt20weeks_ltyear",
                "pc_plans_issued_gt20weeks_ltyear_ex", "pc_plans_issued_gt_1_year", "pc_plans_issued_gt_1_year_ex", "avg_weeks_issue_plan", "avg_weeks_issue_plan_exc",
            ],
            time[0]);
        Assert.Equal(["2026", "Calendar year", "Local authority", "E92000001", "England", "", "", "", "330"], time[1][..9]);
        Assert.Equal(["All EHC plans", "All EHC plans", "1", "1", "1", "1", "0", "0", "0", "0", "100.0"], time[1][10..21]);
        Assert.Contains("review_meeting_26", open["annual_reviews"][0]);
        Assert.Equal("202627", open["caseload"][1][0]);
        Assert.Contains(time, row => row[10] == "Age at time of request" && row[11] == "age 2 and under");

        var suppressed = Files(figures, new FiguresOptions { SuppressSmallCounts = true });
        Assert.All(suppressed["timeliness_20_week"].Skip(1), row => Assert.All(row[12..], cell => Assert.Equal("c", cell)));
        Assert.Equal(open["requests"].Count, suppressed["requests"].Count);
    }

    [Fact]
    public void Each_column_has_a_source_and_the_page_of_the_manual_names_each_table_and_whatever_is_not_verified()
    {
        var layout = FigureLayout.Newest;
        var manual = File.ReadAllText(Path.Combine(Root(), "docs", "figures.md"));

        Assert.All(layout.Tables.SelectMany(table => table.Columns), column => Assert.Contains(column.Source, layout.Sources.Keys));
        Assert.All(layout.Tables, table => Assert.Contains($"`{table.Name}.csv`", manual, StringComparison.Ordinal));
        Assert.All(
            layout.Tables.Where(table => table.Columns.Any(column => column.Verified)).SelectMany(table => table.Columns).Where(column => !column.Verified && column.Count is not null),
            column => Assert.Contains($"`{column.Name}`", manual, StringComparison.Ordinal));
        Assert.All(layout.Sources.Values, source => Assert.Contains(source, manual, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static DateOnly? Day(Sen2Item item, string name) => DateOnly.TryParseExact(item.Values.GetValueOrDefault(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IntegrationHub.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static Dictionary<string, List<string[]>> Files(FigureSet figures, FiguresOptions options)
    {
        var files = new Dictionary<string, MemoryStream>(StringComparer.Ordinal);
        FigureFiles.Write(figures, Rules.Council, options, name => files[name] = new MemoryStream());
        return files.ToDictionary(file => file.Key.Split('.')[0], file => Read(file.Value.ToArray()), StringComparer.Ordinal);
    }

    private static List<string[]> Read(byte[] bytes)
    {
        using var csv = new CsvReader(new StreamReader(new MemoryStream(bytes)), CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add(csv.Parser.Record!);
        }

        return rows;
    }

    private async Task<FigureSet> MakeAsync()
    {
        var returns = new ReturnStore(Documents);
        var kept = (await returns.ListAsync(Cases.Council, OwnCases.Year, Stop)).FirstOrDefault()
            ?? await returns.BuildAsync(cases.Store, Sen2Layout.Newest, Cases.Council, OwnCases.Year, "manager-1", Now, Stop);
        return await new FigureStore(Documents).MakeAsync(returns, kept, Rules, null, "manager-1", Now, Stop);
    }
}
