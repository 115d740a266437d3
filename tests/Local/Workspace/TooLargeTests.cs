using System.Net;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>A form that is larger than the hub takes is answered by a page that says so, wherever a form brings files.</summary>
public sealed class TooLargeTests
{
    [Theory]
    [InlineData("plan/word")]
    [InlineData("steps/record-document")]
    public async Task What_is_too_large_is_answered_by_a_page_that_says_how_much_is_taken(string address)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var id = await Desk.SeedAsync(hub, "large");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/workspace/cases/{id}/{address}") { Content = new Announced() };
        request.Headers.ExpectContinue = true;

        using var answer = await desk.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("Nothing was sent or kept. The largest file that you can send is", (await Desk.ReadAsync(answer)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Announces 10 GB and sends none of it: the hub refuses by the length, before anything is sent.</summary>
    private sealed class Announced : HttpContent
    {
        internal Announced() => Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = 10L * 1024 * 1024 * 1024;
            return true;
        }
    }
}
