using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>One case that an officer has opened.</summary>
/// <param name="State">The state of the case.</param>
/// <param name="Rules">The rules in force for the case.</param>
/// <param name="Today">Today's date in London.</param>
/// <param name="Now">The current time, in UTC.</param>
public sealed record CaseFile(AssessmentState State, Rules Rules, DateOnly Today, DateTimeOffset Now)
{
    /// <summary>The child's name.</summary>
    public string ChildName => $"{State.Facts!.Child.GivenName} {State.Facts.Child.FamilyName}";

    /// <summary>The state of the case, as one line of text.</summary>
    public string Status => StatusLine.Of(State, Today, Rules);

    /// <summary>The address of one of the case's pages.</summary>
    public string Address(string tail = "") => $"/workspace/cases/{State.Id}{tail}";
}

/// <summary>
/// Opens cases for officers; no other code does this. A case is returned only after the officer's permission to see it has been checked and
/// the access has been recorded in the case's access log.
/// </summary>
public sealed class CaseReader(IAssessmentStore store, RuleBook rules, IAccessLog log, TimeProvider time)
{
    /// <summary>Opens a case for reading. The result is null if the case does not exist or this officer is not allowed to see it.</summary>
    /// <param name="officer">The officer who reads.</param>
    /// <param name="id">The case's reference.</param>
    /// <param name="what">A short word for the access log that describes what is shown.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<CaseFile?> OpenAsync(Officer officer, string id, string what, CancellationToken cancellationToken)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council) || !officer.MaySee(assessment))
        {
            return null;
        }

        return (await OpenAsync(officer, [assessment], what, cancellationToken)).FirstOrDefault();
    }

    /// <summary>Opens the cases in a list, leaving out cases that the officer is not allowed to see.</summary>
    public async ValueTask<IReadOnlyList<CaseFile>> OpenAsync(Officer officer, IEnumerable<AssessmentId> ids, string what, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var files = new List<CaseFile>();
        foreach (var id in ids.Where(id => officer.MaySee(id) && rules.Serves(id.Council)))
        {
            var state = (await store.LoadAsync(id, cancellationToken)).State;
            if (state.Facts is not null && state.IsOpenTo(officer.Subject))
            {
                files.Add(new CaseFile(state, rules.For(id), LondonDate.Of(now), now));
            }
        }

        await log.WriteAsync([.. files.Select(file => new CaseReading(file.State.Id, now, officer.Subject, officer.RoleNames, what))], cancellationToken);
        return files;
    }

    /// <summary>
    /// Whether the officer is allowed to see every one of several cases. If the officer is allowed to see all the cases, the access is
    /// logged and the cases can be shown; otherwise nothing is logged. The cases themselves do not stay in memory.
    /// </summary>
    public async ValueTask<bool> OpenAllAsync(Officer officer, IEnumerable<AssessmentId> ids, string what, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var readings = new List<CaseReading>();
        foreach (var id in ids)
        {
            var state = store is IUncachedReader passing ? await passing.ReadAsync(id, cancellationToken) : (await store.LoadAsync(id, cancellationToken)).State;
            if (!officer.MaySee(id) || !rules.Serves(id.Council) || !state.IsOpenTo(officer.Subject))
            {
                return false;
            }

            readings.Add(new(id, now, officer.Subject, officer.RoleNames, what));
        }

        await log.WriteAsync(readings, cancellationToken);
        return true;
    }
}
