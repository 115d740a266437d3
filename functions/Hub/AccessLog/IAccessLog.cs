using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.AccessLog;

/// <summary>
/// Who read what of which case. Kept for ever, beside the cases and separate from ordinary logs. A reading is written before its page is shown;
/// where it cannot be written, nothing is shown. Safe for concurrent use.
/// </summary>
public interface IAccessLog
{
    /// <summary>Writes readings; all of them are durable when this returns.</summary>
    ValueTask WriteAsync(IReadOnlyList<CaseReading> readings, CancellationToken cancellationToken);

    /// <summary>Readings of a case, newest first.</summary>
    /// <param name="case">The case.</param>
    /// <param name="skip">How many of the newest are left out.</param>
    /// <param name="most">The largest number returned.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    ValueTask<IReadOnlyList<CaseReading>> OfAsync(AssessmentId @case, int skip, int most, CancellationToken cancellationToken);
}

/// <summary>One reading of one case's personal data.</summary>
/// <param name="Case">The case.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">The reader's stable id.</param>
/// <param name="Roles">In which roles.</param>
/// <param name="What">What was shown: <c>advice</c>, <c>search</c>.</param>
public sealed record CaseReading(AssessmentId Case, DateTimeOffset At, string By, string Roles, string What);
