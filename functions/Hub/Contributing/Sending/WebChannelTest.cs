using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Contributing.Sending;

/// <summary>Sends a test message to the contact of an agency, through the channel and to the address that are used for requests.</summary>
public sealed class WebChannelTest(INoticeChannel channel, NoticeDirectory directory) : IChannelTest
{
    private const string Subject = "Test: requests for advice reach you at this address";

    private const string Text = """
        This message tests how a council sends you requests for advice. The message is not about any child, and you do not need to do anything.

        If you are not the right person in your organisation for these requests, tell the council's special educational needs team.
        """;

    /// <inheritdoc/>
    public Reach Reach => Reach.Web;

    /// <inheritdoc/>
    public string Description => "sends the agency’s contact a message that is marked as a test";

    /// <inheritdoc/>
    public async ValueTask<ChannelTestResult> TryAsync(AgencyEntry agency, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agency);
        if (directory.Find(NoticeDirectory.Key(agency.Id.Value, NoticeDirectory.Contributor)) is not { } address)
        {
            return new ChannelTestResult(false, $"Nothing was sent: notice-directory.json must name a {NoticeDirectory.Contributor} for {agency.Id}.");
        }

        if (!channel.Sends || !channel.Takes(address, council.Value))
        {
            return new ChannelTestResult(false, "Nothing was sent: no channel of the hub sends messages to this kind of address.");
        }

        var result = await channel.SendAsync(
            new NoticeMessage($"test/{council}/{Guid.NewGuid():N}", NoticeDirectory.Contributor, address, Subject, Text) { Council = council.Value }, cancellationToken);
        return result.Fault == EffectFault.None
            ? new ChannelTestResult(true, $"The channel “{channel.Name}” accepted the message. This does not show that the message was read, so ask the agency.")
            : new ChannelTestResult(false, $"The channel “{channel.Name}” did not accept the message: {result.Detail}");
    }
}
