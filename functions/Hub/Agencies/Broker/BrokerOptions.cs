using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>How the hub logs in to a broker.</summary>
public enum BrokerLogin
{
    /// <summary>No login (SASL ANONYMOUS).</summary>
    Anonymous,

    /// <summary>SASL PLAIN, with the name and secret of a user or key.</summary>
    Plain,

    /// <summary>A shared access signature from the name and secret of a key, for Azure Service Bus.</summary>
    SharedAccess,

    /// <summary>A Microsoft Entra ID token for the hub's own identity, for Azure Service Bus.</summary>
    Entra,
}

/// <summary>
/// Which message bus the hub uses, and how: Azure Service Bus, or another AMQP 1.0 broker. These settings are in the configuration section
/// <c>Bus</c>.
/// </summary>
public sealed class BrokerOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bus";

    /// <summary>
    /// The broker's address: <c>amqps://NAMESPACE.servicebus.windows.net</c>, or <c>amqp://localhost:5672</c> for a broker on this machine.
    /// If this is null, the hub uses no broker.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>How the hub logs in to the broker.</summary>
    public BrokerLogin Login { get; set; } = BrokerLogin.SharedAccess;

    /// <summary>Name of the user or key with which the hub logs in.</summary>
    public string KeyName { get; set; } = "";

    /// <summary>The secret of the user or key with which the hub logs in. Set it from a secret store, never in a committed
    /// file.</summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// Whether the broker is Azure Service Bus (or another hub's embedded bus), reached with Microsoft's client. Set this to false for
    /// other AMQP 1.0 brokers. With such a broker, answers are processed one at a time across all assessments, and a failed delivery is
    /// released to the broker.
    /// </summary>
    public bool ServiceBus { get; set; } = true;

    /// <summary>
    /// The address of a queue on a broker other than Service Bus; <c>{entity}</c> stands for the name of the queue. For RabbitMQ, use
    /// <c>/amq/queue/{entity}</c>.
    /// </summary>
    public string QueueAddress { get; set; } = "{entity}";

    /// <summary>
    /// The address of a topic on a broker other than Service Bus; <c>{entity}</c> and <c>{subscription}</c> stand for the name of the topic
    /// and of the agency's subscription. For RabbitMQ, use <c>/exchange/{entity}/{subscription}</c>.
    /// </summary>
    public string TopicAddress { get; set; } = "{entity}";

    /// <summary>The number of messages in a queue that can be unsettled at the same time. All further messages wait on the
    /// broker.</summary>
    [Range(1, 100_000)]
    public int Credit { get; set; } = 128;

    /// <summary>The largest number of assessments whose answers are processed in parallel.</summary>
    [Range(1, 100_000)]
    public int Sessions { get; set; } = 32;

    /// <summary>How long an assessment's session stays open when no more messages arrive. Until the session closes, the
    /// assessment counts as one of those whose answers are processed in parallel.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time that sending a message or attaching a link is allowed to take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    // How long the hub waits for the broker to answer when the hub closes a session.
    internal static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Address is not null && (Login is BrokerLogin.Plain or BrokerLogin.SharedAccess) && (string.IsNullOrWhiteSpace(KeyName) || string.IsNullOrWhiteSpace(Key))
            ? [new ValidationResult($"the login {Login} needs KeyName and Key.")]
            : [];

    /// <summary>Address of a queue.</summary>
    public string QueueAddressOf(string entity) => QueueAddress.Replace("{entity}", entity, StringComparison.Ordinal);

    /// <summary>The address of a topic for one agency.</summary>
    public string TopicAddressOf(string entity, string subscription) =>
        TopicAddress.Replace("{entity}", entity, StringComparison.Ordinal).Replace("{subscription}", subscription, StringComparison.Ordinal);
}
