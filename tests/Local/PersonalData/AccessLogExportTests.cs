using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>The export has the readings of one council in one period, and the journal says who asked for it.</summary>
public sealed class AccessLogExportTests(DemoData demo) : IClassFixture<DemoData>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_readings_of_a_period_are_written_and_the_export_is_on_record()
    {
        var data = demo.Copy();
        var all = await ExportAsync(data, "330", "2026-01-01", "2026-12-31");
        var day = await ExportAsync(data, "330", "2026-01-12", "2026-01-12");
        var other = await ExportAsync(data, "331", "2026-01-01", "2026-12-31");

        Assert.Equal("at,case,by,roles,what", all[0]);
        Assert.True(all.Length > 100);
        Assert.InRange(day.Length, 2, all.Length - 1);
        Assert.All(day.Skip(1), line => Assert.Matches(@"^2026-01-12T\d\d:\d\d:\d\dZ,330-[0-9A-Z]{12},officer-farrow,council-officer,API: show-", line));
        Assert.Single(other);
        Assert.Equal(
            [(all.Length - 1, "330"), (day.Length - 1, "330"), (0, "331")],
            PersonalDataJournal.Open(data).Acts.Select(act => (act.Count!.Value, act.Council)));
    }

    [Fact]
    public async Task The_readings_of_the_tray_follow_those_of_cases()
    {
        var data = demo.Copy();
        var readings = new TrayAccessLog(new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System));
        var council = LocalAuthorityCode.TryParse("330", out var code, out _) ? code : default;
        foreach (var day in new[] { 11, 12, 13 })
        {
            await readings.RecordAsync(council, "0123456789abcdef01234567", new TrayAccess("officer-farrow", "case-officer", new DateTimeOffset(2026, 1, day, 23, 59, 59, TimeSpan.Zero), "the message"), Stop);
        }

        Assert.Equal("2026-01-12T23:59:59Z,mail 0123456789abcdef01234567,officer-farrow,case-officer,the message", (await ExportAsync(data, "330", "2026-01-12", "2026-01-12"))[^1]);
        Assert.Single(await ExportAsync(data, "331", "2026-01-12", "2026-01-12"));
    }

    private async Task<string[]> ExportAsync(string data, string council, string from, string until)
    {
        var file = demo.Beside($"{Guid.NewGuid():N}.csv");
        var exit = await AccessLogCommand.Make().Parse($"export --data {data} --council {council} --from {from} --until {until} --by dpo-1 --reason Audit --out {file}").InvokeAsync(null, Stop);
        Assert.Equal(Exit.Done, exit);
        return await File.ReadAllLinesAsync(file, Stop);
    }
}
