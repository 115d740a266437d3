using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>A pushed assessment that waits for an officer's decision, with the data that this officer is allowed to see.</summary>
/// <param name="Id">The id under which the pushed assessment is held.</param>
/// <param name="From">The agency that sent the pushed assessment.</param>
/// <param name="Kind">The kind of advice that the pushed assessment could be used as.</param>
/// <param name="CompletedOn">The day on which the pushed assessment was completed, according to the sender.</param>
/// <param name="Documents">The number of documents that came with the pushed assessment.</param>
/// <param name="HeldUntil">When the pushed assessment is deleted if nobody attaches it, in UTC.</param>
/// <param name="Candidates">The assessments to which the pushed assessment may belong and that this officer is allowed to see; at least
/// one.</param>
/// <param name="Child">The child's details as given by the sender; for case officers only.</param>
public sealed record PushedView(
    string Id, AgencyId From, AdviceKind Kind, DateOnly CompletedOn, int Documents, DateTimeOffset HeldUntil, IReadOnlyList<PushedCandidate> Candidates, Child? Child);

/// <summary>A case to which an assessment that an agency sent unasked may belong.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="Stage">The stage of the assessment.</param>
/// <param name="ReceivedOn">The day on which the request for the assessment was received.</param>
/// <param name="Comparison">The details of the child that agree, and those that do not.</param>
public sealed record PushedCandidate(AssessmentId Assessment, Stage Stage, DateOnly ReceivedOn, ChildComparison Comparison);

/// <summary>Attaches an assessment that an agency sent unasked to a case.</summary>
/// <param name="Assessment">The assessment to which the pushed assessment is attached.</param>
/// <param name="Reason">Why the pushed assessment belongs to that case; recorded permanently.</param>
public sealed record AttachPushed(AssessmentId Assessment, string Reason);

/// <summary>Records that a pushed assessment belongs to none of the assessments that the caller is allowed to see.</summary>
/// <param name="Reason">Why the pushed assessment belongs to none of these cases; recorded permanently.</param>
public sealed record DismissPushed(string Reason);

/// <summary>The decision on a pushed assessment.</summary>
/// <param name="Id">The id under which the pushed assessment was held.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Assessments">The cases in which the decision is recorded.</param>
public sealed record PushedAnswer(string Id, UnsolicitedOutcome Outcome, IReadOnlyList<AssessmentId> Assessments);

/// <summary>Reads and writes the records in this file as JSON, as strictly as the council's API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters =
    [
        typeof(CamelCaseEnum<AdviceKind>), typeof(CamelCaseEnum<Stage>), typeof(CamelCaseEnum<Agreement>), typeof(CamelCaseEnum<UnsolicitedOutcome>),
        typeof(CamelCaseEnum<NhsNumberStatus>),
    ])]
[JsonSerializable(typeof(IReadOnlyList<PushedView>))]
[JsonSerializable(typeof(PushedView))]
[JsonSerializable(typeof(AttachPushed))]
[JsonSerializable(typeof(DismissPushed))]
[JsonSerializable(typeof(PushedAnswer))]
public sealed partial class PushedJson : JsonSerializerContext;
