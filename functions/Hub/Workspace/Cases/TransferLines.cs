using System.Globalization;
using System.Text;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Transfers of phase as a file (CSV) that a spreadsheet opens. It names the children, as the page does.</summary>
internal static class TransferLines
{
    internal static byte[] Of(IReadOnlyList<TransferItem> items)
    {
        var text = new StringBuilder();
        Line([
            "Given name", "Family name", "Date of birth", "Case", "Case officer", "Transfer", "First day of the new phase", "School or setting in the plan", "Family asked", "Consulted", "Answered", "Where it stands", "Last day for the plan", "Late", "Plan sent"]);
        foreach (var (file, transfer, late) in items)
        {
            var (state, facts, known) = (file.State, file.State.Facts!, TransferWords.Known(file.State, transfer));
            Line([
                facts.Child.GivenName, facts.Child.FamilyName, Day(facts.Child.DateOfBirth), state.Id.Value, state.CaseOfficer ?? "", Words.Of(transfer.Transfer), Day(known?.On), (state.Placement?.Institution ?? facts.Setting)?.Name ?? "", Day(known?.PreferenceAskedOn),
                Number(TransferWords.Consulted(state, transfer).Count()), Number(TransferWords.Consulted(state, transfer).Count(one => one.AnsweredOn is not null)), TransferWords.Of(transfer.Step), Day(transfer.Due), late ? "yes" : "no",
                known is null ? "" : Day(PhaseTransfers.SentOn(state))]);
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

        void Line(IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(CsvLines.Field)).Append("\r\n");
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
