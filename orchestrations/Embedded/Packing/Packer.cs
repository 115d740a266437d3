using System.Collections.Concurrent;

namespace IntegrationHub.Orchestrations.Embedded.Packing;

/// <summary>
/// Packs values into few bytes and unpacks them, many times faster than JSON, for use within one process. Packed data are never stored,
/// because their layout follows the types of this build of the hub and contains no names of members.
/// </summary>
internal abstract class Packer<T>
{
    internal abstract void Pack(PackWriter to, T value);

    internal abstract T Unpack(PackReader from);
}

/// <summary>Finds the packer of a type.</summary>
internal static class Packers
{
    private static readonly ConcurrentDictionary<Type, object> Known = new(new Dictionary<Type, object>
    {
        [typeof(string)] = new Simple<string>((to, v) => to.Text(v), from => from.Text()).OrNull(),
        [typeof(bool)] = new Simple<bool>((to, v) => to.Byte(v ? (byte)1 : (byte)0), from => from.Byte() != 0),
        [typeof(int)] = new Simple<int>((to, v) => to.Number(v), from => (int)from.Number()),
        [typeof(long)] = new Simple<long>((to, v) => to.Number(v), from => from.Number()),
        [typeof(decimal)] = new Simple<decimal>((to, v) => to.Decimal(v), from => from.Decimal()),
        [typeof(DateOnly)] = new Simple<DateOnly>((to, v) => to.Number(v.DayNumber), from => DateOnly.FromDayNumber((int)from.Number())),
        [typeof(TimeSpan)] = new Simple<TimeSpan>((to, v) => to.Number(v.Ticks), from => new TimeSpan(from.Number())),
        [typeof(DateTimeOffset)] = new Simple<DateTimeOffset>(
            (to, v) =>
            {
                to.Number(v.Ticks);
                to.Number(v.Offset.Ticks);
            },
            from => new DateTimeOffset(from.Number(), new TimeSpan(from.Number()))),
    });

    /// <summary>The types whose packers this thread is creating.</summary>
    [ThreadStatic]
    private static HashSet<Type>? making;

    /// <exception cref="NotSupportedException">The type, or a type inside it, cannot be packed.</exception>
    internal static Packer<T> Of<T>() => (Packer<T>)Of(typeof(T));

    internal static object Of(Type type)
    {
        if (Known.TryGetValue(type, out var known))
        {
            return known;
        }

        // The type contains itself, directly or through a list. The inner packer is looked up at its first use, when this packer is
        // complete.
        making ??= [];
        if (!making.Add(type))
        {
            return New(typeof(RecursivePacker<>), type);
        }

        try
        {
            return Known.GetOrAdd(type, Make(type));
        }
        finally
        {
            making.Remove(type);
        }
    }

    private static object Make(Type type)
    {
        if (type.IsEnum)
        {
            return New(typeof(EnumPacker<>), type);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return New(typeof(NullablePacker<>), underlying);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return New(typeof(ListPacker<>), type.GetGenericArguments()[0]);
        }

        if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(Contracts.Identifiers.IIdentifier<>)))
        {
            return New(typeof(IdentifierPacker<>), type);
        }

        if (type.IsAbstract && Kinds.Of(type).Count > 0)
        {
            return New(typeof(KindsPacker<>), type);
        }

        return type.IsAbstract || type.IsInterface || type.IsArray
            ? throw new NotSupportedException($"The type {type} cannot be packed.")
            : New(typeof(RecordPacker<>), type);
    }

    private static object New(Type packer, Type of) => Activator.CreateInstance(packer.MakeGenericType(of), nonPublic: true)!;
}
