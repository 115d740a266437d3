using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.AccessLog;

/// <summary>
/// The record of who opened what in which case. The record is stored permanently with the cases and is separate from ordinary logs. An
/// entry is written before its page is shown; if the entry cannot be written, nothing is shown. Safe for concurrent use.
/// </summary>
public interface IAccessLog
{
    /// <summary>Writes entries; all of them are durable when this method returns.</summary>
    ValueTask WriteAsync(IReadOnlyList<CaseReading> readings, CancellationToken cancellationToken);

    /// <summary>The log's entries about a case, newest first.</summary>
    /// <param name="case">The case.</param>
    /// <param name="skip">Number of newest entries to skip.</param>
    /// <param name="most">Largest number of entries returned.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    ValueTask<IReadOnlyList<CaseReading>> EntriesAsync(AssessmentId @case, int skip, int most, CancellationToken cancellationToken);
}

/// <summary>One access to one case's personal data.</summary>
/// <param name="Case">The case.</param>
/// <param name="At">Time of access, in UTC.</param>
/// <param name="By">Stable id of the person whose access is recorded.</param>
/// <param name="Roles">The roles of that person.</param>
/// <param name="What">What was shown, for example <c>advice</c> or <c>search</c>.</param>
public sealed record CaseReading(AssessmentId Case, DateTimeOffset At, string By, string Roles, string What);
