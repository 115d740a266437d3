using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// Phase transfers, from the words of reg 18: the plan that names the place is sent before 31 March of the year of a transfer to post-16,
/// five months before a move between post-16 institutions, and before 15 February of the year of any other.
/// </summary>
internal static class TransfersByHand
{
    /// <summary>The limit of the last transfer on record; none where the child stays, or where its day had passed before there was a plan.</summary>
    internal static HandLimit? Of(Retelling story, DateOnly? issued) =>
        story is { Stage: Stage.PlanIssued, Life.Transfers: [.., { Kind: not TransferOfPhase.Stays } last] } && DueOf(last) is var due && !(due < issued)
            ? new HandLimit(last.Kind switch { TransferOfPhase.SecondaryToPost16 => "phaseTransferPost16", TransferOfPhase.BetweenPost16 => "post16Move", _ => "phaseTransferOther" }, due, "") { From = due }
            : null;

    internal static DateOnly DueOf(ToldTransfer transfer) => transfer.Kind switch
    {
        TransferOfPhase.SecondaryToPost16 => new DateOnly(transfer.On.Year, 3, 30),
        TransferOfPhase.BetweenPost16 => transfer.On.AddMonths(-5),
        _ => new DateOnly(transfer.On.Year, 2, 14),
    };

    /// <summary>The day on which the last of the family and the institution was sent the plan that names the place of the last transfer.</summary>
    internal static DateOnly? SentOn(Retelling story) => story.Life.Transfers is [.., var last] ? SentOn(story, last) : null;

    internal static DateOnly? SentOn(Retelling story, ToldTransfer transfer)
    {
        var told = story.Notices.Values.Where(n => n.Kind == NoticeKind.AmendedPlan && n.PlanVersion == transfer.Version && n.To is RecipientRole.Family or RecipientRole.NamedInstitution).ToList();
        return transfer.Version is not null && told.Count > 0 && told.TrueForAll(n => n.SentOn is not null) ? told.Max(n => n.SentOn) : null;
    }

    /// <summary>The state tells the same; whoever was to be consulted was, by letter; the place was one of them; and what was missed is on record.</summary>
    internal static void Check(CaseFile file, Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var (state, transfers) = (file.Loaded.State, story.Life.Transfers);
        holds(
            Invariant.TrailIsWhole,
            state.PhaseTransfers.Count == transfers.Count && transfers.Zip(state.PhaseTransfers).All(both => (both.First.Kind, both.First.On, both.First.Version) == (both.Second.Transfer, both.Second.On, both.Second.Version)),
            "the trail and the state differ in the phase transfers");
        var accepted = file.Ledger.Messages.Values.Count(m => m.Id.StartsWith("transfer-", StringComparison.Ordinal) && m.Accepted == true);
        holds(Invariant.EveryTransferHasItsPlace, transfers.Count == accepted, FormattableString.Invariant($"{accepted} transfers were recorded, the trail has {transfers.Count}"));
        foreach (var transfer in transfers.Where(one => one.Kind != TransferOfPhase.Stays))
        {
            var year = FormattableString.Invariant($"the transfer of {transfer.On.Year}");
            holds(
                Invariant.EveryTransferHasItsPlace,
                transfer.Version is null || (transfer.Named is { } named && transfer.Consulted.Contains(named) && transfer.Consulted.Distinct().Count() >= Conduct.Transferring.Consulted),
                $"{year} has a place that was not consulted, or too few were");
            holds(
                Invariant.EveryTransferHasItsPlace,
                transfer.Version is null || SentOn(story, transfer) is not null,
                $"the plan that names the place after {year} was not sent to all");

            // A transfer that was taken up before its day, of a plan that was there, is placed in time or its miss is on record.
            var due = DueOf(transfer);
            var over = story.Life.CeasedOn ?? story.Life.HandedOn ?? Population.Calendar.Day(file.Now);
            holds(
                Invariant.EveryTransferHasItsPlace,
                over <= due || due < (story.Life.Taken?.IssuedOn ?? story.SentToFamily(NoticeKind.FinalPlan)) || SentOn(story, transfer) <= due || story.MissedLimits.Any(m => m.Due == due && m.Limit is "phaseTransferPost16" or "phaseTransferOther" or "post16Move"),
                $"{year} was not placed in time, and no miss is on record");
        }

        var (life, letters) = (story.Life, story.Notices.Values.Count(n => n is { Kind: NoticeKind.InstitutionConsulted, SentOn: not null }));
        var meant = Conduct.Transferring.Consulted * file.Ledger.Messages.Values.Count(m => m.Id.StartsWith("consultall-", StringComparison.Ordinal) && m.Accepted == true);
        holds(
            Invariant.EveryTransferHasItsPlace,
            life.Consulted == letters && life.ConsultedOnAmendments == meant,
            FormattableString.Invariant($"{meant} institutions were to be consulted on amendments, {life.ConsultedOnAmendments} were; of {life.Consulted} consulted in all {letters} had a letter"));
    }
}
