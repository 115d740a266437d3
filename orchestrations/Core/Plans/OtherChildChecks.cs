using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>
/// Another child's name or identifier in any text: the mark of a plan written over another one, and a data breach once it is sent.
/// No finding repeats the words.
/// </summary>
internal static partial class OtherChildChecks
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    internal static void Check(PlanDocument plan, PlanCheckContext context, List<PlanFinding> found)
    {
        // A brother named in the plan may share a name with the child or with an author; then the name tells nothing.
        var known = plan.Sections.SelectMany(s => s.Lines).Select(line => line.From.Author).Append($"{plan.Child.GivenName} {plan.Child.FamilyName}").Append(plan.PreparedBy)
            .SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = context.OtherChildren.Where(o => !IsSame(o, plan) && HasName(o)).Select(o => (
            Full: Any([$"{o.GivenName} {o.FamilyName}", $"{o.FamilyName} {o.GivenName}", $"{o.FamilyName}, {o.GivenName}", .. o.Identifiers], RegexOptions.IgnoreCase),
            Given: known.Contains(o.GivenName) ? null : Any([o.GivenName], RegexOptions.None))).ToList();

        foreach (var section in plan.Sections)
        {
            foreach (var line in section.Lines)
            {
                var texts = new[] { line.Text, line.Who, line.HowOften, line.HowLong, line.Note, line.Attachment?.FileName }.OfType<string>().ToList();
                if (texts.Exists(text => others.Exists(o => o.Full.IsMatch(text))))
                {
                    found.Add(new(section.Letter, line.Id, Codes.OtherChild, "The line names a child of another case.", FindingSeverity.Blocking));
                }
                else if (texts.Exists(text => others.Exists(o => o.Given?.IsMatch(text) == true)))
                {
                    found.Add(new(section.Letter, line.Id, Codes.OtherChildPerhaps, "The line holds the given name of a child of another case; make sure that this child is meant.", FindingSeverity.Warning));
                }

                if (texts.Exists(text => HasForeignIdentifier(text, plan)))
                {
                    found.Add(new(section.Letter, line.Id, Codes.OtherIdentifier, "The line holds an NHS number or a pupil number that is not this child's.", FindingSeverity.Blocking));
                }
            }
        }
    }

    // Two spaces, a full-width space or a line break between the names are still the name.
    private static Regex Any(IEnumerable<string> names, RegexOptions options) => new(
        @"(?<![\p{L}\p{N}])(?:"
        + string.Join('|', names.Where(n => n.Trim().Length > 1).Select(n => string.Join(@"\s+", n.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape))))
        + @")(?![\p{L}\p{N}])",
        options | RegexOptions.CultureInvariant,
        Limit);

    private static bool IsSame(OtherChild other, PlanDocument plan) =>
        string.Equals(other.GivenName, plan.Child.GivenName, StringComparison.OrdinalIgnoreCase)
        && string.Equals(other.FamilyName, plan.Child.FamilyName, StringComparison.OrdinalIgnoreCase);

    private static bool HasName(OtherChild other) => other.GivenName.Trim().Length > 1 && other.FamilyName.Trim().Length > 1;

    private static bool HasForeignIdentifier(string text, PlanDocument plan) =>
        NhsShape().Matches(text).Any(m => NhsNumber.TryParse(m.Value, out var nhs, out _) && nhs != plan.Child.NhsNumber)
        || UpnShape().Matches(text).Any(m => Upn.TryParse(m.Value, out var upn, out _) && upn != plan.Child.Upn);

    // The check digit keeps telephone numbers out: one in eleven would pass, so a finding may still need a look.
    [GeneratedRegex(@"(?<![\p{L}\d])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\p{L}\d])")]
    private static partial Regex NhsShape();

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Za-z]\d{11}[\dA-Za-z](?![\p{L}\d])")]
    private static partial Regex UpnShape();
}
