using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Identifiers;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>A body changed one of its Tasks.</summary>
public sealed record TaskChange
{
    /// <summary><c>Task/id/_history/version</c>: a change always has the same id, so a repeat can be dropped.</summary>
    public required string Id { get; init; }

    /// <summary>The request behind the Task.</summary>
    public required string RequestId { get; init; }

    /// <summary>The assessment behind it.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The Task now.</summary>
    public required FhirTask Task { get; init; }

    /// <summary>Status before.</summary>
    public required FhirTask.TaskStatus From { get; init; }

    /// <summary>Status now; the same as before when only a note or a business status changed.</summary>
    public required FhirTask.TaskStatus To { get; init; }

    /// <summary>The reason, where the body gave one: the text of statusReason.</summary>
    public string? Reason { get; init; }

    /// <summary>What it says in addition: a pause, an exception, notes.</summary>
    public IReadOnlyList<TaskRemark> Said { get; init; } = [];

    /// <summary>The body's words with a nil return (it does not know the child); null when it made none.</summary>
    public string? NilReturn { get; init; }

    /// <summary>The advice, when the Task was completed with one, or its correction.</summary>
    public AdviceContent? Advice { get; init; }

    /// <summary>Whether the body corrects what it sent before; without <see cref="Advice"/> it withdraws it.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Why the output of the completed Task cannot be read any more; null when it can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Documents of the advice with their bytes, which the receiver of the advice puts into the document store.</summary>
    public IReadOnlyList<AdviceDocument> Documents { get; init; } = [];

    /// <summary>Key of the body that did it.</summary>
    public required string Who { get; init; }

    /// <summary>When the hub accepted it, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Whether the assessment would accept a change.</summary>
/// <param name="Refusal">Null when it would; otherwise the reason, in words for the body that sent it.</param>
public sealed record ExchangeJudgement(string? Refusal)
{
    /// <summary>The assessment would accept it.</summary>
    public static ExchangeJudgement Accepted { get; } = new((string?)null);
}

/// <summary>A change in a body's own system that the hub found but could not take in.</summary>
/// <param name="Id">The same problem always has the same id, so a repeat can be dropped.</param>
/// <param name="Assessment">The assessment.</param>
/// <param name="RequestId">The name of the request, as in <see cref="TaskChange.RequestId"/>.</param>
/// <param name="Detail">The reason, without personal data.</param>
public sealed record AnswerNotTaken(string Id, AssessmentId Assessment, string RequestId, string Detail);

/// <summary>Connects a body's changes to the assessments. Connected to the assessments in one place.</summary>
public interface INhsExchange
{
    /// <summary>Asked before the change is written. Has no effect.</summary>
    ValueTask<ExchangeJudgement> JudgeAsync(TaskChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Called after the change is durable, at least once: when this returns, it must be in the assessment's inbox, once per
    /// <see cref="TaskChange.Id"/>. When it throws, it is called again later.
    /// </summary>
    ValueTask DeliverAsync(TaskChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Passes to a person what could not be taken in and cannot be reported to the body. When this returns, it is in the inbox, once per
    /// <see cref="AnswerNotTaken.Id"/>.
    /// </summary>
    ValueTask NotTakenAsync(AnswerNotTaken what, CancellationToken cancellationToken);
}
