namespace IntegrationHub.Functions.Letters.Layout;

/// <summary>What a part of a letter is.</summary>
public enum LetterPart
{
    /// <summary>A heading within the letter.</summary>
    Heading,

    /// <summary>A paragraph; line breaks in it stay.</summary>
    Paragraph,

    /// <summary>One item of a list.</summary>
    Item,
}

/// <summary>One part.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Words">Its words, without any markup.</param>
public sealed record LetterBlock(LetterPart Part, string Words)
{
    /// <summary>It announces what follows: both stay on one page.</summary>
    internal bool LeadsOn => Part == LetterPart.Paragraph && Words.EndsWith(':');
}

/// <summary>The layout of a letter; HTML and Word are made from it, so they cannot say different things.</summary>
/// <param name="Title">What it says, in a line.</param>
/// <param name="Language">IETF tag.</param>
/// <param name="Council">Name of the council.</param>
/// <param name="Address">Name and postal address of the reader, for the window.</param>
/// <param name="On">Its date.</param>
/// <param name="DateInWords">Its date in words.</param>
/// <param name="Reference">Reference of the case.</param>
/// <param name="Contact">Contact for questions; null where nobody is named.</param>
/// <param name="Blocks">Its parts.</param>
public sealed record LetterLayout(
    string Title, string Language, string Council, IReadOnlyList<string> Address, DateOnly On, string DateInWords, string Reference, string? Contact, IReadOnlyList<LetterBlock> Blocks)
{
    /// <summary>Lines of the council's postal address, under its name.</summary>
    public IReadOnlyList<string> CouncilAddress { get; init; } = [];

    /// <summary>All its words, one line for each part: for short ways of sending, and to read it aloud.</summary>
    public string ToPlainText() => string.Join("\n\n", Blocks.Select(b => b.Part == LetterPart.Item ? $"- {b.Words}" : b.Words).Prepend(Title));
}
