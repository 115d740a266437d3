namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Settles messages as their receivers request.</summary>
internal static class Settling
{
    internal static void Settle(Ledger ledger, MessageLock held, Settlement settlement)
    {
        if (settlement.Rewrite is { } rewrite && ledger.File.Scalar("SELECT bare FROM content WHERE seq = $0", held.SequenceNumber) is byte[] bare)
        {
            var rewritten = rewrite(bare);
            ledger.File.Run("UPDATE content SET bare = $1 WHERE seq = $0", held.SequenceNumber, rewritten);
            ledger.Amounts.Add(ledger.File.Scalar("SELECT sent_by FROM message WHERE seq = $0", held.SequenceNumber) as string, 0, rewritten.Length - bare.Length);
            ContentSum.Renew(ledger.File, held.SequenceNumber);
        }

        switch (settlement)
        {
            case Settlement.Complete:
                ledger.Delete(held.SequenceNumber);
                ledger.Ended.Add((held, Fate.Gone));
                break;
            case Settlement.Abandon:
                ledger.Fail(held);
                break;
            case Settlement.Released:
                ledger.Ended.Add((held, Fate.Free));
                break;
            case Settlement.Defer:
                ledger.File.Run("UPDATE message SET status = 1 WHERE seq = $0", held.SequenceNumber);
                ledger.Ended.Add((held, Fate.Gone));
                break;
            case Settlement.DeadLetter dead:
                ledger.MoveToDeadLetters(held, dead.Reason, dead.Description);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(settlement));
        }
    }
}
