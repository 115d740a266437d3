namespace IntegrationHub.Functions.Letters.Layout;

/// <summary>
/// The text at the end of a printed letter that tells the reader where to open the letter online. The text is added when the letter is
/// printed and is not stored with any letter, because only the reader of the letter is allowed to know the link.
/// </summary>
internal static class LetterOnline
{
    internal static IReadOnlyList<LetterBlock> Blocks(string link) =>
    [
        new(LetterPart.Heading, "Read this letter online"),
        new(LetterPart.Paragraph, $"You can read this letter online and save a copy of it at this address. The page will ask for the date of birth of the child or young person.\n{link}"),
    ];
}
