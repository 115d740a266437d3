using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Hub.Tests.Letters;

/// <summary>Templates are data, and one that drops what the law wants does not load.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("letters-").FullName;

    public static TheoryData<string, string> Points =>
        [.. LetterLaw.England2014.Rules.SelectMany(rule => rule.Points.Select(point => (LetterTemplates.NameOf(rule), point.Point)))];

    public static TheoryData<string, string> PointsAndFacts =>
        [.. LetterLaw.England2014.Rules.SelectMany(rule => rule.Points.SelectMany(point => LetterLaw.England2014.Point(point.Point).Facts.Select(fact => (LetterTemplates.NameOf(rule), fact))).Distinct())];

    [Fact]
    public void The_hubs_own_templates_load() => Assert.NotNull(LetterTemplates.Defaults);

    [Theory]
    [MemberData(nameof(Points))]
    public void A_template_without_one_of_its_points_does_not_load(string name, string point)
    {
        var whole = LetterTemplates.OwnSource(name);
        var start = whole.IndexOf($"{{% point {point} %}}", StringComparison.Ordinal);
        var end = whole.IndexOf("{% endpoint %}", start, StringComparison.Ordinal) + "{% endpoint %}".Length;
        Assert.True(start >= 0);

        // Left out; put where it is never written; kept, and its words taken away; written for parents only.
        Refused(name, whole[..start] + whole[end..], point);
        Refused(name, whole[..start] + "{% if false %}" + whole[start..end] + "{% endif %}" + whole[end..], point);
        Refused(name, whole[..start] + "{% capture aside %}" + whole[start..end] + "{% endcapture %}" + whole[end..], point);
        Refused(name, whole[..start] + $"{{% point {point} %}}.{{% endpoint %}}" + whole[end..], point);
        Refused(name, whole[..start] + "{% unless youngPerson %}" + whole[start..end] + "{% endunless %}" + whole[end..], point);
        Refused(name, whole[..start] + "{% if finalPlanBy %}" + whole[start..end] + "{% endif %}" + whole[end..], point);
    }

    [Theory]
    [MemberData(nameof(PointsAndFacts))]
    public void A_template_that_leaves_a_fact_out_of_its_point_or_cuts_it_does_not_load(string name, string fact)
    {
        var whole = LetterTemplates.OwnSource(name);
        var place = $"{{{{ {fact} }}}}";
        Assert.Contains(place, whole, StringComparison.Ordinal);

        Refused(name, whole.Replace(place, "as we told you before", StringComparison.Ordinal), fact);
        Refused(name, whole.Replace(place, $"{{{{ {fact} | slice: 0, 2 }}}}", StringComparison.Ordinal), "shorten a fact");
    }

    [Theory]
    [InlineData("# Title\n{% point decision %}We decided this for {{ childName }} on {{ decidedOn }}{% endpoint %} {{ nhsNumber }}", "nhsNumber")]
    [InlineData("{% point decision %}We decided this for {{ childName }} on {{ decidedOn }}{% endpoint %}", "letter's title")]
    [InlineData("# Title\n{% point decision %}We decided {{ childName }}", "not a valid Liquid template")]
    [InlineData("# Title \uE100{% point decision %}We decided this for {{ childName }} on {{ decidedOn }}{% endpoint %}", "private use")]
    [InlineData("# Title\n{% for n in (1..100000) %}{{ n }}{% endfor %}{% point decision %}We decided this for {{ childName }} on {{ decidedOn }}{% endpoint %}", "cannot be rendered")]
    [InlineData("# Title\n{% point decision %}We decided this for {{ childName | shout }} on {{ decidedOn }}{% endpoint %}", "cannot be rendered")]
    public void A_template_that_is_wrong_in_itself_does_not_load(string source, string fault) => Refused("willAssess-family", source, fault);

    [Theory]
    [InlineData("330/en/willAsses-family.liquid")]
    [InlineData("33/en/willAssess-family.liquid")]
    [InlineData("willAssess-family.liquid")]
    [InlineData("330/en/willAssess-family.txt")]
    public void A_file_that_is_no_letters_template_stops_the_start(string name)
    {
        Put(name, LetterTemplates.OwnSource("willAssess-family"));

        Assert.Contains(name, Assert.Throws<InvalidDataException>(() => LetterTemplates.Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_councils_template_in_the_readers_language_comes_first()
    {
        var own = LetterTemplates.OwnSource("willAssess-family");
        Put("all/en/willAssess-family.liquid", own.Replace("# We will", "# All councils: we will", StringComparison.Ordinal));
        Put("331/en/willAssess-family.liquid", own.Replace("# We will", "# Council 331: we will", StringComparison.Ordinal));
        Put("all/cy/willAssess-family.liquid", own.Replace("# We will find out what help is needed", "# Byddwn yn asesu", StringComparison.Ordinal));
        var templates = LetterTemplates.Read(folder);
        var state = LetterCases.With(NoticeKind.WillAssess);
        var letter = LetterWriting.Write(new(LetterKind.WillAssess, "WillAssess-Family"), state, Cases.Rules, new(LetterCases.Sent, NoticeChannel.Post))!;

        Assert.StartsWith("All councils", templates.For(letter).Render(letter).Title, StringComparison.Ordinal);
        Assert.Equal("Byddwn yn asesu", templates.For(letter with { Language = "cy" }).Render(letter).Title);
        Assert.StartsWith("All councils", templates.For(letter with { Language = "pl" }).Render(letter).Title, StringComparison.Ordinal);
        Assert.StartsWith("We will not", templates.For(letter with { Subject = new(LetterKind.WillNotAssess) }).Render(
            LetterWriting.Write(new(LetterKind.WillNotAssess, "WillNotAssess-Family"), LetterCases.With(NoticeKind.WillNotAssess), Cases.Rules, new(LetterCases.Sent, NoticeChannel.Post))!).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_that_lacks_a_fact_is_not_rendered()
    {
        var bare = Cases.Rules with { Council = Cases.Profile with { MediationAdviser = null } };
        var letter = LetterWriting.Write(new(LetterKind.WillNotAssess, "WillNotAssess-Family"), LetterCases.With(NoticeKind.WillNotAssess), bare, new(LetterCases.Sent, NoticeChannel.Post))!;

        Assert.Contains("mediationAdviser", Assert.Throws<LetterIncompleteException>(() => LetterTemplates.Defaults.For(letter).Render(letter)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void Refused(string name, string source, string fault)
    {
        var rule = LetterLaw.England2014.Rules.Single(r => LetterTemplates.NameOf(r) == name);
        var (template, faults) = LetterTemplate.Read(rule, "en", source);
        Assert.Null(template);
        Assert.Contains(faults, f => f.Contains(fault, StringComparison.Ordinal));
    }

    private void Put(string name, string source)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, source);
    }
}
