using Amqp.Types;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>Turns the values of application properties that AMQPNetLite gives into plain values.</summary>
internal static class BrokerValues
{
    // Microsoft's clients write these three .NET types as described types, named by symbol; AMQP has no type for any.
    private const string DateTimeOffsetName = "com.microsoft:datetime-offset";
    private const string UriName = "com.microsoft:uri";
    private const string TimeSpanName = "com.microsoft:timespan";

    /// <summary>
    /// A symbol becomes its text; a described instant (ticks since the year 1, UTC), duration (ticks) or URI becomes the .NET value; others
    /// are unchanged.
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
