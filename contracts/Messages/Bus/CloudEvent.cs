namespace IntegrationHub.Contracts.Bus;

/// <summary>One event as CloudEvents 1.0 describes it. Source: cloudevents/spec v1.0.2.</summary>
public sealed record CloudEvent
{
    /// <summary>The only version of the specification that is used.</summary>
    public const string SpecVersion = "1.0";

    /// <summary>The longest id: what Service Bus allows for a message-id, in characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Form of an id as a message-id: visible ASCII characters.</summary>
    public const string IdPattern = "^[!-~]{1,128}$";

    /// <summary>Extension attribute with the agency an event is for, or comes from (<see cref="Identifiers.AgencyId"/>).</summary>
    public const string AgencyAttribute = "agency";

    /// <summary>Extension attribute with the W3C trace context, from the CloudEvents distributed tracing extension.</summary>
    public const string TraceParentAttribute = "traceparent";

    /// <summary>Whether a text can be an id on this bus (see <see cref="IdPattern"/>).</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= MaxIdLength } && id.All(c => c is >= '!' and <= '~');

    /// <summary>Identifies the event within its source; travels as AMQP message-id too, where the bus drops repeats by it.</summary>
    public required string Id { get; init; }

    /// <summary>URI reference of the sender, for instance <c>urn:integrationhub:330</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The type of message: one of <see cref="BusMessages"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about: the assessment id, where there is one.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Media type of <see cref="Data"/>.</summary>
    public string DataContentType { get; init; } = "application/json";

    /// <summary>Address of the schema of <see cref="Data"/>.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Further attributes by their name (lower-case ASCII letters and digits), their values as text.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = new Dictionary<string, string>();

    /// <summary>The message itself.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}

/// <summary>The result of reading something: the value, or one plain sentence saying what is wrong. The sentence never repeats what was read.</summary>
/// <typeparam name="T">What is read.</typeparam>
public sealed record Reading<T>
    where T : class
{
    private Reading(T? value, string problem) => (Value, Problem) = (value, problem);

    /// <summary>What was read; null when there is a problem.</summary>
    public T? Value { get; }

    /// <summary>Empty when all is well.</summary>
    public string Problem { get; }

    /// <summary>Read.</summary>
    public static Reading<T> Of(T value) => new(value, "");

    /// <summary>Not readable.</summary>
    public static Reading<T> Failed(string problem) => new(null, problem);
}
