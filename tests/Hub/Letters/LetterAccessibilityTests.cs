using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Tests.Plans;

namespace IntegrationHub.Hub.Tests.Letters;

/// <summary>axe-core, run in Chromium on the letters that families get. Where LETTERS names a folder they are written there too, to be looked at.</summary>
public sealed class LetterAccessibilityTests
{
    public static TheoryData<NoticeKind> Kinds => [NoticeKind.WillNotAssess, NoticeKind.NoPlan, NoticeKind.DraftPlan, NoticeKind.FinalPlan];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Axe_finds_nothing_on_the_letter(NoticeKind kind)
    {
        var state = LetterCases.With(kind);
        var notice = state.Notices.Single(n => n.To == RecipientRole.Family);
        var letter = LetterWriting.Write(new(LetterWriting.KindOf(kind), notice.Id), state, Cases.Rules, new(LetterCases.Sent, NoticeChannel.Post))!;
        var layout = LetterTemplates.Defaults.For(letter).Render(letter);
        var html = LetterHtml.Render(layout);
        if (Environment.GetEnvironmentVariable("LETTERS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{kind}.html"), html, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{kind}.docx"), LetterDocx.Write(layout), TestContext.Current.CancellationToken);
        }

        Assert.Equal("", await PlanAccessibilityTests.FoundAsync(html));
    }
}
