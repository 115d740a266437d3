namespace IntegrationHub.Orchestrations.Embedded.Packing;

/// <summary>Packs a value whose declared type is an abstract record. The concrete types that it can have are the same as in JSON, and each
/// has a number. The number of the value's type comes first, or 0 for no value.</summary>
internal sealed class KindsPacker<T> : Packer<T?>
    where T : class
{
    private readonly Dictionary<Type, int> numbers;
    private readonly Kind[] kinds;

    internal KindsPacker()
    {
        var types = Kinds.Of(typeof(T));
        numbers = types.Select((type, n) => (type, n)).ToDictionary(t => t.type, t => t.n + 1);
        kinds = [.. types.Select(t => (Kind)Activator.CreateInstance(typeof(Kind<>).MakeGenericType(typeof(T), t), nonPublic: true)!)];
    }

    internal override void Pack(PackWriter to, T? value)
    {
        var number = value is null ? 0 : numbers[value.GetType()];
        to.Number(number);
        if (value is not null)
        {
            kinds[number - 1].Pack(to, value);
        }
    }

    internal override T? Unpack(PackReader from) => (int)from.Number() is var number and > 0 ? kinds[number - 1].Unpack(from) : null;

    private abstract class Kind
    {
        internal abstract void Pack(PackWriter to, T value);

        internal abstract T Unpack(PackReader from);
    }

    private sealed class Kind<TKind> : Kind
        where TKind : class, T
    {
        private readonly Packer<TKind> inner = Packers.Of<TKind>();

        internal override void Pack(PackWriter to, T value) => inner.Pack(to, (TKind)value);

        internal override T Unpack(PackReader from) => inner.Unpack(from);
    }
}
