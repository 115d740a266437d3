using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>
/// The keys of the rows in an assessment's partition. The rows from which a turn starts have keys with the prefix "a-", so that one query
/// reads them; the other rows are read by their keys.
/// </summary>
internal static class RowKeys
{
    internal const string Head = "a-head";
    internal const string Inbox = "a-inbox-";
    internal const string Unfinished = "a-intent";
    internal const string State = "a-state";

    /// <summary>The first key of the range that ends at <see cref="AfterUnfinished"/> and contains the head row, the inbox and any
    /// unfinished turn.</summary>
    internal const string First = "a-";
    internal const string AfterUnfinished = "a-s";
    internal const string AfterState = "a-t";

    internal static string Waiting(string messageId) => Inbox + Hash(messageId);

    internal static string Outcome(string messageId) => "outcome-" + Hash(messageId);

    /// <summary>The key of a turn's row, made from the sequence number of the turn's last event, so that the first row after the key for
    /// event n contains event n + 1.</summary>
    internal static string Turn(long last) => "turn-" + Number(last);

    internal const string AfterTurns = "turn.";

    internal static string Effects(long version) => "effects-" + Number(version);

    internal const string AfterEffects = "effects.";

    internal static string Number(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>A hash of a message id, for use in a key: the id itself can have any length and contain characters that are not
    /// allowed in a key.</summary>
    private static string Hash(string messageId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)));
}
