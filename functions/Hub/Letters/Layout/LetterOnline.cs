namespace IntegrationHub.Functions.Letters.Layout;

/// <summary>
/// The text under a printed letter: where its reader opens it, and the other letters, online. It is added when the letter is printed and is
/// not in any letter that is kept, because the link is a secret that only its reader may know.
/// </summary>
internal static class LetterOnline
{
    internal static IReadOnlyList<LetterBlock> Blocks(string link) =>
    [
        new(LetterPart.Heading, "Read this letter online"),
        new(LetterPart.Paragraph, $"You can read this letter, and keep a copy of it, at this address. The page asks for the date of birth of the child or young person.\n{link}"),
    ];
}
