using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>The versions of a plan that the caller may read.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="Versions">In the order of their making.</param>
public sealed record PlansView(AssessmentId Assessment, IReadOnlyList<PlanVersionView> Versions);

/// <summary>One version.</summary>
/// <param name="Version">1, 2, 3 ...</param>
/// <param name="Kind">Draft or final.</param>
/// <param name="PreparedOn">Day it was put together.</param>
/// <param name="ContentHash">SHA-256 of its canonical JSON, as the audit trail has it.</param>
/// <param name="KeptAt">When it was kept, UTC; absent while it is not, because the store of documents is away.</param>
/// <param name="Hash">Hash of its entry in the manifest, which chains all before it.</param>
/// <param name="Formats">The forms in which it can be read; none while it is not kept.</param>
public sealed record PlanVersionView(int Version, PlanKind Kind, DateOnly PreparedOn, string ContentHash, DateTimeOffset? KeptAt, string? Hash, IReadOnlyList<PlanFormatView> Formats);

/// <summary>One form of a version.</summary>
/// <param name="Format"><c>json</c>, <c>html</c> or <c>docx</c>.</param>
/// <param name="Sha256">Hash of its bytes, hexadecimal.</param>
/// <param name="Size">Bytes.</param>
public sealed record PlanFormatView(string Format, string Sha256, long Size);

/// <summary>What differs between two versions.</summary>
/// <param name="From">The version compared with.</param>
/// <param name="To">The version in which it is different.</param>
/// <param name="Difference">The difference, line by line.</param>
public sealed record PlanDiffView(int From, int To, PlanDiff Difference);

/// <summary>What verifying found.</summary>
/// <param name="Sound">Nothing was changed and nothing is missing.</param>
/// <param name="Checked">Documents whose bytes were read and hashed.</param>
/// <param name="Problems">What is not as it was put there.</param>
/// <param name="Unlisted">Documents that no entry of the manifest names: leftovers of a crash.</param>
/// <param name="Head">The head of the chain.</param>
/// <param name="KnownHead">The head that the audit trail knows; absent before the first version was kept.</param>
public sealed record PlanVerifyView(bool Sound, int Checked, IReadOnlyList<KeepingProblem> Problems, IReadOnlyList<string> Unlisted, string Head, string? KnownHead);

/// <summary>What the checks find in the plan as it would be put together now.</summary>
/// <param name="Step">Before which step.</param>
/// <param name="Refuses">The step would be refused.</param>
/// <param name="Findings">Each with section, line, code, reason and severity.</param>
public sealed record PlanFindingsView(PlanStep Step, bool Refuses, IReadOnlyList<PlanFinding> Findings);

/// <summary>How answers about plans are written: as the council's API writes its own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlansView))]
[JsonSerializable(typeof(PlanDiffView))]
[JsonSerializable(typeof(PlanVerifyView))]
[JsonSerializable(typeof(IReadOnlyList<PlanFindingsView>))]
[JsonSerializable(typeof(AttachmentRef))]
public sealed partial class PlanReadingJson : JsonSerializerContext;
