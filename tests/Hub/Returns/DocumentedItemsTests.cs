using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>docs/sen2.md says how each item of the return is derived, and the built return has each item that it does not list as left out.</summary>
public sealed partial class DocumentedItemsTests
{
    private static readonly Sen2Layout Layout = Sen2Layout.Newest;

    // docs/sen2.md says why; the days of a phase transfer are repeated from an earlier return, which the round trip tries.
    private static readonly string[] LeftOut =
        ["Source/Release", "ActivePlans/ReviewOutcome", "ActivePlans/PhaseTransferDueDate", "ActivePlans/PhaseTransferFinalDate"];

    [Fact]
    public void The_table_and_the_layout_of_the_year_have_the_same_items()
    {
        var rows = Rows().ToList();
        var documented = rows.SelectMany(row => row.Items.Select(item => $"{row.Block}/{item}")).ToList();
        var known = Layout.Blocks.SelectMany(block => block.Items.Select(item => $"{block.Name}/{item.Name}")).ToList();

        Assert.Equal([], known.Except(documented));
        Assert.Equal([], documented.Except(known));
        Assert.Equal([], documented.GroupBy(item => item).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.All(rows, row => Assert.True(row.From.Length > 1 && row.Verified is "yes" or "no" || row.Verified.StartsWith("yes (", StringComparison.Ordinal) || row.Verified.StartsWith("no: ", StringComparison.Ordinal), row.ToString()));
        foreach (var row in rows.Where(row => row.Verified.StartsWith("yes", StringComparison.Ordinal)))
        {
            Assert.All(row.Items, item => Assert.True(Layout.Block(row.Block).Find(item)!.Verified, $"{row.Block}/{item}: the layout itself says that its name is not verified."));
        }
    }

    [Fact]
    public async Task The_return_of_cases_that_know_everything_has_every_item_that_is_not_left_out()
    {
        var cases = new OwnCases();
        var issued = Everything(Disputed.Issued(), new SchoolPlace { Rank = 1, Institution = Cases.OtherSchool.Id, SenUnit = false, ResourcedProvision = true });
        Reviewed.Held(Reviewed.Arranged(issued, daysAfterPlan: 100));
        await cases.KeepAsync(Reviewed.Decided(Amended.Edited(issued), ReviewChoice.Amend, 5), "amended");
        var elsewhere = Taken.Over(new(2026, 3, 9), Taken.Plan with { FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = new(2026, 3, 2) });
        await cases.KeepAsync(Everything(elsewhere.Do(new CorrectFacts("She moved.", Child: Named("Ada"))), new SchoolPlace { Rank = 1, Setting = SenSetting.Oth, OtherSetting = "A farm" }), "taken");
        var college = Life.Assessing(Cases.Facts with { Child = Named("Bea") });
        await cases.KeepAsync(college.Do(new RecordChildFacts(NoNumber: NoNumber.Un8)).Do(new MoveToAnotherCouncil(Cases.Parse<LocalAuthorityCode>("331"), college.Today, college.Today)), "moved");
        var ended = Everything(Disputed.Issued(Cases.Facts with { Child = Named("Cleo") }), new SchoolPlace { Rank = 2, Institution = Cases.Parse<AgencyId>("ukprn:10000001") });
        await cases.KeepAsync(ended, "college");
        var dead = Disputed.Issued(Cases.Facts with { Child = Named("Dora") });
        await cases.KeepAsync(dead.Do(new RecordPlanCeased(dead.Today, Died: true)), "ceased");

        var had = await cases.ItemsAsync();

        var known = Layout.Blocks.SelectMany(block => block.Items.Select(item => $"{block.Name}/{item.Name}"));
        Assert.Equal(LeftOut.Order(), known.Except(had).Order());
    }

    private static Child Named(string name) => Cases.Facts.Child with { GivenName = name };

    /// <summary>All that the forms of the return ask.</summary>
    private static Life Everything(Life life, SchoolPlace place)
    {
        var child = life.State.Facts!.Child with { Postcode = "ZZ99 3WZ", Upn = Cases.Parse<Upn>("Q330100101501") };
        return life.Do(new CorrectFacts("The school told us.", Child: child))
            .Do(new RecordChildFacts(Sex.Female, "WBRI", Cases.Parse<Uln>("1000000000"), InYouthAccommodation: false, Needs: [SenNeed.Asd, SenNeed.Slcn]))
            .Do(new RecordPlanTerms([place], "A", "X", true, true, "Y"))
            .Do(new RecordSchoolPlace(place, life.Today.AddDays(-20), life.Today, "A", "X"));
    }

    private static IEnumerable<(string Block, IReadOnlyList<string> Items, string From, string Verified)> Rows()
    {
        foreach (var line in File.ReadLines(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "sen2.md")).SkipWhile(line => !line.StartsWith("| block |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')))
        {
            var cells = line.Trim('|').Split('|').Select(cell => cell.Trim()).ToList();
            yield return (cells[0], [.. Name().Matches(cells[1]).Select(name => name.Groups[1].Value)], cells[2], cells[3]);
        }
    }

    private static string Here([CallerFilePath] string here = "") => here;

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Name();
}
