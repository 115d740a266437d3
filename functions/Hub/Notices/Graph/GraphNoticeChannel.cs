using System.Net;
using Azure.Identity;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.SendMail;
using Microsoft.Kiota.Abstractions;

namespace IntegrationHub.Functions.Notices.Graph;

/// <summary>
/// Sends notices with Microsoft Graph: mail from a shared mailbox, and messages to Teams channels. The channel also looks up managers in
/// the organisation's directory.
/// </summary>
/// <param name="graph">The client, which must not retry by itself, because an effect that waits in the outbox holds no thread and survives
/// a restart.</param>
/// <param name="credential">The credential that the client uses.</param>
/// <param name="options">The settings, which name the mailbox.</param>
/// <param name="time">The clock.</param>
public sealed class GraphNoticeChannel(GraphServiceClient graph, RenewingCredential credential, GraphOptions options, TimeProvider time) : INoticeChannel
{
    /// <summary>Header with the notice's id, so that a mail rule can drop a repeat.</summary>
    public const string IdHeader = "x-hub-notice-id";

    /// <inheritdoc/>
    public string Name => "Microsoft 365";

    /// <inheritdoc/>
    public bool NeedsAddress => true;

    /// <inheritdoc/>
    public bool Sends => true;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            try
            {
                return await SendOnceAsync(message, cancellationToken);
            }
            catch (ApiException refused) when (refused.ResponseStatusCode == (int)HttpStatusCode.Unauthorized)
            {
                // The token was refused before it expired, so the call is tried once more with a new token.
                credential.Renew();
                return await SendOnceAsync(message, cancellationToken);
            }
        }
        catch (ApiException refused)
        {
            return GraphFaults.Sort(refused, time.GetUtcNow());
        }
        catch (AuthenticationFailedException refused)
        {
            return refused.InnerException is HttpRequestException
                ? EffectResult.Transient("The sign-in service could not be reached.")
                : EffectResult.NeedsHuman("The sign-in service refused the hub's application. Check the application’s secret.");
        }
        catch (HttpRequestException)
        {
            return EffectResult.Transient("Graph could not be reached.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return EffectResult.Transient("Graph did not answer in time.");
        }
    }

    private async Task<EffectResult> SendOnceAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        if (message.Address is { Teams: { } channel })
        {
            var sent = await graph.Teams[channel.TeamId].Channels[channel.ChannelId].Messages.PostAsync(
                new ChatMessage { Subject = message.Subject, Body = new ItemBody { ContentType = BodyType.Text, Content = message.Text } },
                cancellationToken: cancellationToken);
            return EffectResult.Done(sent?.Id ?? message.Id);
        }

        var to = message.Address?.Mail;
        if (message.Address is { ManagerOf: { } person })
        {
            to = (await graph.Users[person].Manager.GetAsync(cancellationToken: cancellationToken) as User)?.Mail;
        }

        if (to is null)
        {
            return EffectResult.NeedsHuman($"The directory has no e-mail address for the {message.To}.");
        }

        await graph.Users[options.Mailbox].SendMail.PostAsync(
            new SendMailPostRequestBody
            {
                Message = new Message
                {
                    Subject = message.Subject,
                    Body = new ItemBody { ContentType = BodyType.Text, Content = message.Text },
                    ToRecipients = [new Recipient { EmailAddress = new EmailAddress { Address = to } }],
                    InternetMessageHeaders = [new InternetMessageHeader { Name = IdHeader, Value = message.Id }],
                },
                SaveToSentItems = true,
            },
            cancellationToken: cancellationToken);
        return EffectResult.Done(message.Id);
    }
}
