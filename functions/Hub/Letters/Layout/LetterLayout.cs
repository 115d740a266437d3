namespace IntegrationHub.Functions.Letters.Layout;

/// <summary>The kind of one part of a letter.</summary>
public enum LetterPart
{
    /// <summary>A heading within the letter.</summary>
    Heading,

    /// <summary>A paragraph; its line breaks are preserved.</summary>
    Paragraph,

    /// <summary>One item of a list.</summary>
    Item,
}

/// <summary>One part of a letter.</summary>
/// <param name="Part">What kind of part it is, for instance a heading.</param>
/// <param name="Words">Text of the part, without any markup.</param>
public sealed record LetterBlock(LetterPart Part, string Words)
{
    /// <summary>Whether the paragraph introduces the next part, so that both stay on one page.</summary>
    internal bool IntroducesNext => Part == LetterPart.Paragraph && Words.EndsWith(':');
}

/// <summary>The layout of a letter. The HTML and Word files are both generated from the layout, so their contents cannot differ.</summary>
/// <param name="Title">Title of the letter, on one line.</param>
/// <param name="Language">IETF language tag of the letter.</param>
/// <param name="Council">Name of the council.</param>
/// <param name="Address">Name and postal address of the reader, for the window of the envelope.</param>
/// <param name="On">Date of the letter.</param>
/// <param name="DateInWords">Date of the letter in words.</param>
/// <param name="Reference">Reference of the case.</param>
/// <param name="Contact">Contact for questions, or null if nobody is named.</param>
/// <param name="Blocks">Parts of the letter.</param>
public sealed record LetterLayout(
    string Title, string Language, string Council, IReadOnlyList<string> Address, DateOnly On, string DateInWords, string Reference, string? Contact, IReadOnlyList<LetterBlock> Blocks)
{
    /// <summary>Lines of the council's postal address, under its name.</summary>
    public IReadOnlyList<string> CouncilAddress { get; init; } = [];

    /// <summary>The full text of the letter, one line for each part, for plain-text channels and for reading aloud.</summary>
    public string ToPlainText() => string.Join("\n\n", Blocks.Select(b => b.Part == LetterPart.Item ? $"- {b.Words}" : b.Words).Prepend(Title));
}
