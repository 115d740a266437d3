using System.Text.RegularExpressions;
using IntegrationHub.Hub.Tests.Notices;
using IntegrationHub.Local.Tests.Monitoring;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>
/// The hub's process is killed while a school and a family write at its pages in a real browser: between saves, and just before a form is
/// sent. No word that was typed is lost. Codes and links come by e-mail through a stand-in for GOV.UK Notify: tests/peers/lost.mjs.
/// </summary>
public sealed partial class LostConnectionTests : IDisposable
{
    private const string School = "senco@millbrook.example";
    private const string Family = "asks@family.example";
    private readonly string data = Directory.CreateTempSubdirectory("hub-lost-").FullName;

    [Fact]
    public async Task No_typed_word_is_lost_when_the_hub_is_killed_between_saves_and_before_a_form_is_sent()
    {
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(data, "agencies.json"), """[ { "id": "urn:100001", "reach": "Web" } ]""", stop);
        await File.WriteAllTextAsync(Path.Combine(data, "notice-directory.json"), $$"""[ { "of": "urn:100001", "role": "contributor", "mail": "{{School}}" } ]""", stop);
        await using var notify = await FakeNotify.StartAsync(() => DateTimeOffset.UtcNow);
        using var hub = HubProcess.At(data, new Dictionary<string, string>
        {
            ["Outgoing__AllowLoopback"] = "true",
            ["Notices__Notify__BaseAddress"] = notify.Address.ToString(),
            ["Notices__Notify__Councils__330__ApiKey"] = FakeNotify.Key,
            ["Notices__Notify__Councils__330__EmailTemplate"] = "email-template",
        });
        await hub.StartAsync();
        using var council = new ScriptedLoad(hub.Address, data, assessments: 1);
        await council.AskAsync(1, stop);
        var link = new Uri(Link().Match(await BodyToAsync(notify, School, Link().IsMatch)).Value).PathAndQuery;

        var said = await PeerBrowser.RunAsync(
            "lost.mjs",
            new Dictionary<string, string> { ["HUB"] = hub.Address.ToString().TrimEnd('/'), ["LINK"] = link, ["SCHOOL"] = School, ["FAMILY"] = Family },
            async line =>
            {
                switch (line.Split(' '))
                {
                    case ["code", var mail]:
                        return Code().Match(await BodyToAsync(notify, mail, Code().IsMatch)).Groups["code"].Value;
                    case ["kill"]:
                        hub.Kill();
                        return "killed";
                    case ["start"]:
                        await hub.StartAsync();
                        return "started";
                    default:
                        return null;
                }
            });

        Assert.Equal("6 checks passed", Assert.Single(said));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    /// <summary>The newest message to somebody that has what is looked for, once it is there: the hub sends a request when its turn comes.</summary>
    private static async Task<string> BodyToAsync(FakeNotify notify, string mail, Func<string, bool> which)
    {
        while (true)
        {
            var bodies = notify.Taken.ToArray().Where(m => (string?)m["email_address"] == mail).Select(m => (string)m["personalisation"]!["body"]!);
            if (bodies.LastOrDefault(which) is { } body)
            {
                return body;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"https?://\S+/contribute/[^\s.,]+")]
    private static partial Regex Link();

    [GeneratedRegex("Your code is (?<code>[0-9]{6})")]
    private static partial Regex Code();
}
