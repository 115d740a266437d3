using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.PersonalData;

/// <summary>Applies a council's retention rules on a stopped hub: makes the list, and erases the cases on a confirmed list.</summary>
/// <param name="Data">The data directory.</param>
/// <param name="Council">The council whose cases are listed.</param>
/// <param name="Today">The date for which the list is made.</param>
/// <param name="AllHeld">Whether the setting <c>Documents:LegalHold</c> prevents the erasure of every case.</param>
internal sealed record RetentionWork(string Data, LocalAuthorityCode Council, DateOnly Today, bool AllHeld)
{
    private string StorePath => Path.Combine(Data, LocalHub.StoreFile);

    /// <summary>Lists the cases that are due for erasure under the council's rules. If a child is given, lists all cases of this child
    /// instead, because somebody requested their erasure.</summary>
    internal async Task<RetentionList> ListAsync(DataSubject? child, CancellationToken cancellationToken)
    {
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = StorePath });
        var (journal, law, retention) = (PersonalDataJournal.Open(Data), Law(), RetentionRules.Read(Data).Of(Council) ?? new CouncilRetention(Council, []));
        var rows = new List<RetentionRow>();
        var waiting = await WaitingMail.ReadAsync(Data, Council, cancellationToken);
        foreach (var id in (await AssessmentMover.AllAsync(store, cancellationToken)).Where(id => id.Council == Council))
        {
            var state = await store.ReadAsync(id, cancellationToken);
            var row = child is null ? RetentionList.RowOf(state, retention, law.For(id), journal.HoldReason(id.Value), Today)
                : state.Facts is { } facts && child.Is(facts.Child) ? RetentionList.Requested(state, law.For(id), journal.HoldReason(id.Value), Today)
                : null;
            if (row is not null)
            {
                row = row with { HeldBy = [.. row.HeldBy, .. waiting.About(state)] };
                rows.Add(AllHeld ? row with { HeldBy = ["the setting Documents:LegalHold prevents the erasure of every case", .. row.HeldBy] } : row);
            }
        }

        return new RetentionList(Council, rows);
    }

    /// <summary>Erases the cases on a list that a named person has confirmed, except cases for which there is a reason not to erase
    /// them.</summary>
    /// <param name="list">The confirmed list of cases.</param>
    /// <param name="by">Who confirmed the list.</param>
    /// <param name="reason">Why the cases are erased.</param>
    /// <param name="stores">The stores to erase from. Only tests leave out a store.</param>
    /// <param name="cancellationToken">Stops the erasure; call <see cref="RepeatAsync"/> to finish it.</param>
    /// <returns>The files that still contain data about the people.</returns>
    internal async Task<IReadOnlyList<string>> EraseAsync(RetentionList list, string by, string reason, IReadOnlyList<ErasedStore> stores, CancellationToken cancellationToken)
    {
        IReadOnlyList<AssessmentId> cases = [.. list.Erasable.Select(row => row.Case)];
        var readingsToo = RetentionRules.Read(Data).Of(Council)?.ReadingsOfErasedCases == ErasedReadings.Erase;
        var marks = await NoteAsync(list, cases, by, reason, readingsToo, cancellationToken);
        return await new CaseErasure(Data, marks, readingsToo).RunAsync(cases, stores, cancellationToken);
    }

    /// <summary>Erases again any data of erased cases that is found after a backup was restored or an erasure was interrupted.</summary>
    /// <returns>The number of erased cases of which data were found again, and the files that still contain data about the people.</returns>
    internal async Task<(int Again, IReadOnlyList<string> Left)> RepeatAsync(CancellationToken cancellationToken)
    {
        var acts = PersonalDataJournal.Open(Data).Acts.Where(act => act.Kind == PersonalDataActionKind.Erased && act.Council == Council.Value).ToList();
        var (again, left) = (0, new List<string>());
        foreach (var readingsKept in new[] { true, false })
        {
            IReadOnlyList<AssessmentId> cases = [.. acts.Where(act => act.Erased?.ReadingsKept == readingsKept).SelectMany(act => act.Cases).Select(Parsed)];
            if (cases.Count > 0)
            {
                PersonIdentifiers marks;
                await using (var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = StorePath }))
                {
                    var all = await AssessmentMover.AllAsync(store, cancellationToken);
                    again += all.Intersect(cases).Count();
                    marks = await PersonIdentifiers.OfAsync(store, all, cases.ToHashSet(), cancellationToken);
                }

                left.AddRange(await new CaseErasure(Data, marks, !readingsKept).RunAsync(cases, Enum.GetValues<ErasedStore>(), cancellationToken));
            }
        }

        return (again, left);
    }

    /// <summary>Before anything is erased, records the facts about each case that are kept after the case is erased.</summary>
    private async Task<PersonIdentifiers> NoteAsync(RetentionList list, IReadOnlyList<AssessmentId> cases, string by, string reason, bool readingsToo, CancellationToken cancellationToken)
    {
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = StorePath });
        var marks = await PersonIdentifiers.OfAsync(store, await AssessmentMover.AllAsync(store, cancellationToken), cases.ToHashSet(), cancellationToken);
        var plans = new PlanStore(new FolderDocuments(Directory.CreateDirectory(Path.Combine(Data, LocalHub.Documents)).FullName, new KeepingRules(), TimeProvider.System), TimeProvider.System);
        var journal = PersonalDataJournal.Open(Data);

        // All cases are read before the journal is written to, because a recorded erasure must not stop halfway if a case cannot be
        // read.
        var acts = new List<PersonalDataAction>();
        foreach (var row in list.Erasable)
        {
            if ((await store.ReadAsync(row.Case, cancellationToken)).Version != row.Version || journal.HoldReason(row.Case.Value) is not null)
            {
                throw new IOException($"{row.Case} has changed since the list was made, so nothing was erased. Run retention list again and check the new list.");
            }

            var chain = await plans.ListAsync(row.Case, cancellationToken);
            if (!chain.Succeeded)
            {
                throw new IOException($"{chain.Reason} Run check first, because the record of an erased case must be correct.");
            }

            acts.Add(new PersonalDataAction
            {
                At = TimeProvider.System.GetUtcNow(),
                Kind = PersonalDataActionKind.Erased,
                By = by,
                Reason = reason,
                Council = Council.Value,
                Cases = [row.Case.Value],
                Rule = row.Rule,
                List = list.Fingerprint,
                Erased = new ErasedCase(
                    row.Version, (await AssessmentMover.ReadAsync(store, row.Case, cancellationToken)).Digest(), !readingsToo, chain.Value.Head is { Length: > 0 } head ? head : null),
            });
        }

        acts.ForEach(act => journal.Add(act));
        return marks;
    }

    private RuleBook Law() => new(CouncilsFile.Read(Data), RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);

    private static AssessmentId Parsed(string text) => AssessmentId.TryParse(text, out var id, out var problem) ? id : throw new InvalidDataException(problem);
}
