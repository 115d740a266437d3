using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>What a request on <c>$cbs</c> or <c>$management</c> is answered with: an HTTP-like status, and a body.</summary>
internal sealed record Reply(int Status, string Description, Map? Body = null, Symbol? Condition = null)
{
    internal static readonly Reply Done = new(200, "OK");

    internal static Reply Of(Map body) => new(200, "OK", body);

    internal static Reply Bad(string description) => new(400, description, Condition: Annotation.ArgumentError);
}

/// <summary>The receiving end of a request link. AMQP has no requests: message-id, reply-to and correlation-id make them.</summary>
internal sealed class RequestLink(Caller caller, string path, Func<string, Message, Task<Reply>> handle, ILogger log) : LinkEndpoint
{
    internal const int Credit = 100;

    public override void OnMessage(MessageContext messageContext) => _ = ServeAsync(messageContext.Link, (IncomingMessage)messageContext.Message);

    public override void OnFlow(FlowContext flowContext)
    {
        // As with every sender: nothing to do.
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // Requests are settled as they come.
    }

    private async Task ServeAsync(ListenerLink link, IncomingMessage request)
    {
        var operation = request.ApplicationProperties?["operation"] as string ?? "";
        var id = request.Properties?.GetMessageId();
        // Azure's SDK names its reply link what its requests name as reply-to; others give the link's target that address.
        var answers = caller.AnswerTo(request.Properties?.ReplyTo);
        if (id is null || answers is null)
        {
            link.DisposeMessage(request, new Rejected { Error = new Error(ErrorCode.InvalidField) { Description = "A request needs a message-id, and a reply-to that names an attached link." } }, settled: true);
            request.Dispose();
            return;
        }

        link.DisposeMessage(request, new Accepted(), settled: true);
        Reply reply;
        try
        {
            reply = request.Problem is { } problem
                ? new Reply(problem.Condition.ToString() == ErrorCode.MessageSizeExceeded ? 413 : 400, problem.Description, Condition: problem.Condition)
                : await handle(operation, request);
        }
        catch (Exception exception)
        {
            // The outermost handler: the caller gets a status after which it can try again, and the cause stays in the log.
            BusLog.OperationFailed(log, operation.Length > 64 ? "?" : operation, path, exception);
            reply = new Reply(500, "The bus failed. Try again.");
        }

        answers.Answer(Build(reply, id));
        request.Dispose();
    }

    private static Message Build(Reply reply, object id)
    {
        var message = new Message(reply.Body) { Properties = new Properties(), ApplicationProperties = new ApplicationProperties() };
        message.Properties.SetCorrelationId(id);
        // $cbs has hyphens in Service Bus and $management has not; SDKs read either.
        message.ApplicationProperties["status-code"] = reply.Status;
        message.ApplicationProperties["status-description"] = reply.Description;
        message.ApplicationProperties["statusCode"] = reply.Status;
        message.ApplicationProperties["statusDescription"] = reply.Description;
        if (reply.Condition is { } condition)
        {
            message.ApplicationProperties["error-condition"] = condition;
            message.ApplicationProperties["errorCondition"] = condition;
        }

        return message;
    }
}
