using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Keeping;

/// <summary>A letter ready to be sent, with its bytes in each format.</summary>
/// <param name="Letter">The recipient and the facts of the letter.</param>
/// <param name="Layout">The text of the letter.</param>
/// <param name="Html">The letter as a web page.</param>
/// <param name="Docx">The letter as a Word document.</param>
public sealed record WrittenLetter(Letter Letter, LetterLayout Layout, byte[] Html, byte[] Docx)
{
    /// <summary>The bytes of the letter in one format.</summary>
    public byte[] In(LetterFormat format) => format == LetterFormat.Html ? Html : Docx;
}

/// <summary>Writes and stores letters, so that a letter that was sent can be shown years later, byte for byte.</summary>
public sealed class LetterStore(IDocumentStore documents, LetterTemplates templates, RuleBook rules)
{
    /// <summary>Writes a letter.</summary>
    /// <returns>The letter, or a sentence that says what the letter lacks. If the case does not need the letter, both values are
    /// null.</returns>
    public (WrittenLetter? Written, string? Lacks) Write(LetterSubject subject, AssessmentState state, LetterSending sending)
    {
        var (letter, layout, lacks) = LayOut(subject, state, sending);
        return letter is null || layout is null
            ? (null, lacks)
            : (new WrittenLetter(letter, layout, Encoding.UTF8.GetBytes(LetterHtml.Render(layout)), LetterDocx.Write(layout)), null);
    }

    /// <summary>The text of a letter before it is rendered in a format.</summary>
    /// <returns>The letter with its text, or a sentence that says what the letter lacks. If the case does not need the letter, all
    /// values are null.</returns>
    public (Letter? Letter, LetterLayout? Layout, string? Lacks) LayOut(LetterSubject subject, AssessmentState state, LetterSending sending)
    {
        if (LetterWriting.Write(subject, state, rules.For(state.Id), sending) is not { } letter)
        {
            return (null, null, null);
        }

        if (letter.Missing.Count > 0)
        {
            return (letter, null, $"The letter lacks something that the law requires: {string.Join(", ", letter.Missing)}. Complete the council's settings or the case.");
        }

        try
        {
            return (letter, templates.For(letter).Render(letter), null);
        }
        catch (LetterIncompleteException incomplete)
        {
            return (letter, null, $"The council's template leaves out something that the law requires. {incomplete.Message}");
        }
    }

    /// <summary>Stores a letter in both formats. Storing a letter a second time adds no second copy.</summary>
    /// <returns>Done or AlreadyThere, with the stored web page of the letter; or Transient or Tampered.</returns>
    public async Task<StoreResult<KeptLetter>> KeepAsync(WrittenLetter written, LetterSending sending, CancellationToken cancellationToken)
    {
        KeptLetter? page = null;
        foreach (var format in Enum.GetValues<LetterFormat>().Reverse())
        {
            var bytes = written.In(format);
            page = new KeptLetter(written.Letter.Subject.Id, sending.On, sending.By, format, PlanJson.ContentHash(bytes));
            var put = await documents.PutHashedAsync(page.NameIn(written.Letter.Assessment), bytes, KeptLetter.ContentType(format), cancellationToken);
            if (!put.Succeeded)
            {
                return put.As<KeptLetter>();
            }
        }

        return StoreResult.Done(page!);
    }

    /// <summary>All stored formats of a case's letters, oldest first within a letter.</summary>
    public async Task<StoreResult<IReadOnlyList<KeptLetter>>> ListAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var names = await documents.ListAsync(KeptLetter.FolderOf(assessment), cancellationToken);
        return names.Outcome == KeepingOutcome.Missing ? StoreResult.Done<IReadOnlyList<KeptLetter>>([])
            : names.Succeeded ? StoreResult.Done<IReadOnlyList<KeptLetter>>([.. names.Value.Select(n => KeptLetter.Read(assessment, n)).OfType<KeptLetter>()])
            : names.As<IReadOnlyList<KeptLetter>>();
    }

    /// <summary>The bytes of a letter in one format; their hash is checked first.</summary>
    /// <returns>Done, Missing, Tampered or Transient.</returns>
    public async Task<StoreResult<byte[]>> ReadAsync(AssessmentId assessment, KeptLetter letter, CancellationToken cancellationToken)
    {
        var name = letter.NameIn(assessment);
        var read = await documents.ReadAsync(name, cancellationToken);
        return !read.Succeeded ? read.As<byte[]>()
            : PlanJson.ContentHash(read.Value.Bytes) == letter.Sha256 ? StoreResult.Done(read.Value.Bytes)
            : StoreResult.Failed<byte[]>(KeepingOutcome.Tampered, $"{name}: the content has changed since it was stored.");
    }
}
