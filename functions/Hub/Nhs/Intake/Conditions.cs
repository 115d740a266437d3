using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.AspNetCore.WebUtilities;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>
/// Checks the conditions of a submission: If-None-Exist, conditional references, and the rule that the order of its entries does not
/// matter. Source: FHIR R4 http.html#trules.
/// </summary>
internal sealed class Conditions(IFhirResourceReader store)
{
    /// <summary>Checks whether a resource that a conditional creation would create already exists.</summary>
    internal async Task NoneExistsAsync(IntakeRound round, IntakeRound.Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Proposal.IfNoneExist is not { } condition)
        {
            return;
        }

        var search = SearchRequest.Parse(entry.Proposal.Type, Query(condition), strict: true);
        if (search.Value is not { Query.All.Count: > 0 } request)
        {
            round.Problems.Add(FhirIntake.Below(entry, new FhirProblem("If-None-Exist", "this search is not supported.", OperationOutcome.IssueType.Value) { Status = 400 }));
            return;
        }

        entry.NoneExist = request.Query with { Reader = round.Caller.Key, Count = 2 };
        var page = await store.SearchAsync(entry.NoneExist, cancellationToken);
        if (page.Total > 1)
        {
            round.Problems.Add(FhirIntake.Below(entry, new FhirProblem("If-None-Exist", "more than one resource matches.", OperationOutcome.IssueType.MultipleMatches) { Status = 412 }));
        }

        entry.Existing = page.Items.Count == 1 ? page.Items[0] : null;
    }

    /// <summary>
    /// Resolves conditional references. A reference such as <c>Patient?identifier=...</c> refers to the single matching resource that the
    /// caller can see.
    /// </summary>
    internal async Task ReferencesAsync(IntakeRound round, IntakeRound.Entry entry, Resource resource, Dictionary<string, string> known, CancellationToken cancellationToken)
    {
        foreach (var text in Intake.References.In(resource).Select(reference => reference.Text).Where(IsConditional).Distinct().ToList())
        {
            var mark = text.IndexOf('?', StringComparison.Ordinal);
            var search = SearchRequest.Parse(text[..mark], Query(text[(mark + 1)..]), strict: true);
            var found = search.Value is { Query.All.Count: > 0 } request ? await round.View!.SearchAsync(store, request.Query with { Count = 2 }, cancellationToken) : null;
            if (found is { Items.Count: 1, Next: null })
            {
                known[text] = found.Items[0].Reference;
            }
            else
            {
                round.Refuse(RefusalReason.NotVisible, resource.TypeName, FhirIntake.Below(entry, new FhirProblem(resource.TypeName, "a conditional reference must match exactly one resource.", OperationOutcome.IssueType.NotFound) { Status = 412 }));
            }
        }
    }

    /// <summary>
    /// A problem if two entries write the same resource, or if an entry writes a resource that a conditional creation has found; otherwise
    /// null.
    /// </summary>
    internal static FhirProblem? SameResource(IntakeRound round)
    {
        var targets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in round.Entries.OrderBy(entry => entry.Existing is null ? 0 : 1))
        {
            var target = entry.Existing?.Reference ?? $"{entry.Proposal.Type}/{entry.Proposal.Id}";
            var isTwice = entry.Existing is null ? !targets.Add(target) : targets.Contains(target);
            if (isTwice)
            {
                return Twice(entry, "two entries must not write the same resource.");
            }
        }

        return null;
    }

    /// <summary>
    /// The problems with conditional creations that repeat another entry of the submission, or whose condition another entry already meets.
    /// </summary>
    internal static IEnumerable<FhirProblem> MadeTwice(IntakeRound round)
    {
        var conditions = new HashSet<(string, string)>();
        foreach (var entry in round.Entries.Where(entry => entry is { NoneExist: not null, Existing: null }))
        {
            var others = round.Entries.Where(other => other != entry && other.After is not null && other.Proposal.Type == entry.Proposal.Type);
            if (!conditions.Add((entry.Proposal.Type, Plain(entry.Proposal.IfNoneExist!))) || others.Any(other => ResourceMatching.Matches(entry.NoneExist!, Indexing.Of(other.After!))))
            {
                yield return Twice(entry, "another entry creates the resource that must not exist; send the resource in one entry only and refer to its fullUrl.");
            }
        }
    }

    private static FhirProblem Twice(IntakeRound.Entry entry, string reason) =>
        new(entry.Proposal.At.Length == 0 ? "Bundle.entry" : entry.Proposal.At, reason, OperationOutcome.IssueType.Duplicate) { Status = 400 };

    private static bool IsConditional(string text)
    {
        var (mark, colon) = (text.IndexOf('?', StringComparison.Ordinal), text.IndexOf(':', StringComparison.Ordinal));
        return mark > 0 && (colon < 0 || mark < colon);
    }

    private static string Plain(string condition) =>
        string.Join('&', Query(condition).Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));

    private static IEnumerable<KeyValuePair<string, string>> Query(string text) =>
        QueryHelpers.ParseQuery(text).SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string>(pair.Key, value ?? "")));
}
