using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>What of a line stands in a Word file. Parts that are not said are empty.</summary>
public sealed record LineWords(string Text, string Who = "", string HowOften = "", string HowLong = "")
{
    /// <summary>The parts with what they are called.</summary>
    public IEnumerable<(string Label, string Words)> Parts => [("Words", Text), ("Who provides it", Who), ("How often", HowOften), ("How long", HowLong)];

    internal bool IsEmpty => Text.Length + Who.Length + HowOften.Length + HowLong.Length == 0;

    /// <summary>A line as Word can hold it: without characters that no XML takes, and without white space at its ends.</summary>
    internal static LineWords Of(PlanLine line) => new(Plain(line.Text), Plain(line.Who), Plain(line.HowOften), Plain(line.HowLong));

    internal static string Plain(string? text) => PlainText.Clean(text ?? "").Trim();
}
