using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// Decides when an effect is tried again after a transient fault. The delay grows and has jitter, so that effects that failed together are not
/// all retried together.
/// </summary>
public static class EffectRetry
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // A date that the recipient gives, or a wrong clock, can result in a wait of years, during which nobody would notice that nothing was
    // sent.
    private static readonly TimeSpan LongestAskedFor = TimeSpan.FromDays(1);

    /// <summary>
    /// The delay before the next attempt, which is number <paramref name="attempts"/> + 1. The delay doubles from 5 seconds to 1 hour and
    /// is multiplied by a factor of 0.75 to 1.25 computed from the effect's id, so that the same history gives the same delays.
    /// </summary>
    /// <param name="effectId">The effect.</param>
    /// <param name="attempts">The number of attempts made, 1 or more.</param>
    /// <param name="askedFor">The delay that the recipient asked for (Retry-After). The result is never shorter than this delay, except
    /// that a delay of more than a day counts as a day.</param>
    public static TimeSpan Delay(string effectId, int attempts, TimeSpan? askedFor = null)
    {
        var doubled = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Clamp(attempts - 1, 0, 20)));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{effectId}#{attempts}")), hash);
        var jittered = doubled * (0.75 + (BinaryPrimitives.ReadUInt16BigEndian(hash) / (2.0 * ushort.MaxValue)));
        return askedFor is { } wait && wait > jittered ? (wait < LongestAskedFor ? wait : LongestAskedFor) : jittered;
    }
}
