using System.Text;
using System.Text.Json;
using CsCheck;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Tests.Plans;

public sealed class PlanAssemblyTests
{
    [Fact]
    public void Each_line_stands_in_the_section_that_the_law_gives_it()
    {
        var plan = PlanAssembly.Assemble(PlanExamples.Final());

        Assert.Equal(["adv-family/v1", "adv-family/v2"], Ids(plan, PlanSectionLetter.A));
        Assert.Equal(["adv-school/n1", "adv-psychology/n1"], Ids(plan, PlanSectionLetter.B));
        Assert.Equal(["adv-medical/n1"], Ids(plan, PlanSectionLetter.C));
        Assert.Equal(["adv-care/n1"], Ids(plan, PlanSectionLetter.D));
        Assert.Equal(["adv-school/o1", "adv-medical/o1", "adv-psychology/o1", "adv-care/o1"], Ids(plan, PlanSectionLetter.E));
        Assert.Equal(["adv-school/p1", "adv-psychology/p1"], Ids(plan, PlanSectionLetter.F));
        Assert.Equal(["adv-medical/p1"], Ids(plan, PlanSectionLetter.G));
        Assert.Equal(["adv-care/p1"], Ids(plan, PlanSectionLetter.H1));
        Assert.Equal(["adv-care/p2"], Ids(plan, PlanSectionLetter.H2));
        Assert.Equal("Hillside Example Primary (URN 100001). Type of institution: mainstream primary school", Assert.Single(plan.Section(PlanSectionLetter.I).Lines).Text);
        Assert.Equal("Personal budget agreed, paid to the family as a direct payment. £1,450.00 a year. It pays for the sensory bag and its upkeep.", Assert.Single(plan.Section(PlanSectionLetter.J).Lines).Text);
        Assert.Equal(6, plan.Section(PlanSectionLetter.K).Lines.Count);
        Assert.Equal(["adv-school/n1"], plan.Section(PlanSectionLetter.E).Lines[0].Answers);
        Assert.Equal(["adv-school/o1"], plan.Section(PlanSectionLetter.F).Lines[0].Answers);
        Assert.Empty(plan.LeftOut);
    }

    [Fact]
    public void A_draft_names_no_placement_even_when_it_is_decided()
    {
        var plan = PlanAssembly.Assemble(PlanExamples.Final() with { Kind = PlanKind.Draft });

        Assert.Empty(plan.Section(PlanSectionLetter.I).Lines);
        Assert.DoesNotContain("mainstream primary school", Encoding.UTF8.GetString(PlanJson.Canonical(plan)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2008-03-02", "2026-03-01", false)]
    [InlineData("2008-03-02", "2026-03-02", true)]
    [InlineData("2008-02-29", "2026-02-28", false)]
    [InlineData("2008-02-29", "2026-03-01", true)]
    public void From_the_eighteenth_birthday_H1_lines_stand_in_H2_with_a_note(string born, string prepared, bool adult)
    {
        var input = PlanExamples.YoungPerson();
        var plan = PlanAssembly.Assemble(input with
        {
            Child = input.Child with { DateOfBirth = DateOnly.Parse(born, null) },
            PreparedOn = DateOnly.Parse(prepared, null),
        });

        Assert.Equal(adult, plan.Section(PlanSectionLetter.H1).Lines.Count == 0);
        var line = plan.Sections.SelectMany(s => s.Lines).Single(l => l.Id == "adv-care/p1");
        Assert.Equal(adult ? PlanAssembly.MovedFromH1Note : null, line.Note);
    }

    [Fact]
    public void An_edit_keeps_both_texts_and_names_who_made_it()
    {
        var edit = PlanExamples.Edit("e1", "adv-school/p1", PlanEditCause.Officer) with { NewText = "Reading, taught one to one.", HowLong = "30 minutes" };

        var line = PlanAssembly.Assemble(PlanExamples.Draft() with { Edits = [edit] }).Section(PlanSectionLetter.F).Lines[0];

        Assert.Equal("Reading, taught one to one.", line.Text);
        Assert.StartsWith("Direct teaching", line.From.OriginalText, StringComparison.Ordinal);
        Assert.Equal("Priya Officer", line.From.EditedBy);
        var change = Assert.Single(line.From.Changes);
        Assert.Equal(("e1", "25 minutes", "30 minutes"), (change.Edit, change.HowLongBefore, line.HowLong));
        Assert.Equal(line.From.OriginalText, change.TextBefore);
    }

    [Fact]
    public void Edits_that_cannot_work_are_listed_with_their_reason()
    {
        PlanEdit[] edits =
        [
            PlanExamples.Edit("e1", "adv-nobody/p1", PlanEditCause.Officer) with { NewText = "x" },
            PlanExamples.Edit("e2", "adv-school/n1", PlanEditCause.Officer) with { Section = PlanSectionLetter.F },
            PlanExamples.Edit("e3", null, PlanEditCause.Placement) with { Section = PlanSectionLetter.I, NewText = "Hillside" },
            PlanExamples.Edit("e4", "adv-school", PlanEditCause.Officer) with { Remove = true },
            PlanExamples.Edit("e5", null, PlanEditCause.AdviceReadIn) with { Section = PlanSectionLetter.B, NewText = "x", ReadFromAdvice = "adv-nobody" },
            PlanExamples.Edit("e6", null, PlanEditCause.Officer) with { Section = PlanSectionLetter.B, NewText = " " },
            PlanExamples.Edit("e7", "adv-school/p1", PlanEditCause.Officer) with { NewText = "" },
        ];

        var plan = PlanAssembly.Assemble(PlanExamples.Draft() with { Edits = edits });

        Assert.Equal(edits.Select(e => e.EditId), plan.LeftOut.Select(l => l.Id));
        Assert.All(plan.LeftOut, l => Assert.NotEmpty(l.Reason));
        Assert.Equal(PlanJson.Canonical(PlanAssembly.Assemble(PlanExamples.Draft()) with { LeftOut = plan.LeftOut }), PlanJson.Canonical(plan));
    }

    [Fact]
    public void Removing_a_need_takes_the_links_to_it_away_and_keeps_its_words()
    {
        var plan = PlanAssembly.Assemble(PlanExamples.Draft() with
        {
            Edits = [PlanExamples.Edit("e1", "adv-school/n1", PlanEditCause.FamilyRepresentation) with { Remove = true }],
        });

        Assert.Empty(plan.Section(PlanSectionLetter.E).Lines[0].Answers);
        var left = Assert.Single(plan.LeftOut);
        Assert.Equal(("adv-school/n1", PlanSectionLetter.B, "Priya Officer"), (left.Id, left.Section, left.RemovedBy));
        Assert.StartsWith("Rowan reads single words", left.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_read_in_from_a_document_keeps_the_author_of_the_document()
    {
        var input = PlanExamples.Draft();
        var document = PlanExamples.Source("adv-scan", AdviceKind.Other, "f", "ods:RX1", "Example Trust", new AdviceContent
        {
            Author = "Sam Therapist",
            AuthorRole = "Speech and language therapist",
            WrittenOn = new DateOnly(2026, 2, 2),
            Attachments = [new("att-9", "SLT report.pdf", "application/pdf", 10, new string('b', 64))],
        });

        var plan = PlanAssembly.Assemble(input with
        {
            Sources = [.. input.Sources, document],
            Edits = [PlanExamples.Edit("read-1", null, PlanEditCause.AdviceReadIn) with { Section = PlanSectionLetter.B, NewText = "Rowan leaves out word endings.", ReadFromAdvice = "adv-scan" }],
        });

        var line = plan.Section(PlanSectionLetter.B).Lines.Single(l => l.Id == "read-1");
        Assert.Equal(("adv-scan", "Sam Therapist", "Priya Officer"), (line.From.Source, line.From.Author, line.From.EditedBy));
    }

    [Fact]
    public void The_order_in_which_advice_came_into_the_list_does_not_matter()
    {
        var input = PlanExamples.Final();

        Assert.Equal(
            PlanJson.Canonical(PlanAssembly.Assemble(input)),
            PlanJson.Canonical(PlanAssembly.Assemble(input with { Sources = [.. input.Sources.Reverse()] })));
    }

    [Fact]
    public void Every_advice_line_of_a_random_case_is_in_the_plan_or_left_out_with_a_reason() => PlanGenerators.Input.Sample(
        input =>
        {
            var plan = PlanAssembly.Assemble(input);
            var held = plan.Sections.SelectMany(s => s.Lines).Select(l => l.Id)
                .Concat(plan.LeftOut.Where(l => l.Reason.Length > 0).Select(l => l.Id)).ToList();
            var edits = input.Edits.Select(e => e.EditId).ToHashSet();
            // Ids that an author used twice are told apart by ~2, ~3 ..., so lines are counted by the words before that.
            var perLine = held.Where(id => !edits.Contains(id)).GroupBy(id => id.Split('~')[0]).ToDictionary(g => g.Key, g => g.Count());
            return input.Sources.SelectMany(s => LineIds(s.Content).Select(id => $"{s.AdviceId}/{id}")).GroupBy(id => id)
                .All(g => perLine.TryGetValue(g.Key, out var n) && n == g.Count());
        },
        iter: 2_000);

    [Fact]
    public void No_line_of_a_random_case_is_without_provenance_and_no_link_leads_nowhere() => PlanGenerators.Input.Sample(
        input =>
        {
            var plan = PlanAssembly.Assemble(input);
            var ids = plan.Sections.SelectMany(s => s.Lines).Select(l => l.Id).ToList();
            var all = ids.ToHashSet();
            return all.Count == ids.Count
                && plan.Sections.SelectMany(s => s.Lines).All(l => l.From.Source.Length > 0 && l.From.Author.Length > 0 && l.From.WrittenOn != default && l.Answers.All(all.Contains));
        },
        iter: 2_000);

    [Fact]
    public void Assembling_twice_gives_the_same_bytes_and_reading_them_gives_the_same_plan() => PlanGenerators.Input.Sample(
        input =>
        {
            var first = PlanJson.Canonical(PlanAssembly.Assemble(input));
            var second = PlanJson.Canonical(PlanAssembly.Assemble(input));
            return first.AsSpan().SequenceEqual(second) && PlanJson.Canonical(PlanJson.Read(first)).AsSpan().SequenceEqual(first);
        },
        iter: 1_000);

    [Fact]
    public void Advice_from_the_bus_that_leaves_its_empty_lists_out_is_put_into_the_plan()
    {
        var content = JsonSerializer.Deserialize("""{"author":"A","authorRole":"B","writtenOn":"2026-01-05","provision":[{"id":"p1","kind":"health","text":"Therapy"}]}""", BusJson.Default.AdviceContent)!;

        var plan = PlanAssembly.Assemble(PlanExamples.Draft() with { Sources = [PlanExamples.Source("bus", AdviceKind.Medical, "c", null, null, content)] });

        Assert.Equal("bus/p1", Assert.Single(plan.Section(PlanSectionLetter.G).Lines).Id);
    }

    [Fact]
    public void The_canonical_form_is_plain_UTF8_with_words_for_enumerations()
    {
        var bytes = PlanJson.Canonical(PlanAssembly.Assemble(PlanExamples.Final()));

        Assert.Equal((byte)'{', bytes[0]);
        using var json = JsonDocument.Parse(bytes);
        Assert.Equal("final", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal("H1", json.RootElement.GetProperty("sections")[7].GetProperty("letter").GetString());
        Assert.Contains("£1,450.00", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(64, PlanJson.ContentHash(bytes).Length);
    }

    private static IEnumerable<string> LineIds(AdviceContent c) =>
        c.Views.Select(v => v.Id).Concat(c.Needs.Select(n => n.Id)).Concat(c.Outcomes.Select(o => o.Id)).Concat(c.Provision.Select(p => p.Id));

    private static IEnumerable<string> Ids(PlanDocument plan, PlanSectionLetter letter) => plan.Section(letter).Lines.Select(l => l.Id);
}
