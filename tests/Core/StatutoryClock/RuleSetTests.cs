using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

public class RuleSetTests
{
    public static TheoryData<string, string, string, string> Slips => new()
    {
        { "a citation is missing", "rules/finalPlan/citation", "\"\"", "rule finalPlan has no citation." },
        { "an unread rule has no note", "rules/tellPartners/verified", "false", "rule tellPartners is not verified and no note says what to check." },
        { "a length is missing", "rules/finalPlan/length", "null", "rule finalPlan must have a length" },
        { "a key stands twice", "rules/notifyNoPlan/key", "\"finalPlan\"", "rule finalPlan occurs 2 times." },
        { "an order follows the other list", "rules/orderFinalPlan/relievedBy", "[\"exceptionalCircumstances\"]", "rule orderFinalPlan is relieved by exceptionalCircumstances" },
        { "relief without a paragraph", "rules/notifyRefusalToAssess/relievedBy", "[\"schoolClosed\"]", "rule notifyRefusalToAssess is relieved by schoolClosed, but that ground does not cite" },
        { "a paragraph without relief", "rules/finalPlan/relievedBy", "[]", "ground schoolClosed relieves finalPlan, but the rule does not name the ground." },
        { "months cannot be day one", "rules/appeal/fromReceipt", "true", "rule appeal: only days or weeks" },
        { "an order has no remedy", "rules/orderFinalPlan/remedy", "null", "rule orderFinalPlan must name a remedy" },
        { "a test lacks its number", "grounds/absentFromArea/test/minimumDays", "null", "ground absentFromArea: its test lacks numbers." },
        { "an unknown ground", "rules/finalPlan/relievedBy", "[\"waitingList\"]", "cannot be read at $.rules[" },
        { "an unknown unit", "rules/finalPlan/unit", "\"fortnights\"", "cannot be read at $.rules[" },
        { "an unknown field", "rules/finalPlan/lenght", "20", "cannot be read at $.rules[" },
        { "no starting event", "rules/finalPlan/starts", "null", "cannot be read at $.rules[" },
    };

    [Theory]
    [InlineData("consultFamily", 1)]
    [InlineData("tellPartners", 2)]
    [InlineData("notifyRefusalToAssess", 3)]
    [InlineData("decideWhetherToAssess", 4)]
    [InlineData("advice", 5)]
    [InlineData("notifyNoPlan", 6)]
    [InlineData("draftBy", 7)]
    [InlineData("familyRepresentations", 8)]
    [InlineData("institutionResponse", 9)]
    [InlineData("finalPlan", 10)]
    [InlineData("finalPlanNotice", 11)]
    [InlineData("firstReview", 12)]
    [InlineData("appeal", 33)]
    [InlineData("contactMediationAdviser", 34)]
    [InlineData("mediationCertificate", 35)]
    [InlineData("passHealthIssuesToIcb", 36)]
    [InlineData("arrangeMediation", 37)]
    [InlineData("carryOutMediationAgreement", 38)]
    [InlineData("orderFinalPlan", 39)]
    [InlineData("concessionAmendedPlan", 40)]
    public void Every_row_of_the_table_has_its_rule(string key, int row) => Assert.Equal(row, RuleSet.England2014.Rule(key).Row);

    [Fact]
    public void The_set_is_dated_and_versioned()
    {
        var rules = RuleSet.England2014;

        Assert.Equal(("england-2014", new DateOnly(2014, 9, 1), "England"), (rules.Id, rules.InForceFrom, rules.Jurisdiction));
        Assert.NotEmpty(rules.Version);
        Assert.NotEmpty(rules.Sources);
    }

    [Theory]
    [InlineData("2026-01-31", "2025-06-01", 1)]
    [InlineData("2025-06-02", "2025-06-01", 1)]
    [InlineData("2025-06-01", "2025-06-01", 1)]
    [InlineData("2025-05-31", "2025-06-01", 0)]
    [InlineData("2026-02-01", "2025-06-01", 0)]
    public void A_rule_covers_what_starts_while_it_is_in_force(string received, string from, int limits)
    {
        var document = Document();
        var rule = document["rules"]!.AsArray().Single(other => (string?)other!["key"] == "finalPlan")!.AsObject();
        rule["inForceFrom"] = from;
        rule["inForceTo"] = "2026-01-31";

        var found = Clock.Limits(new CaseFacts { Received = DateOnly.ParseExact(received, "yyyy-MM-dd", null) }, Load(document.ToJsonString()));

        Assert.Equal(limits, found.Count(limit => limit.RuleKey == "finalPlan"));
    }

    [Fact]
    public void Every_rule_says_from_when_it_is_in_force_and_what_came_later_than_the_set_says_so()
    {
        var rules = RuleSet.England2014.Rules;

        Assert.All(rules, rule => Assert.True(rule.InForceFrom >= RuleSet.England2014.InForceFrom, $"{rule.Key} says not from when it is in force, or from before the set."));
        Assert.All(rules, rule => Assert.False(rule.InForceTo < rule.InForceFrom, rule.Key));
        Assert.All(rules.Where(rule => rule.Citation.Contains("SI 2015/359", StringComparison.Ordinal)), rule => Assert.Equal(new DateOnly(2015, 3, 23), rule.InForceFrom));
        Assert.All(rules.Where(rule => rule.Citation.Contains("SI 2017/1306", StringComparison.Ordinal)), rule => Assert.Equal(new DateOnly(2018, 4, 3), rule.InForceFrom));
    }

    [Theory]
    [InlineData("2015-03-22", 0)]
    [InlineData("2015-03-23", 1)]
    public void A_concession_has_limits_from_the_day_on_which_reg_45_as_substituted_is_in_force(string on, int limits)
    {
        var day = DateOnly.ParseExact(on, "yyyy-MM-dd", null);
        var facts = new CaseFacts { Received = new(2014, 10, 1), PlanIssued = new(2015, 1, 5), Dispute = new DisputeFacts { Concessions = [new RemedyFact(Remedy.AmendContents, day)] } };

        Assert.Equal(limits, Clock.Limits(facts, RuleSet.England2014).Count(limit => limit.RuleKey == "concessionAmendedPlan"));
    }

    [Fact]
    public void What_was_not_read_is_marked()
    {
        var rules = RuleSet.England2014;

        Assert.False(rules.Rule("passHealthIssuesToIcb").Verified);
        Assert.True(rules.Rule("finalPlan").Verified);
        Assert.True(rules.Ground(Ground.SchoolClosed)!.For("decideWhetherToAssess")!.Verified);
        Assert.False(rules.Ground(Ground.AbsentFromArea)!.For("decideWhetherToAssess")!.Verified);
        Assert.False(rules.Ground(Ground.OrderAbsentFromArea)!.For("orderFinalPlan")!.Verified);
    }

    [Fact]
    public void A_closure_and_a_missed_appointment_stay_where_the_law_put_them()
    {
        var rules = RuleSet.England2014;

        // Code 9.42: closure never relieves advice; reg 8(2)(c): a missed appointment relieves nothing else.
        Assert.Null(rules.Ground(Ground.SchoolClosed)!.For("advice"));
        Assert.Null(rules.Ground(Ground.EarlyYearsProviderClosed)!.For("advice"));
        Assert.All(rules.Ground(Ground.MissedAppointment)!.Relieves.SelectMany(relief => relief.Rules), key => Assert.StartsWith("advice", key, StringComparison.Ordinal));
    }

    [Fact]
    public void No_ground_of_an_assessment_reaches_a_tribunal_order() =>
        Assert.All(
            RuleSet.England2014.Rules.Where(rule => rule.Row >= 33).SelectMany(rule => rule.RelievedBy),
            ground => Assert.Equal(GroundList.TribunalOrder, RuleSet.England2014.Ground(ground)!.List));

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_in_the_data_shows_when_it_is_loaded(string slip, string path, string value, string expected)
    {
        var document = Document();
        Set(document, path, value);

        var exception = Assert.Throws<InvalidDataException>(() => Load(document.ToJsonString()));

        Assert.True(exception.Message.Contains(expected, StringComparison.Ordinal), $"{slip}: {exception.Message}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\": \"x\"")]
    public void What_is_no_rule_set_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Load(text));

    [Fact]
    public void The_data_as_they_are_load() => Assert.Equal(RuleSet.England2014.Rules.Count, Load(Document().ToJsonString()).Rules.Count);

    private static RuleSet Load(string text) => RuleSet.Parse(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static JsonObject Document()
    {
        using var stream = typeof(RuleSet).Assembly.GetManifestResourceStream("IntegrationHub.Orchestrations.StatutoryClock.england-2014.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static void Set(JsonObject document, string path, string value)
    {
        var steps = path.Split('/');
        var name = steps[0] == "rules" ? "key" : "ground";
        var node = document[steps[0]]!.AsArray().Single(item => (string?)item![name] == steps[1])!.AsObject();
        foreach (var step in steps[2..^1])
        {
            node = node[step]!.AsObject();
        }

        node[steps[^1]] = JsonNode.Parse(value);
    }
}
