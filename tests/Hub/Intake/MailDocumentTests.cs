using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Workspace.Mail;
using IntegrationHub.Hub.Tests.Access;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>A message as a document of a case says what the message in the tray says about itself.</summary>
public sealed class MailDocumentTests
{
    [Fact]
    public void That_the_text_is_cut_is_said_in_the_case_too()
    {
        var item = new TrayItem
        {
            Key = new string('a', 24),
            Council = HubUnderTest.Parse<LocalAuthorityCode>("330"),
            Mailbox = "files",
            ReceivedOn = new DateOnly(2026, 3, 3),
            TakenAt = new DateTimeOffset(2026, 3, 3, 9, 15, 0, TimeSpan.Zero),
            Text = "Please find",
            Notes = ["The text of the message is too long to be shown in full. Open the original message to see the rest."],
        };

        Assert.Contains($"\nNote: {item.Notes[0]}\n", Encoding.UTF8.GetString(MailDocument.Of(item)), StringComparison.Ordinal);
    }
}
