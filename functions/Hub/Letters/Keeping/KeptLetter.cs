using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Letters.Keeping;

/// <summary>The formats in which a letter is stored.</summary>
public enum LetterFormat
{
    /// <summary>A web page.</summary>
    Html,

    /// <summary>A Word document.</summary>
    Docx,
}

/// <summary>One format of one letter in the document store. The document's name contains the letter's date, channel and hash.</summary>
/// <param name="Letter">The letter's id within its case.</param>
/// <param name="On">Date of the letter.</param>
/// <param name="By">Channel by which the letter is sent.</param>
/// <param name="Format">Format of the letter.</param>
/// <param name="Sha256">Hash of the letter's bytes, 64 lower-case hexadecimal digits.</param>
public sealed record KeptLetter(string Letter, DateOnly On, NoticeChannel By, LetterFormat Format, string Sha256)
{
    /// <summary>The folder in which a case's letters are stored. This folder is outside the folder of the case, whose manifest lists only
    /// plans.</summary>
    internal static string FolderOf(AssessmentId assessment) => $"letters/{PlanStore.FolderOf(assessment)}";

    internal static string ContentType(LetterFormat format) => PlanFiles.ContentType(format == LetterFormat.Html ? PlanFormat.Html : PlanFormat.Docx);

    internal string NameIn(AssessmentId assessment) =>
        string.Create(CultureInfo.InvariantCulture, $"{FolderOf(assessment)}/{Letter}/{On:yyyyMMdd}.{By}.{Sha256}.{Word(Format)}");

    internal static string Word(LetterFormat format) => format == LetterFormat.Html ? "html" : "docx";

    /// <summary>Parses a document's name; returns null if it is not the name of a letter.</summary>
    internal static KeptLetter? Read(AssessmentId assessment, string name)
    {
        var parts = name[FolderOf(assessment).Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is [var letter, var file] && file.Split('.') is [var on, var by, { Length: 64 } hash, var form]
            && DateOnly.TryParseExact(on, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && Enum.TryParse<NoticeChannel>(by, out var channel)
                ? new KeptLetter(letter, day, channel, form == "html" ? LetterFormat.Html : LetterFormat.Docx, hash)
                : null;
    }
}
