namespace IntegrationHub.Contracts.Bus;

/// <summary>One event as CloudEvents 1.0 describes it. Source: cloudevents/spec v1.0.2.</summary>
public sealed record CloudEvent
{
    /// <summary>The only version of CloudEvents that the hub uses.</summary>
    public const string SpecVersion = "1.0";

    /// <summary>The greatest length of an id in characters: the limit of Service Bus for a message-id.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Pattern of an id that can be a message-id: visible ASCII characters.</summary>
    public const string IdPattern = "^[!-~]{1,128}$";

    /// <summary>Extension attribute with the agency an event is for, or comes from (<see cref="Identifiers.AgencyId"/>).</summary>
    public const string AgencyAttribute = "agency";

    /// <summary>Extension attribute with the W3C trace context, from the CloudEvents distributed tracing extension.</summary>
    public const string TraceParentAttribute = "traceparent";

    /// <summary>Whether a text can be an id on this bus (see <see cref="IdPattern"/>).</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= MaxIdLength } && id.All(c => c is >= '!' and <= '~');

    /// <summary>Id of the event, unique within its source. The id is also the AMQP message-id, by which the bus drops repeats.</summary>
    public required string Id { get; init; }

    /// <summary>URI reference of the sender, for instance <c>urn:integrationhub:330</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The type of message: one of <see cref="BusMessages"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What the event is about: the assessment id, or null if the event concerns no assessment.</summary>
    public string? Subject { get; init; }

    /// <summary>When the event happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Media type of <see cref="Data"/>.</summary>
    public string DataContentType { get; init; } = "application/json";

    /// <summary>Address of the schema of <see cref="Data"/>.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Further attributes: name (lower-case ASCII letters and digits) and value as text.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = new Dictionary<string, string>();

    /// <summary>The data of the event.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}

/// <summary>The result of reading data: the value, or one plain sentence stating what is wrong. The sentence never repeats the
/// data.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed record Reading<T>
    where T : class
{
    private Reading(T? value, string problem) => (Value, Problem) = (value, problem);

    /// <summary>The value, or null if the data could not be read.</summary>
    public T? Value { get; }

    /// <summary>What is wrong with the data; empty if the data could be read.</summary>
    public string Problem { get; }

    /// <summary>A successful result with its value.</summary>
    public static Reading<T> Of(T value) => new(value, "");

    /// <summary>A failed result with its problem.</summary>
    public static Reading<T> Failed(string problem) => new(null, problem);
}
