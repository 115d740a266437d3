using System.Collections;
using Amqp.Types;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>Reads the body of a request, even if its content is wrong. A value of the wrong type is treated as absent.</summary>
internal sealed class Arguments(Map body)
{
    internal string? Text(string name) => body[name] as string;

    internal byte[]? Bytes(string name) => body[name] as byte[];

    internal Map? Map(string name) => body[name] as Map;

    internal long? Number(string name) => body[name] switch
    {
        long number => number,
        int number => number,
        uint number => number,
        byte number => number,
        ulong number and <= long.MaxValue => (long)number,
        _ => null,
    };

    internal DateTimeOffset? Instant(string name) =>
        body[name] is DateTime instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : null;

    internal IReadOnlyList<Guid> Tokens(string name) => [.. Items(name).OfType<Guid>()];

    internal IReadOnlyList<long> Numbers(string name) => [.. Items(name).OfType<long>()];

    internal IEnumerable<Map> Maps(string name) => Items(name).OfType<Map>();

    private IEnumerable Items(string name) => body[name] is IList items and not byte[]? items : Array.Empty<object>();
}
