using System.Net;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>A person at a browser whose address has no page reads a page that says so and where to go on; a program reads JSON.</summary>
public sealed class ProblemPageTests
{
    [Theory]
    [InlineData("/", null)]
    [InlineData("/workspace/nosuch", "/workspace")]
    [InlineData("/workspace/cases/330-000000000000/nosuch", "/workspace")]
    [InlineData("/workspace/sign-out", "/workspace")]
    [InlineData("/monitor/nosuch", "/monitor")]
    [InlineData("/ask/330/nosuch", "/ask")]
    [InlineData("/family/x/y/z", null)]
    [InlineData("/contribute/x", null)]
    [InlineData("/figures/999", null)]
    public async Task An_address_without_a_page_has_a_page_that_says_so(string address, string? leadsTo)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var browser = hub.Client();
        browser.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        using var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Empty(answer.Headers.WwwAuthenticate);
        var page = await Desk.ReadAsync(answer);
        Assert.Equal("Page not found", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(leadsTo, page.QuerySelector("main a")?.GetAttribute("href"));

        using var program = hub.Client();
        using var problem = await program.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_reason_that_an_operator_sends_after_the_sign_in_has_ended_can_be_copied()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var browser = hub.Client();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["about"] = "medical-1", ["once"] = "a1", ["reason"] = "The adviser\nis <away> until Monday." });
        using var answer = await browser.PostAsync($"/monitor/cases/{hub.Late}/actions/remind-now", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var page = await Desk.ReadAsync(answer);
        Assert.Equal(("You are signed out", "The adviser\nis <away> until Monday."), (page.QuerySelector("h1")!.TextContent, page.QuerySelector("#typed")!.TextContent));
        Assert.Equal("/monitor/sign-in", page.QuerySelector("main a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_interface_for_programs_answers_in_JSON_even_in_a_browser()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var browser = hub.Client();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using var answer = await browser.GetAsync("/v1/cases", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
