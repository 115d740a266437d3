using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>
/// The rows of an assessment's partition. What a turn starts from is together under "a-", so that one query reads it; the rest is read
/// by its key.
/// </summary>
internal static class RowKeys
{
    internal const string Head = "a-head";
    internal const string Inbox = "a-inbox-";
    internal const string Unfinished = "a-intent";
    internal const string State = "a-state";

    /// <summary>From here to <see cref="AfterUnfinished"/> are the head, the inbox and an unfinished turn.</summary>
    internal const string First = "a-";
    internal const string AfterUnfinished = "a-s";
    internal const string AfterState = "a-t";

    internal static string Waiting(string messageId) => Inbox + Hash(messageId);

    internal static string Outcome(string messageId) => "outcome-" + Hash(messageId);

    /// <summary>A turn is stored under the sequence of its last event, so that the first row above n holds event n + 1.</summary>
    internal static string Turn(long last) => "turn-" + Number(last);

    internal const string AfterTurns = "turn.";

    internal static string Effects(long version) => "effects-" + Number(version);

    internal const string AfterEffects = "effects.";

    internal static string Number(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>A message id may hold characters that no key may, and any length: its hash does not.</summary>
    private static string Hash(string messageId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)));
}
