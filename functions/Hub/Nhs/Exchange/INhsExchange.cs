using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Identifiers;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>A body moved one of its Tasks.</summary>
public sealed record TaskChange
{
    /// <summary><c>Task/id/_history/version</c>: the same change always has the same id, so a repeat can be dropped.</summary>
    public required string Id { get; init; }

    /// <summary>The request behind the Task.</summary>
    public required string RequestId { get; init; }

    /// <summary>The assessment behind it.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The Task as it is now.</summary>
    public required FhirTask Task { get; init; }

    /// <summary>Status before.</summary>
    public required FhirTask.TaskStatus From { get; init; }

    /// <summary>Status now; the same as before when only a note or a business status changed.</summary>
    public required FhirTask.TaskStatus To { get; init; }

    /// <summary>Why, where the body said so: the words of statusReason.</summary>
    public string? Reason { get; init; }

    /// <summary>What it says beside the move: a pause, an exception, notes.</summary>
    public IReadOnlyList<TaskSaying> Said { get; init; } = [];

    /// <summary>What the body says with a nil return (the child is not known to it); null when it made none.</summary>
    public string? NilReturn { get; init; }

    /// <summary>The advice, when the Task was completed with one, or its correction.</summary>
    public AdviceContent? Advice { get; init; }

    /// <summary>The body puts right what it handed in before; without <see cref="Advice"/> it takes it back.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Why the output of the completed Task cannot be read any more; null when it can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Documents of the advice with their bytes; whoever takes the advice in puts them into the document store.</summary>
    public IReadOnlyList<AdviceDocument> Documents { get; init; } = [];

    /// <summary>Key of the body that did it.</summary>
    public required string Who { get; init; }

    /// <summary>When the hub took it, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Whether the assessment would take a change.</summary>
/// <param name="Refusal">Null when it would; otherwise why not, in words for the body that sent it.</param>
public sealed record ExchangeJudgement(string? Refusal)
{
    /// <summary>It would.</summary>
    public static ExchangeJudgement Accepted { get; } = new((string?)null);
}

/// <summary>What a body did in its own system, and the hub found there and could not take in.</summary>
/// <param name="Id">The same trouble always has the same id, so a repeat can be dropped.</param>
/// <param name="Assessment">The assessment.</param>
/// <param name="RequestId">The name of the request, as in <see cref="TaskChange.RequestId"/>.</param>
/// <param name="Detail">What stands in the way, without personal data.</param>
public sealed record AnswerNotTaken(string Id, AssessmentId Assessment, string RequestId, string Detail);

/// <summary>What the hub does with a body's change. Wired to the assessments in one place.</summary>
public interface INhsExchange
{
    /// <summary>Asked before the change is written. Has no effect.</summary>
    ValueTask<ExchangeJudgement> Judge(TaskChange change, CancellationToken cancel);

    /// <summary>
    /// Told after the change is durable, at least once: it must be in the assessment's inbox, once per <see cref="TaskChange.Id"/>,
    /// when this ends. When it throws, it is told again later.
    /// </summary>
    ValueTask Deliver(TaskChange change, CancellationToken cancel);

    /// <summary>Puts before a person what could not be taken in and cannot be told to the body. In the inbox, once per <see cref="AnswerNotTaken.Id"/>, when this ends.</summary>
    ValueTask NotTaken(AnswerNotTaken what, CancellationToken cancel);
}
