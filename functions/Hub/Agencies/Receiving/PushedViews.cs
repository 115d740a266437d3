using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>A pushed assessment that waits for a person, with what this person may see of it.</summary>
/// <param name="Id">The id under which it is held.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Kind">What kind of advice it could be.</param>
/// <param name="CompletedOn">Day it was completed, as the sender says.</param>
/// <param name="Documents">How many documents came with it.</param>
/// <param name="HeldUntil">When it is deleted if nobody attaches it, UTC.</param>
/// <param name="Candidates">The assessments to which it may belong and that this person may see; at least one.</param>
/// <param name="Child">The child as the sender knows it; for case officers only.</param>
public sealed record PushedView(
    string Id, AgencyId From, AdviceKind Kind, DateOnly CompletedOn, int Documents, DateTimeOffset HeldUntil, IReadOnlyList<PushedCandidate> Candidates, Child? Child);

/// <summary>An assessment to which a pushed one may belong.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="ReceivedOn">Day its request was received.</param>
/// <param name="Comparison">Which details agree and which do not.</param>
public sealed record PushedCandidate(AssessmentId Assessment, Stage Stage, DateOnly ReceivedOn, ChildComparison Comparison);

/// <summary>Attach a pushed assessment.</summary>
/// <param name="Assessment">To which assessment.</param>
/// <param name="Reason">Why it belongs there; stays on record.</param>
public sealed record AttachPushed(AssessmentId Assessment, string Reason);

/// <summary>Dismiss a pushed assessment from every assessment that the caller may see.</summary>
/// <param name="Reason">Why it belongs to none of them; stays on record.</param>
public sealed record DismissPushed(string Reason);

/// <summary>What was decided on a pushed assessment.</summary>
/// <param name="Id">The id under which it was held.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Assessments">The cases in which the decision is recorded.</param>
public sealed record PushedAnswer(string Id, PushedOutcome Outcome, IReadOnlyList<AssessmentId> Assessments);

/// <summary>How these are written and read as JSON: strictly, as in the council's API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters =
    [
        typeof(CamelCaseEnum<AdviceKind>), typeof(CamelCaseEnum<Stage>), typeof(CamelCaseEnum<Agreement>), typeof(CamelCaseEnum<PushedOutcome>),
        typeof(CamelCaseEnum<NhsNumberStatus>),
    ])]
[JsonSerializable(typeof(IReadOnlyList<PushedView>))]
[JsonSerializable(typeof(PushedView))]
[JsonSerializable(typeof(AttachPushed))]
[JsonSerializable(typeof(DismissPushed))]
[JsonSerializable(typeof(PushedAnswer))]
public sealed partial class PushedJson : JsonSerializerContext;
