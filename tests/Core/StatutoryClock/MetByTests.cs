using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

/// <summary>A rule that nothing can meet would be missed in every case: it does not load.</summary>
public class MetByTests
{
    [Theory]
    [InlineData("{}", "must be met in exactly one way")]
    [InlineData("""{"notices":["finalPlan"],"acts":["meetingHeld"],"awaits":"x"}""", "must be met in exactly one way")]
    [InlineData("""{"notices":["finalPlan"]}""", "does not say what is awaited")]
    [InlineData("""{"othersAct":true}""", "is met by an act of others, but is the council's duty")]
    [InlineData("""{"planningOnly":true}""", "only a planning date can be met by nothing")]
    [InlineData("""{"acts":["adviceAnswered"],"awaits":"x"}""", "belongs to limits with a different start")]
    [InlineData("""{"acts":["remedyCarriedOut"],"awaits":"x"}""", "belongs to limits with a different start")]
    [InlineData("""{"acts":["panelHasMet"],"awaits":"x"}""", "cannot be read at $.rules[")]
    [InlineData("""{"notices":["panelMinutes"],"awaits":"x"}""", "cannot be read at $.rules[")]
    public void A_rule_says_what_meets_it_or_does_not_load(string metBy, string expected)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Load(rule => rule["metBy"] = JsonNode.Parse(metBy)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_without_a_word_on_it_does_not_load() => Assert.Throws<InvalidDataException>(() => Load(rule => rule.Remove("metBy")));

    [Theory]
    [InlineData("[]")]
    [InlineData("""["council"]""")]
    [InlineData("""["family","tribunal"]""")]
    public void A_notice_goes_to_somebody_who_can_be_sent_one(string mustBeTold)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Load(rule => rule["mustBeTold"] = JsonNode.Parse(mustBeTold)));

        Assert.Contains("mustBeTold must name at least one recipient", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("finalPlan")]
    [InlineData("nothingOfTheKind")]
    public void What_a_rule_replaces_is_another_rule_of_the_set(string key)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Load(rule => rule["replaces"] = new JsonArray(key)));

        Assert.Contains($"replaces {key}, which is not another rule", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_planning_date_may_be_met_by_nothing()
    {
        var set = Load(rule =>
        {
            rule["metBy"] = JsonNode.Parse("""{"planningOnly":true}""");
            rule["binding"] = "planning";
        });

        Assert.Equal(MetByKind.Nothing, set.Rule("finalPlan").MetBy.Kind);
    }

    [Fact]
    public void Whatever_replaces_another_rule_is_met_by_the_same_kind_of_thing_or_ends_it() => Assert.All(
        RuleSet.England2014.Rules.SelectMany(rule => rule.Replaces.Select(key => (rule, replaced: RuleSet.England2014.Rule(key)))),
        pair => Assert.True(
            pair.replaced.Binding == Binding.Planning || pair.rule.MetBy.Kind == pair.replaced.MetBy.Kind, $"{pair.rule.Key} replaces {pair.replaced.Key}"));

    private static RuleSet Load(Action<JsonObject> change)
    {
        using var stream = typeof(RuleSet).Assembly.GetManifestResourceStream("IntegrationHub.Orchestrations.StatutoryClock.england-2014.json")!;
        var document = JsonNode.Parse(stream)!.AsObject();
        change(document["rules"]!.AsArray().Single(rule => (string?)rule!["key"] == "finalPlan")!.AsObject());
        return RuleSet.Parse(new MemoryStream(Encoding.UTF8.GetBytes(document.ToJsonString())));
    }
}
