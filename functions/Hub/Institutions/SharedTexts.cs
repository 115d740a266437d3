namespace IntegrationHub.Functions.Institutions;

/// <summary>Types, phases, councils and towns are on thousands of lines: each text is kept once.</summary>
internal sealed class SharedTexts
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The one copy of a text.</summary>
    internal string Of(string text)
    {
        if (known.TryGetValue(text, out var one))
        {
            return one;
        }

        known[text] = text;
        return text;
    }
}
