using System.Xml.Linq;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The plan goes out as a Word file and comes back, in headless Chromium. The script is tests/peers/word.mjs.</summary>
public sealed class WordBrowserTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_downloads_the_plan_edits_it_looks_at_each_change_and_takes_it()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var (id, other) = (await PlanEditorTests.DraftingAsync(hub, "browser"), await PlanEditorTests.DraftingAsync(hub, "other"));
        var (_, line) = await WordRoundTripTests.LineAsync(hub, id);
        using var elsewhere = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var folder = Directory.CreateTempSubdirectory("word-");
        try
        {
            await PeerBrowser.RunAsync(
                "word.mjs",
                new Dictionary<string, string> { ["HUB"] = hub.Address.ToString().TrimEnd('/'), ["CASE"] = id.Value, ["FOLDER"] = folder.FullName },
                async said =>
                {
                    if (said.Split(' ') is not [var what and ("alter" or "conflict" or "foreign"), var name])
                    {
                        return null;
                    }

                    var path = Path.Combine(folder.FullName, name);
                    await File.WriteAllBytesAsync(path, await ChangedAsync(what, path), Stop);
                    return "done";
                });
        }
        finally
        {
            folder.Delete(true);
        }

        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        Assert.Contains(state.Edits, edit => edit.NewText == "Words that Word changed.");
        Assert.Contains(state.Edits, edit => edit.Remove);
        Assert.Equal("Words of another officer.", (await WordRoundTripTests.LineAsync(hub, id)).Line.Text);
        Assert.Single(state.Documents);

        async Task<byte[]> ChangedAsync(string what, string path)
        {
            switch (what)
            {
                case "foreign":
                    return await elsewhere.Client.GetByteArrayAsync($"/workspace/cases/{other}/plan/word/file", Stop);
                case "conflict":
                    await hub.SubmitAsync(id, new EditPlan("by-another", "Clearer.", PlanEditCause.Officer, line.Id, NewText: "Words of another officer."));
                    return WordRoundTripTests.Edit(await File.ReadAllBytesAsync(path, Stop), row => WordRoundTripTests.Type(row, 1, "Words of the second file."), "Words that Word changed.");
                default:
                    var comment = $"<w:comments xmlns:w=\"{WordRoundTripTests.W}\"><w:comment w:id=\"1\" w:author=\"Dana\"><w:p><w:r><w:t>Who says so?</w:t></w:r></w:p></w:comment></w:comments>";
                    return WordRoundTripTests.Rewritten(WordRoundTripTests.Edit(await File.ReadAllBytesAsync(path, Stop), Alter, line.Text), text => text, "word/comments.xml", comment);
            }
        }
    }

    /// <summary>Changes a row, takes another out, adds one, and writes something where nothing belongs.</summary>
    private static void Alter(XElement row)
    {
        var w = WordRoundTripTests.W;
        WordRoundTripTests.Type(row, 1, "Words that Word changed.");
        row.Elements(w + "tc").ElementAt(1).Elements(w + "p").Last().Add(new XElement(w + "r", new XElement(w + "commentReference", new XAttribute(w + "id", "1"))));
        WordRoundTripTests.Type(row.ElementsAfterSelf(w + "tr").Last(), 1, "A line that is new.");
        var body = row.Ancestors(w + "body").Single();
        body.Descendants(w + "tr").First(one => one != row && one.Descendants(w + "tag").Any()).Remove();
        body.AddFirst(new XElement(w + "p", new XElement(w + "r", new XElement(w + "t", "Please look at section F."))));
    }
}
