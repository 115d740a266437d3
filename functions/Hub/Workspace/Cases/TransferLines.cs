using System.Globalization;
using System.Text;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Phase transfers as a CSV file for a spreadsheet. The file includes the children's names, as the page does.</summary>
internal static class TransferLines
{
    internal static byte[] Of(IReadOnlyList<TransferItem> items)
    {
        var text = new StringBuilder();
        CsvLines.Line(text, [
            "Given name", "Family name", "Date of birth", "Case", "Case officer", "Transfer", "First day of the new phase", "School or setting in the plan", "Family asked", "Consulted", "Answered", "Stage reached", "Last day for the plan", "Late", "Plan sent"]);
        foreach (var (file, transfer, late) in items)
        {
            var (state, facts, known) = (file.State, file.State.Facts!, TransferWords.Known(file.State, transfer));
            CsvLines.Line(text, [
                facts.Child.GivenName, facts.Child.FamilyName, Day(facts.Child.DateOfBirth), state.Id.Value, state.CaseOfficer ?? "", Words.Of(transfer.Transfer), Day(known?.On), (state.Placement?.Institution ?? facts.Setting)?.Name ?? "", Day(known is null ? null : PhaseTransfers.AskedOn(state, known)),
                Number(TransferWords.Consulted(state, transfer).Count()), Number(TransferWords.Consulted(state, transfer).Count(one => one.AnsweredOn is not null)), TransferWords.Of(transfer.Step), Day(transfer.Due), late ? "yes" : "no",
                known is null ? "" : Day(PhaseTransfers.SentOn(state))]);
        }

        return CsvLines.Bytes(text);
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
