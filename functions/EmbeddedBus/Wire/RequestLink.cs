using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The answer to a request on <c>$cbs</c> or <c>$management</c>: an HTTP-like status, and a body.</summary>
internal sealed record Reply(int Status, string Description, Map? Body = null, Symbol? Condition = null)
{
    internal static readonly Reply Done = new(200, "OK");

    internal static Reply Of(Map body) => new(200, "OK", body);

    internal static Reply Bad(string description) => new(400, description, Condition: Annotation.ArgumentError);
}

/// <summary>The receiving end of a request link. AMQP has no requests, so they are built from message-id, reply-to and
/// correlation-id.</summary>
internal sealed class RequestLink(Caller caller, string path, Func<string, Message, Task<Reply>> handle, ILogger log) : LinkEndpoint
{
    internal const int Credit = 100;

    public override void OnMessage(MessageContext messageContext) => _ = ServeAsync(messageContext.Link, (IncomingMessage)messageContext.Message);

    public override void OnFlow(FlowContext flowContext)
    {
        // A flow frame from a sender needs no action.
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // Requests are settled as they arrive, so a disposition needs no action.
    }

    private async Task ServeAsync(ListenerLink link, IncomingMessage request)
    {
        var operation = request.ApplicationProperties?["operation"] as string ?? "";
        var id = request.Properties?.GetMessageId();
        // Azure's SDK gives its reply link the name that its requests state as reply-to. Other clients use the reply-to address as the
        // link's target.
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
            // This is the outermost handler. The caller gets a status that allows it to try again, and the cause is only logged.
            BusLog.OperationFailed(log, operation.Length > 64 ? "?" : operation, path, exception);
            reply = new Reply(500, "The bus could not handle the request. Try again.");
        }

        answers.Answer(Build(reply, id));
        request.Dispose();
    }

    private static Message Build(Reply reply, object id)
    {
        var message = new Message(reply.Body) { Properties = new Properties(), ApplicationProperties = new ApplicationProperties() };
        message.Properties.SetCorrelationId(id);
        // In Service Bus, $cbs uses names with hyphens and $management does not; SDKs accept either.
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
