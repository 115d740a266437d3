using System.Runtime.CompilerServices;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Packing;

internal sealed class Simple<T>(Action<PackWriter, T> pack, Func<PackReader, T> unpack) : Packer<T>
{
    internal override void Pack(PackWriter to, T value) => pack(to, value);

    internal override T Unpack(PackReader from) => unpack(from);

    /// <summary>A packer for values that can be null. The first byte states whether there is a value.</summary>
    internal Packer<T> OrNull() => new Simple<T>(
        (to, value) =>
        {
            to.Byte(value is null ? (byte)0 : (byte)1);
            if (value is not null)
            {
                pack(to, value);
            }
        },
        from => from.Byte() == 0 ? default! : unpack(from));
}

internal sealed class EnumPacker<T> : Packer<T>
    where T : struct, Enum
{
    internal override void Pack(PackWriter to, T value) => to.Number(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.As<T, byte>(ref value),
        2 => Unsafe.As<T, short>(ref value),
        4 => Unsafe.As<T, int>(ref value),
        _ => Unsafe.As<T, long>(ref value),
    });

    internal override T Unpack(PackReader from)
    {
        var number = from.Number();
        return Unsafe.As<long, T>(ref number);
    }
}

internal sealed class NullablePacker<T> : Packer<T?>
    where T : struct
{
    private readonly Packer<T> inner = Packers.Of<T>();

    internal override void Pack(PackWriter to, T? value)
    {
        to.Byte(value is null ? (byte)0 : (byte)1);
        if (value is { } present)
        {
            inner.Pack(to, present);
        }
    }

    internal override T? Unpack(PackReader from) => from.Byte() == 0 ? null : inner.Unpack(from);
}

internal sealed class ListPacker<T> : Packer<IReadOnlyList<T>?>
{
    private readonly Packer<T> inner = Packers.Of<T>();

    internal override void Pack(PackWriter to, IReadOnlyList<T>? value)
    {
        to.Number(value?.Count ?? -1);
        for (var n = 0; n < value?.Count; n++)
        {
            inner.Pack(to, value[n]);
        }
    }

    internal override IReadOnlyList<T>? Unpack(PackReader from)
    {
        var count = (int)from.Number();
        if (count <= 0)
        {
            return count == 0 ? [] : null;
        }

        var items = new T[count];
        for (var n = 0; n < count; n++)
        {
            items[n] = inner.Unpack(from);
        }

        return items;
    }
}

internal sealed class IdentifierPacker<T> : Packer<T>
    where T : struct, IIdentifier<T>
{
    internal override void Pack(PackWriter to, T value) => to.Text(value.Value);

    /// <exception cref="InvalidOperationException">The text was an identifier when it was packed but no longer is: memory is damaged.</exception>
    internal override T Unpack(PackReader from)
    {
        var text = from.Text();
        return text.Length == 0 ? default : T.TryParse(text, out var value, out var problem) ? value : throw new InvalidOperationException(problem);
    }
}

/// <summary>The packer of a type that contains itself.</summary>
internal sealed class RecursivePacker<T> : Packer<T>
{
    private Packer<T>? packer;

    private Packer<T> Packer => packer ??= Packers.Of<T>();

    internal override void Pack(PackWriter to, T value) => Packer.Pack(to, value);

    internal override T Unpack(PackReader from) => Packer.Unpack(from);
}
