using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>Why something was refused for reasons other than its form.</summary>
public enum RefusalReason
{
    /// <summary>The caller is unknown.</summary>
    UnknownCaller,

    /// <summary>The caller may only read.</summary>
    ReadOnly,

    /// <summary>It refers to something that does not exist or belongs to another body; the answer does not say which.</summary>
    NotVisible,

    /// <summary>The advice is about another patient than the Task.</summary>
    WrongPatient,

    /// <summary>A field that only the council sets was changed.</summary>
    NotYours,

    /// <summary>The step is not allowed next.</summary>
    IllegalStep,

    /// <summary>The assessment does not accept it.</summary>
    RefusedByAssessment,

    /// <summary>This caller's storage quota is used up.</summary>
    TooMuchStored,

    /// <summary>It contains malware.</summary>
    Malware,
}

/// <summary>Counts and logs refusals. Neither contains personal data: only the reason, the type of resource and the caller's key.</summary>
public sealed partial class Refusals : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "IntegrationHub.Nhs";

    private readonly Meter meter;
    private readonly Counter<long> counter;
    private readonly ILogger<Refusals> logger;

    /// <summary>One for the process.</summary>
    public Refusals(ILogger<Refusals> logger, IMeterFactory? meters = null)
    {
        this.logger = logger;
        meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        counter = meter.CreateCounter<long>("nhs.fhir.refusals", "{refusal}", "Requests refused for access or for a rule of the exchange, by reason and resource type.");
    }

    /// <summary>Shows how much each caller has stored, as a share of its quota.</summary>
    internal void Show(Func<IEnumerable<Measurement<double>>> shares) =>
        meter.CreateObservableGauge("nhs.fhir.stored.share", shares, "1", "How much one caller has stored, as a share of its quota; at 1 the next write is refused.");

    /// <summary>Records one refusal.</summary>
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
