using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.RoundTrip;
using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Tests.Plans.RoundTrip.EditedFile;

namespace IntegrationHub.Tests.Plans.RoundTrip;

/// <summary>Random edits of random plans, by an editor that also does what editors do unasked: each is recognised, and nothing else.</summary>
public sealed class RandomEditsTests
{
    private static readonly PlanDocument Empty = PlanAssembly.Assemble(PlanExamples.Draft());

    // White space, quotes, signs of other scripts, and what no XML can hold.
    private static readonly Gen<string> Sentence = Pick(
            "Reads", "twice a week", "“quoted”", "it’s", "a\u00a0b", "soft\u00adhyphen", "\t", "\n", "\n\n", "  ", "<b>&amp;", "é", "𝔸", "- item", "Section F: x", "F3-ABCDE", "\u0001", "\ud800", ".", "1:1")
        .List[1, 8].Select(words => "w" + string.Join(' ', words));

    private static readonly Gen<string> Part = Gen.Frequency((2, Gen.Const("")), (3, Sentence));

    private static readonly Gen<(PlanSectionLetter Letter, LineWords Words)> Line =
        Gen.Select(Pick([.. WordPlan.Letters]), Sentence, Part, Part, Part, (letter, text, who, often, length) =>
            (letter, letter >= PlanSectionLetter.F ? new LineWords(text, who, often, length) : new LineWords(text)));

    private static readonly Gen<(int Kind, LineWords Words, PlanSectionLetter Letter)> Edit =
        Gen.Select(Gen.Int[0, 5], Sentence, Part, Part, Part, Pick([.. WordPlan.Letters]), (kind, text, who, often, length, letter) => (kind, new LineWords(text, who, often, length), letter));

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    [Fact]
    public void Every_edit_is_recognised_exactly()
    {
        Gen.Select(Line.List[0, 12], Edit.List[12], Gen.Int[0, 7], Gen.Select(Pick([.. WordPlan.Letters]), Sentence).List[0, 3])
            .Sample((lines, edits, habits, loose) => Check(lines, edits, habits, loose), iter: 400);
    }

    private static void Check(List<(PlanSectionLetter Letter, LineWords Words)> lines, List<(int Kind, LineWords Words, PlanSectionLetter Letter)> edits, int habits, List<(PlanSectionLetter Letter, string Text)> loose)
    {
        var made = PlanOf(lines);
        var file = new EditedFile(made);
        var expected = new List<string>();
        foreach (var (((letter, words), n), edit) in lines.Select((line, n) => (line, n)).Zip(edits))
        {
            var (id, row, was) = (IdOf(n), file.Row(IdOf(n)), Clean(words));
            var meant = letter >= PlanSectionLetter.F ? Clean(edit.Words) : was with { Text = Clean(edit.Words).Text };
            switch (edit.Kind)
            {
                case 0:
                    row.Remove();
                    expected.Add($"Removed {id}");
                    break;
                case 1 or 2 when meant != was:
                    TypeRow(row, meant);
                    expected.Add($"Changed {id} {meant}");
                    break;
                case 3 when edit.Letter != letter && Group(letter) is { } group && group == Group(edit.Letter):
                    row.Remove();
                    file.Table(edit.Letter).Elements(W + "tr").Last().AddBeforeSelf(row);
                    expected.Add($"Moved {id} {edit.Letter} {was}");
                    break;
                case 4:
                    var added = new XElement(row);
                    Cell(added, 0).Elements().Where(one => one.Name != W + "tcPr").Remove();
                    Cell(added, 0).Add(Paragraph(""));
                    TypeRow(added, meant);
                    row.AddAfterSelf(added);
                    expected.Add($"Added {letter} {meant}");
                    break;
            }
        }

        foreach (var (letter, text) in loose)
        {
            file.Heading(letter).AddAfterSelf(Paragraph(Clean(new LineWords(text)).Text));
            expected.Add($"Added {letter} {Clean(new LineWords(text))}");
        }

        Unasked(file, habits);
        var read = file.Read();
        Assert.Empty(read.Refused);
        Assert.All(read.Changes, change => Assert.True(change.CanBeApplied, change.Stop));
        Assert.Equal(expected.Order(StringComparer.Ordinal), read.Changes.Select(Told).Order(StringComparer.Ordinal));
    }

    /// <summary>What an editor does by itself: it splits runs, or loses content controls, or puts marks everywhere.</summary>
    private static void Unasked(EditedFile file, int habits)
    {
        foreach (var control in (habits & 1) > 0 ? file.Document.Descendants(W + "sdt").ToList() : [])
        {
            control.ReplaceWith(control.Element(W + "sdtContent")!.Elements());
        }

        foreach (var text in (habits & 2) > 0 ? file.Document.Descendants(W + "t").Where(t => t.Value.Length > 2 && !char.IsSurrogate(t.Value[1]) && t.Parent!.Elements().Count() == 1).ToList() : [])
        {
            text.Parent!.ReplaceWith(Run(text.Value[..1]), new XElement(W + "proofErr"), Run(text.Value[1..]));
        }

        foreach (var paragraph in (habits & 4) > 0 ? file.Document.Descendants(W + "p").ToList() : [])
        {
            paragraph.SetAttributeValue(W + "rsidR", "00AB12CD");
            paragraph.Add(new XElement(W + "bookmarkStart"), new XElement(W + "bookmarkEnd"));
        }
    }

    private static string Told(WordFileChange change) => change.Kind switch
    {
        WordFileChangeKind.Removed => $"Removed {change.LineId}",
        WordFileChangeKind.Changed => $"Changed {change.LineId} {change.After}",
        WordFileChangeKind.Moved => $"Moved {change.LineId} {change.Letter} {change.After}",
        _ => $"Added {change.Letter} {change.After}",
    };

    private static void TypeRow(XElement row, LineWords words)
    {
        foreach (var (part, n) in words.Parts.Select((part, n) => (part.Words, n)).Take(row.Elements(W + "tc").Count() - 1))
        {
            Type(Cell(row, n + 1), part);
        }
    }

    private static LineWords Clean(LineWords words) => new(LineWords.Plain(words.Text), LineWords.Plain(words.Who), LineWords.Plain(words.HowOften), LineWords.Plain(words.HowLong));

    private static int? Group(PlanSectionLetter letter) => letter is PlanSectionLetter.B or PlanSectionLetter.C or PlanSectionLetter.D ? 1 : letter >= PlanSectionLetter.F ? 2 : null;

    private static string IdOf(int n) => string.Create(CultureInfo.InvariantCulture, $"adv/line-{n}");

    private static PlanDocument PlanOf(IReadOnlyList<(PlanSectionLetter Letter, LineWords Words)> lines) => Empty with
    {
        Sections =
        [
            .. Enum.GetValues<PlanSectionLetter>().Select(letter => new PlanSection(letter,
            [
                .. lines.Select((line, n) => (line, n)).Where(one => one.line.Letter == letter).Select(one => new PlanLine
                {
                    Id = IdOf(one.n),
                    Text = one.line.Words.Text,
                    Who = one.line.Words.Who,
                    HowOften = one.line.Words.HowOften,
                    HowLong = one.line.Words.HowLong,
                    From = Empty.Section(PlanSectionLetter.A).Lines[0].From,
                }),
            ])),
        ],
    };
}
