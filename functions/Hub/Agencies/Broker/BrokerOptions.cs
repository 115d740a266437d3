namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>How the hub logs in to a broker.</summary>
public enum BrokerLogin
{
    /// <summary>Without a login: SASL ANONYMOUS.</summary>
    Anonymous,

    /// <summary>SASL PLAIN with name and secret of a user or key.</summary>
    Plain,

    /// <summary>A shared access signature by name and secret of a key, as Azure Service Bus takes it.</summary>
    SharedAccess,

    /// <summary>A token of Microsoft Entra ID for the hub's own identity, as Azure Service Bus takes it.</summary>
    Entra,
}

/// <summary>Which bus the hub talks to, and how: Azure Service Bus, or another AMQP 1.0 broker. Section <c>Bus</c>.</summary>
public sealed class BrokerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bus";

    /// <summary><c>amqps://NAMESPACE.servicebus.windows.net</c>, or <c>amqp://localhost:5672</c> for a broker on this machine. Null: no broker.</summary>
    public Uri? Address { get; set; }

    /// <summary>How to log in.</summary>
    public BrokerLogin Login { get; set; } = BrokerLogin.SharedAccess;

    /// <summary>Name of the user or key.</summary>
    public string KeyName { get; set; } = "";

    /// <summary>Its secret. From a secret store, never from a file that is committed.</summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// The broker is Azure Service Bus (or another hub's embedded bus), reached with Microsoft's client. False for other AMQP 1.0 brokers:
    /// answers are then taken one at a time over all assessments, and a failed delivery is released.
    /// </summary>
    public bool ServiceBus { get; set; } = true;

    /// <summary>Of another broker: address of a queue; <c>{entity}</c> stands for its name. RabbitMQ: <c>/amq/queue/{entity}</c>.</summary>
    public string QueueAddress { get; set; } = "{entity}";

    /// <summary>
    /// Of another broker: address of a topic; <c>{entity}</c> and <c>{subscription}</c> stand for its name and the name of the agency's
    /// subscription. RabbitMQ: <c>/exchange/{entity}/{subscription}</c>.
    /// </summary>
    public string TopicAddress { get; set; } = "{entity}";

    /// <summary>Messages of one queue that may be unsettled at the same time. Further messages wait at the broker.</summary>
    public int Credit { get; set; } = 128;

    /// <summary>Assessments whose answers are taken at the same time.</summary>
    public int Sessions { get; set; } = 32;

    /// <summary>How long an assessment's session is kept open when no more messages come; other sessions wait meanwhile.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a send or an attach may take.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    // A broker that does not answer the close is not waited for.
    internal static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>Address of a queue.</summary>
    public string QueueAt(string entity) => QueueAddress.Replace("{entity}", entity, StringComparison.Ordinal);

    /// <summary>Address of a topic for one agency.</summary>
    public string TopicAt(string entity, string subscription) =>
        TopicAddress.Replace("{entity}", entity, StringComparison.Ordinal).Replace("{subscription}", subscription, StringComparison.Ordinal);
}
