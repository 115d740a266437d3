using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Restrict the case to named people at the council, for instance for a colleague's child or a threatened family. Send this step again to
/// name other people. Nothing changes for agencies and the family.
/// </summary>
/// <param name="Officers">The ids with which the named people sign in. The sender is always included, whether named or not.</param>
/// <param name="Reason">Why the case is restricted.</param>
public sealed record RestrictCase(IReadOnlyList<string> Officers, string Reason) : AssessmentInput, IStep<RestrictCase>
{
    /// <summary>The largest number of named people. Access for more people would not be a restriction.</summary>
    internal const int MaxOfficers = 50;

    private const int MaxIdLength = 128;

    public static StepDefinition<RestrictCase> Definition { get; } = new("restrict-case", "Restrict the case to named people")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "UK GDPR art 5(1)(f)",
        Example = """{ "officers": [ "officer-17", "manager-2" ], "reason": "The family is known to several of the team." }""",
    };

    internal override void Decide(Deciding d)
    {
        // The sender is always included, so that somebody can change the restriction. A case can also be restricted after it has ended,
        // because the information about the child is still stored.
        var named = Officers.Append(d.By.Id).ToHashSet(StringComparer.Ordinal);
        if (!AreNamed(d, Officers)
            || !d.Require(
                d.State.CaseOfficer is not { } officer || named.Contains(officer),
                "case-officer-missing", $"Also name the case officer ({d.State.CaseOfficer}), or assign the case to somebody else first.")
            || !InputChecks.Text(d, Reason, "The reason")
            || !d.Require(!named.SetEquals(d.State.RestrictedTo), "nothing-changed", "The case is already restricted to these people."))
        {
            return;
        }

        d.Happened(new CaseRestricted([.. named], Reason));
    }

    /// <summary>Whether a restriction can name these people.</summary>
    internal static bool AreNamed(Deciding d, IReadOnlyList<string> officers) =>
        d.Require(officers.Count is > 0 and <= MaxOfficers, "officers-missing", $"Name 1 to {MaxOfficers} people.")
        && d.Require(officers.All(IsId), "id-not-usable", $"An officer's id must be a single line of at most {MaxIdLength} characters.")
        && d.Require(officers.Distinct(StringComparer.Ordinal).Count() == officers.Count, "named-twice", "Name each person only once.");

    private static bool IsId(string id) => !AdviceFaults.IsBlank(id) && id.Length <= MaxIdLength && !id.Any(char.IsControl);
}

/// <summary>The case was restricted to named people at the council.</summary>
public sealed record CaseRestricted(IReadOnlyList<string> Officers, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("caseRestricted", "The case was restricted to named people at the council.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { RestrictedTo = Officers };

    public override string Describe(TimelineContext context) => $"The case was restricted to {(Officers.Count == 1 ? "one person" : FormattableString.Invariant($"{Officers.Count} people"))} at the council.";

    public override string? Note() => $"{string.Join(", ", Officers)}. {Reason}";
}
