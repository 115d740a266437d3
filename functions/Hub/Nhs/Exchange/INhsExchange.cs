using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Identifiers;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>A change that a body made to one of its Tasks.</summary>
public sealed record TaskChange
{
    /// <summary>Id of the change, <c>Task/id/_history/version</c>. A change that is delivered again has the same id, so that the
    /// repeat can be dropped.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the request that the Task is for.</summary>
    public required string RequestId { get; init; }

    /// <summary>The assessment that the Task belongs to.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The Task after the change.</summary>
    public required FhirTask Task { get; init; }

    /// <summary>Status of the Task before the change.</summary>
    public required FhirTask.TaskStatus From { get; init; }

    /// <summary>Status of the Task after the change; unchanged if only a note or a business status changed.</summary>
    public required FhirTask.TaskStatus To { get; init; }

    /// <summary>The body's reason, if any: the text of statusReason.</summary>
    public string? Reason { get; init; }

    /// <summary>The body's further remarks: a pause, an exception or notes.</summary>
    public IReadOnlyList<TaskRemark> Said { get; init; } = [];

    /// <summary>The body's text with a nil return (the body does not know the child), or null if there is no nil return.</summary>
    public string? NilReturn { get; init; }

    /// <summary>The advice, or its correction, if the Task was completed with advice.</summary>
    public AdviceContent? Advice { get; init; }

    /// <summary>
    /// Whether the body corrects its earlier advice. If <see cref="Advice"/> is null, the body withdraws its earlier advice.
    /// </summary>
    public bool IsCorrection { get; init; }

    /// <summary>Why the output of the completed Task can no longer be read, or null if it can be read.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Documents of the advice with their bytes. The receiver of the advice puts these documents into the document store.</summary>
    public IReadOnlyList<AdviceDocument> Documents { get; init; } = [];

    /// <summary>The key that identifies the body that made the change.</summary>
    public required string Who { get; init; }

    /// <summary>Time at which the hub accepted the change, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Whether the assessment would accept a change.</summary>
/// <param name="Refusal">Null if the assessment would accept the change; otherwise the reason, as the body that sent the change will read
/// it.</param>
public sealed record ExchangeCheck(string? Refusal)
{
    /// <summary>The result if the assessment would accept the change.</summary>
    public static ExchangeCheck Accepted { get; } = new((string?)null);
}

/// <summary>A change in a body's own system that the hub found but could not accept, or content at the hub that the body has left
/// unfinished.</summary>
/// <param name="Id">Id of the problem. A problem that is reported again has the same id, so that the repeat can be dropped.</param>
/// <param name="Assessment">The assessment.</param>
/// <param name="RequestId">Id of the request, as in <see cref="TaskChange.RequestId"/>.</param>
/// <param name="Detail">The reason, without personal data.</param>
public sealed record AnswerNotAccepted(string Id, AssessmentId Assessment, string RequestId, string Detail)
{
    /// <summary>The content that the body has posted without completing its Task (<c>Type/id</c>), or null if an answer could not be
    /// accepted.</summary>
    public string? Posted { get; init; }
}

/// <summary>Passes to the assessments the changes that NHS bodies make to their Tasks. One class of the hub implements this
/// interface.</summary>
public interface INhsExchange
{
    /// <summary>Checks whether the assessment would accept a change, before the change is stored.</summary>
    ValueTask<ExchangeCheck> CheckAsync(TaskChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Tells the assessment of a change to a Task. The method is called at least once after the change has been stored. When the call
    /// returns, the change must be in the assessment's inbox, only once for each <see cref="TaskChange.Id"/>. If the call throws an
    /// exception, it is repeated later.
    /// </summary>
    ValueTask DeliverAsync(TaskChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Passes a change to an officer if it could not be accepted and cannot be reported to the body. When the call returns, the report is
    /// in the assessment's inbox, only once for each <see cref="AnswerNotAccepted.Id"/>.
    /// </summary>
    ValueTask NotAcceptedAsync(AnswerNotAccepted what, CancellationToken cancellationToken);
}
