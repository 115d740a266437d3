using System.Diagnostics;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Tests.Plans;

/// <summary>axe-core, run on the page in Chromium (npm: <c>cd tests/peers &amp;&amp; npm ci</c>; a browser named chromium or in CHROMIUM).</summary>
public sealed partial class PlanAccessibilityTests
{
    private const string Mark = "axe-found:";

    public static TheoryData<string> Plans => new("draft", "final", "young person", "long words and edits");

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Axe_finds_nothing_on_the_page(string which)
    {
        var plan = PlanAssembly.Assemble(which switch
        {
            "draft" => PlanExamples.Draft(),
            "final" => PlanExamples.Final(),
            "young person" => PlanExamples.YoungPerson(),
            _ => PlanExamples.Draft() with
            {
                Edits =
                [
                    PlanExamples.Edit("e1", "adv-school/n1", PlanEditCause.Officer) with { NewText = new string('x', 400) },
                    PlanExamples.Edit("e2", "adv-care/p2", PlanEditCause.Officer) with { Remove = true },
                ],
            },
        });

        Assert.Equal("", await FoundAsync(PlanHtml.Render(plan, PlanSummaryFacts.For(plan, RuleSet.England2014) with { Contact = new("SEND team", "020 7946 0000", "send@example.gov.uk") })));
    }

    [Fact]
    public async Task Axe_finds_what_is_wrong_on_a_page_that_is_wrong()
    {
        var plan = PlanAssembly.Assemble(PlanExamples.Draft());
        var html = PlanHtml.Render(plan, PlanSummaryFacts.For(plan, RuleSet.England2014)).Replace(" lang=\"en-GB\"", "", StringComparison.Ordinal).Replace("color:#383f43", "color:#ddd", StringComparison.Ordinal);

        var found = await FoundAsync(html);

        Assert.Contains("html-has-lang", found, StringComparison.Ordinal);
        Assert.Contains("color-contrast", found, StringComparison.Ordinal);
    }

    /// <summary>What axe-core finds on a page; empty where it finds nothing.</summary>
    internal static async Task<string> FoundAsync(string html)
    {
        var axe = Path.Combine(Root(), "tests", "peers", "node_modules", "axe-core", "axe.min.js");
        var browser = Browser();
        var missing = !File.Exists(axe) ? "axe-core is not installed: cd tests/peers && npm ci" : browser is null ? "No Chromium: install chromium or name it in CHROMIUM." : "";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);

        var folder = Directory.CreateTempSubdirectory("axe-");
        try
        {
            // The page's own policy forbids scripts; only this copy is let run one.
            var script = await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken);
            var page = Policy().Replace(html, "").Replace(
                "</body>",
                $$"""<script>{{script}}</script><script>axe.run(document).then(r => { document.title = "{{Mark}}" + r.violations.concat(r.incomplete).map(v => v.id + " " + v.nodes[0].html).join("; "); });</script></body>""",
                StringComparison.Ordinal);
            var file = Path.Combine(folder.FullName, "plan.html");
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);

            var start = new ProcessStartInfo(
                browser!,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    $"--user-data-dir={Path.Combine(folder.FullName, "profile")}", "--virtual-time-budget=60000", "--dump-dom", new Uri(file).AbsoluteUri,
                ])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var dom = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var title = Title().Match(dom);
            Assert.True(title.Success && title.Groups[1].Value.StartsWith(Mark, StringComparison.Ordinal), "axe did not finish: " + await complaints);
            return title.Groups[1].Value[Mark.Length..];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Browser() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM") }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(p => new[] { Path.Combine(p, "chromium-headless-shell"), Path.Combine(p, "chromium"), Path.Combine(p, "google-chrome") }))
            .FirstOrDefault(File.Exists);

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("<title>(.*?)</title>", RegexOptions.Singleline)]
    private static partial Regex Title();
}
