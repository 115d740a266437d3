using System.Linq.Expressions;
using System.Reflection;

namespace IntegrationHub.Orchestrations.Embedded.Packing;

/// <summary>
/// Packs a record member by member: the constructor's parameters, then the members that can be set. The packing code is compiled once for
/// each type. Members that are computed from other members are omitted, because they cannot be set.
/// </summary>
internal sealed class RecordPacker<T> : Packer<T>
{
    private readonly Action<PackWriter, T> pack;
    private readonly Func<PackReader, T> unpack;

    internal RecordPacker()
    {
        if (typeof(T) is { IsClass: true, IsSealed: false })
        {
            throw new NotSupportedException($"The type {typeof(T)} is not sealed, so a value might be of a derived type.");
        }

        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => p.Name);
        var constructor = typeof(T).GetConstructors()
            .Where(c => c.GetParameters().All(p => properties.ContainsKey(p.Name!)))
            .MaxBy(c => c.GetParameters().Length) ?? throw new NotSupportedException($"The type {typeof(T)} has no constructor that can be used.");
        PropertyInfo[] taken = [.. constructor.GetParameters().Select(p => properties[p.Name!])];
        PropertyInfo[] given = [.. properties.Values.Where(p => p.CanWrite && !taken.Contains(p))];

        var to = Expression.Parameter(typeof(PackWriter));
        var value = Expression.Parameter(typeof(T));
        pack = Expression.Lambda<Action<PackWriter, T>>(
            Expression.Block([.. taken.Concat(given).Select(p => Call(p, nameof(Packer<>.Pack), to, Expression.Property(value, p))), Expression.Empty()]),
            to,
            value).Compile();

        var from = Expression.Parameter(typeof(PackReader));
        var made = Expression.New(constructor, taken.Select(p => Call(p, nameof(Packer<>.Unpack), from)));
        unpack = Expression.Lambda<Func<PackReader, T>>(
            Expression.MemberInit(made, given.Select(p => Expression.Bind(p, Call(p, nameof(Packer<>.Unpack), from)))),
            from).Compile();
    }

    internal override void Pack(PackWriter to, T value)
    {
        if (typeof(T).IsValueType)
        {
            pack(to, value);
            return;
        }

        to.Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            pack(to, value);
        }
    }

    internal override T Unpack(PackReader from) => !typeof(T).IsValueType && from.Byte() == 0 ? default! : unpack(from);

    private static MethodCallExpression Call(PropertyInfo property, string method, params Expression[] arguments)
    {
        var packer = typeof(Packer<>).MakeGenericType(property.PropertyType);
        var instance = Expression.Constant(Packers.Of(property.PropertyType), packer);
        return Expression.Call(instance, packer.GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!, arguments);
    }
}
