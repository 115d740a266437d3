using IntegrationHub.Local.Tests.Monitoring;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The tray of mail in headless Chromium. The script is tests/peers/intake.mjs.</summary>
public sealed class MailBrowserTests
{
    [Fact]
    public async Task An_officer_looks_through_the_tray_with_the_keyboard()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var named = await TrayOfMail.TakeAsync(hub, "Dear team,\n\nI write about Alex Example, whom I saw last week.\n\nKind regards\nTove Quillmark");
        var other = await TrayOfMail.TakeAsync(hub, $"Your case {hub.Late}.\n\nAbout Alex Example, NHS number 999 000 0018, born 14 March 2016, and the sister, NHS number 943 476 5919.", "2", subject: "Hearing of both children");
        var broken = await TrayOfMail.TakeRawAsync(hub, [0, 1, 2, 3], "3");
        TrayOfMail.Scan(hub, other);
        await PeerBrowser.RunAsync(
            "intake.mjs",
            new Dictionary<string, string>
            {
                ["HUB"] = hub.Address.ToString().TrimEnd('/'),
                ["CASE"] = hub.Late.Value,
                ["NAMED"] = TrayOfMail.Address(named),
                ["OTHER"] = TrayOfMail.Address(other),
                ["BROKEN"] = TrayOfMail.Address(broken),
            },
            _ => Task.FromResult<string?>(null));
    }
}
