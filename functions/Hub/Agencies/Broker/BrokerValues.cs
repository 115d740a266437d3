using Amqp.Types;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>Turns AMQPNetLite's values of application properties into plain .NET values.</summary>
internal static class BrokerValues
{
    // AMQP has no type for these three .NET types, so Microsoft's clients write them as described types, named by a symbol.
    private const string DateTimeOffsetName = "com.microsoft:datetime-offset";
    private const string UriName = "com.microsoft:uri";
    private const string TimeSpanName = "com.microsoft:timespan";

    /// <summary>
    /// A symbol becomes its text. A described instant (ticks since the year 1, UTC), duration (ticks) or URI becomes the .NET value. Values
    /// of other types are unchanged.
    /// </summary>
    internal static object? Plain(object? value) => value switch
    {
        Symbol symbol => symbol.ToString(),
        DescribedValue { Value: long ticks and >= 0 } described
            when Names(described, DateTimeOffsetName) && ticks <= DateTimeOffset.MaxValue.Ticks => new DateTimeOffset(ticks, TimeSpan.Zero),
        DescribedValue { Value: string uri } described when Names(described, UriName) => uri,
        DescribedValue { Value: long length } described when Names(described, TimeSpanName) => new TimeSpan(length),
        _ => value,
    };

    private static bool Names(DescribedValue described, string name) =>
        string.Equals(described.Descriptor?.ToString(), name, StringComparison.Ordinal);
}
