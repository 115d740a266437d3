using Azure.Messaging.ServiceBus;

// The names of the official extension (Microsoft.Azure.Functions.Worker.Extensions.ServiceBus 5.24), as far as the triggers use them.
namespace Microsoft.Azure.Functions.Worker;

/// <summary>Stands in for the extension's attribute.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceBusTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    public string? Connection { get; set; }

    public bool IsSessionsEnabled { get; set; }

    public bool AutoCompleteMessages { get; set; } = true;
}

/// <summary>Stands in for the extension's settlement of one message: keeps what was asked.</summary>
public class ServiceBusMessageActions
{
    public List<string> Asked { get; } = [];

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        NoteAsync($"complete {message.MessageId}");

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        NoteAsync($"abandon {message.MessageId}");

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        NoteAsync($"dead-letter {message.MessageId}: {deadLetterReason}, {deadLetterErrorDescription}");

    private Task NoteAsync(string asked)
    {
        Asked.Add(asked);
        return Task.CompletedTask;
    }
}
