namespace IntegrationHub.Functions.Institutions;

/// <summary>Stores each text only once, because the same types, phases, councils and towns occur on thousands of lines.</summary>
internal sealed class SharedTexts
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The single shared copy of a text.</summary>
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
