using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>
/// Five tasks of a new user, from the first page, with the pages and fields that each takes; docs/workspace.md has the same numbers. The script is
/// tests/peers/tasks.mjs.
/// </summary>
public sealed class NewUserTests
{
    private const string Officer = "development-case-officer";

    private static readonly (string Task, string InDocs)[] Tasks =
    [
        ("urgent", "Find the three most urgent cases"),
        ("late-advice", "Record a late advice with an exception"),
        ("return-advice", "Return an advice"),
        ("change-line", "Change a line of the plan and see what changed"),
        ("letter", "Find out why a letter was not delivered"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_task_takes_the_pages_and_fields_that_the_docs_say()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var drafted = await DraftedAsync(hub);
        var advised = hub.Planted["overdue"];
        await hub.SubmitAsync(advised, Advice with { RequestId = "medical-1" });
        await hub.SubmitAsync(hub.Young, new RecordNoticeOutcome((await hub.Store.LoadAsync(hub.Young, Stop)).State.Notices.First(one => one.SentOn is not null).Id, NoticeOutcome.Returned, new DateOnly(2026, 8, 20), "Marked gone away"));
        foreach (var id in new[] { hub.Late, hub.Young, drafted, advised, hub.Planted["missed"], hub.Planted["closing"] })
        {
            await hub.SubmitAsync(id, new AssignCaseOfficer(Officer));
        }

        var said = await PeerBrowser.RunAsync(
            "tasks.mjs",
            new Dictionary<string, string>
            {
                ["HUB"] = hub.Address.ToString().TrimEnd('/'),
                ["LATE"] = hub.Late.Value,
                ["ADVISED"] = advised.Value,
                ["DRAFTED"] = drafted.Value,
                ["RETURNED"] = hub.Young.Value,
            },
            _ => Task.FromResult<string?>(null));

        var docs = await File.ReadAllLinesAsync(Path.Combine(PeerBrowser.Root(), "docs", "workspace.md"), Stop);
        Assert.Equal(
            Tasks.Select(task => docs.Single(line => line.StartsWith($"| {task.InDocs} |", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries) is var row ? $"task {task.Task}: {row[2]} {row[3]}" : ""),
            said.Where(line => line.StartsWith("task ", StringComparison.Ordinal)));

        // The tasks were done, and not only walked through.
        Assert.Single((await hub.Store.LoadAsync(hub.Late, Stop)).State.Exceptions);
        Assert.NotEmpty((await hub.Store.LoadAsync(hub.Late, Stop)).State.Advice);
        Assert.True((await hub.Store.LoadAsync(advised, Stop)).State.Advice[0].Returned);
        Assert.Single((await hub.Store.LoadAsync(drafted, Stop)).State.Edits);
    }

    private static SubmitAdvice Advice =>
        (SubmitAdvice)InputReading.Read(StepCatalogue.Step("submit-advice")!, System.Text.Encoding.UTF8.GetBytes(InputExamples.Of("submit-advice")!.ToJsonString())).Input!;

    private static async Task<AssessmentId> DraftedAsync(MonitoredHub hub)
    {
        var id = await Desk.SeedAsync(hub, "drafted");
        foreach (var request in (await hub.Store.LoadAsync(id, Stop)).State.Requests)
        {
            await hub.SubmitAsync(id, Advice with { RequestId = request.Id });
        }

        await hub.SubmitAsync(id, new DecideWhetherToIssuePlan(true, "It is necessary."));
        return id;
    }
}
