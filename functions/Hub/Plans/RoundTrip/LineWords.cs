using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>The parts of a line of the plan that can be edited in a Word file. A part that the line does not have is empty.</summary>
public sealed record LineWords(string Text, string Who = "", string HowOften = "", string HowLong = "")
{
    /// <summary>The parts of the line, with their labels.</summary>
    public IEnumerable<(string Label, string Words)> Parts => [("Words", Text), ("Who provides it", Who), ("How often", HowOften), ("How long", HowLong)];

    internal bool IsEmpty => Text.Length + Who.Length + HowOften.Length + HowLong.Length == 0;

    /// <summary>The text of a line for Word, without characters that XML does not allow and without white space at the ends.</summary>
    internal static LineWords Of(PlanLine line) => new(Plain(line.Text), Plain(line.Who), Plain(line.HowOften), Plain(line.HowLong));

    internal static string Plain(string? text) => PlainText.Clean(text ?? "").Trim();
}
