using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>The reasons for refusing a request whose format is valid.</summary>
public enum RefusalReason
{
    /// <summary>The caller is unknown.</summary>
    UnknownCaller,

    /// <summary>The caller tried to write but is only allowed to read.</summary>
    ReadOnly,

    /// <summary>
    /// The request refers to something that does not exist or belongs to another body. The response does not reveal which of these is the
    /// reason.
    /// </summary>
    NotVisible,

    /// <summary>The advice and the Task are about different patients.</summary>
    WrongPatient,

    /// <summary>The request changes a field that only the council sets.</summary>
    NotYours,

    /// <summary>The change to the Task is never allowed, or not at the Task's present status.</summary>
    IllegalStep,

    /// <summary>The assessment does not accept the change.</summary>
    RefusedByAssessment,

    /// <summary>The caller's storage quota is used up.</summary>
    TooMuchStored,

    /// <summary>The content contains malware.</summary>
    Malware,
}

/// <summary>
/// Counts and logs refusals. The counts and log entries contain no personal data, only the reason, the type of resource and the caller's
/// key.
/// </summary>
public sealed partial class Refusals : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "IntegrationHub.Nhs";

    private readonly Meter meter;
    private readonly Counter<long> counter;
    private readonly ILogger<Refusals> logger;

    /// <summary>Creates the only instance of this class in the process.</summary>
    public Refusals(ILogger<Refusals> logger, IMeterFactory? meters = null)
    {
        this.logger = logger;
        meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        counter = meter.CreateCounter<long>("nhs.fhir.refusals", "{refusal}", "Requests refused because of access rules or rules of the exchange, by reason and resource type.");
    }

    /// <summary>Publishes how much each caller has stored, as a share of the caller's quota.</summary>
    internal void PublishShares(Func<IEnumerable<Measurement<double>>> shares) =>
        meter.CreateObservableGauge("nhs.fhir.stored.share", shares, "1", "Storage used by one caller, as a share of the caller's quota; at 1 the next write is refused.");

    /// <summary>Counts and logs one refusal.</summary>
    public void Note(RefusalReason reason, string resourceType, string caller)
    {
        counter.Add(1, new("reason", reason.ToString()), new("resource.type", resourceType));
        Refused(logger, reason, resourceType, caller);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    [LoggerMessage(1, LogLevel.Warning, "FHIR request refused: {Reason}, {ResourceType}, by {Caller}")]
    private static partial void Refused(ILogger logger, RefusalReason reason, string resourceType, string caller);
}
