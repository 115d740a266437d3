using System.Globalization;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Describes a phase transfer as text for officers.</summary>
internal static class TransferWords
{
    /// <summary>The transfer on record, and how far it has progressed.</summary>
    internal static string Of(AssessmentState state) => PhaseTransfers.Current(state) switch
    {
        null => "None on record",
        { Transfer: TransferOfPhase.Stays } stays => string.Create(CultureInfo.InvariantCulture, $"None in {stays.On.Year}: {stays.Reasons}"),
        var transfer => $"{TimelineWords.Capitalise(Words.Of(transfer.Transfer))}, {Words.Day(transfer.On, true)}"
            + (PhaseTransfers.AskedOn(state, transfer) is { } asked ? $"; the family was asked on {Words.Day(asked, true)}{(Preferred(state, transfer) is { } wanted ? $" and prefers: {wanted.TrimEnd('.')}" : "")}" : transfer.Letter is not null ? "; the letter that asks the family for its preference has not been sent" : "; the family has not been asked for its preference")
            + (PhaseTransfers.SentOn(state) is { } sent ? $"; the plan that names the place was sent to everybody by {Words.Day(sent, true)}" : "; no plan that names the place has been sent"),
    };

    /// <summary>
    /// The family's preference: what an officer recorded, and the last answer of each person in the family, with names; null if nobody has
    /// stated a preference yet.
    /// </summary>
    internal static string? Preferred(AssessmentState state, PhaseTransfer transfer) => string.Join(
        "; ",
        ((string?[])[transfer.Preference, .. PhaseTransfers.LastAnswers(transfer).Select(answer => $"{FamilyNames.Of(state, answer.Person)}: {(answer.Preferred.Length > 0 ? answer.Preferred : answer.Text)}{(answer.LateAfter is null ? "" : " (late)")}")])
            .OfType<string>()) is { Length: > 0 } words ? words + (PhaseTransfers.HasDifferentPreferences(transfer) ? " (they differ)" : "") : null;

    /// <summary>How far the phase transfer of a plan has progressed, for example "Family asked".</summary>
    internal static string Of(TransferStep step) => step switch
    {
        TransferStep.ToConfirm => "To be confirmed",
        TransferStep.Recorded => "On record",
        TransferStep.PreferenceAsked => "Family asked",
        TransferStep.Consulted => "Consulted",
        TransferStep.Placed => "Placement named",
        _ => "Plan sent",
    };

    /// <summary>The record of a transfer that is in the list of transfers, or null if the transfer is only expected.</summary>
    internal static PhaseTransfer? Known(AssessmentState state, CohortTransfer transfer) => transfer.Step == TransferStep.ToConfirm ? null : PhaseTransfers.Current(state);

    /// <summary>The institutions that were consulted on the amendments for this transfer.</summary>
    internal static IEnumerable<ConsultedInstitution> Consulted(AssessmentState state, CohortTransfer transfer) =>
        transfer.Step < TransferStep.Consulted ? [] : PhaseTransfers.Consulted(state);

    /// <summary>The school year of the child today and a year later, assuming that the child was not kept back or moved up.</summary>
    internal static string Years(CaseFile file)
    {
        var born = file.State.Facts!.Child.DateOfBirth;
        return $"{Year(Age.YearGroup(born, file.Today))} now, by date of birth; {Year(Age.YearGroup(born, file.Today) + 1)} from September {(Age.SchoolYear(file.Today) + 1).ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Year(int group) => group switch { < Age.Reception => "Before school", Age.Reception => "Reception", _ => string.Create(CultureInfo.InvariantCulture, $"Year {group}") };
}
