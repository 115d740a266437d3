using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.UnderWay;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using static IntegrationHub.Hub.Tests.Returns.UnderWaySheet;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>The tables of assessments under way: every cell is in the step or is reported, and no report repeats a cell.</summary>
public sealed class UnderWayTablesTests
{
    [Fact]
    public void Everything_that_the_rows_say_is_in_the_steps()
    {
        var tables = Read($"{Zelphine}\r\n,,,\r\n\r\n{Orsolin}", Asked);

        Assert.Empty(tables.Findings);
        Assert.Equal((2, 2, false), (tables.Assessments, tables.Requests, tables.IsDoubtfulWhose));
        Assert.Equal(["Assessment 1", "Assessment 4"], tables.Sound.Select(one => one.Place));
        var (first, second) = (tables.Sound[0], tables.Sound[1]);
        var (step, facts) = (first.Step, first.Step.Facts);
        Assert.Equal(
            ("Zelphine", "Quastrow", new DateOnly(2016, 5, 9), "9990000018", NhsNumberStatus.Verified, "F330100199001", "ZZ99 3WZ"),
            (facts.Child.GivenName, facts.Child.FamilyName, facts.Child.DateOfBirth, facts.Child.NhsNumber!.Value.Value, facts.Child.NhsNumberStatus!.Value, facts.Child.Upn!.Value.Value, facts.Child.Postcode));
        Assert.Equal(
            ("Quennel Ostrabane, OBE", "mother", "12 Wendral Street|ZZ99 3WZ", "cy"), (facts.Family.Name, facts.Family.Relationship, string.Join('|', facts.Family.PostalAddress!), facts.Family.Language));
        Assert.Equal(
            (RequestRoute.Parent, SettingKind.School, "urn:100001", "Millbrook", "ods:QHL", SensoryImpairment.Hearing, true),
            (facts.Route, facts.SettingKind, facts.Setting!.Id.Value, facts.Setting.Name, facts.Icb.Id.Value, facts.SensoryImpairment, facts.ParentServesInArmedForces));
        Assert.Equal(
            (new DateOnly(2025, 11, 3), new(2025, 11, 5), new(2025, 11, 10), "They said \"yes\".", new(2025, 11, 24), "May be necessary.", new(2025, 11, 25)),
            (facts.ReceivedOn, step.PartnersToldOn!.Value, step.ConsultedOn!.Value, step.Summary, step.DecidedOn!.Value, step.Reasons, step.FamilyToldOn!.Value));
        Assert.Equal("Earlier system, case Q-1. a.csv, SHA-256 00; r.csv, SHA-256 11, Assessment 1", step.Source);
        Assert.Equal(["Request 1", "Request 2"], first.RequestPlaces);
        Assert.Equal(new RequestUnderWay(AdviceKind.FamilyViews, new(2025, 11, 25)), step.Requests![0]);
        Assert.Equal(
            (AdviceKind.Medical, "ods:RX1", "Trust", new DateOnly(2025, 11, 25), new(2025, 11, 26), new(2025, 12, 20)),
            (step.Requests[1].Kind, step.Requests[1].Agency!.Id.Value, step.Requests[1].Agency!.Name, step.Requests[1].AskedOn, step.Requests[1].ArrivedOn!.Value, step.Requests[1].CameOn!.Value));
        Assert.Equal(["officer-17", "manager-2"], Assert.IsType<RestrictCase>(first.Then[0]).Officers);
        Assert.Equal("A colleague's child.", ((RestrictCase)first.Then[0]).Reason);
        Assert.Equal(new AssignCaseOfficer("officer-17"), first.Then[1]);
        Assert.Equal("1000000000", Assert.IsType<RecordChildFacts>(first.Then[2]).Uln!.Value.Value);

        Assert.Equal((new DateOnly(2021, 11, 30), SettingKind.None), (second.Step.Facts.Child.DateOfBirth, second.Step.Facts.SettingKind));
        Assert.Empty(second.Step.Requests!);
        Assert.Empty(second.Then);
    }

    [Fact]
    public void A_person_who_works_for_no_organisation_and_the_capacity_and_an_earlier_case_are_read()
    {
        var tables = Read(
            With(Zelphine, ("lackscapacity", "no"), ("capacityassessedon", "2025-11-01"), ("earliercase", "sameChild"), ("earliercasereason", "A further case."), ("earliercaseid", "330-ABCDEFGHJKMN")),
            "Q-1,2016-05-09,other,,,Jo Example,tutor,T-1,jo@example.org,2025-11-25,,,,");

        Assert.Empty(tables.Findings);
        var step = Assert.Single(tables.Sound).Step;
        Assert.Equal(new PersonAsked("Jo Example", "tutor", "jo@example.org", "T-1"), Assert.Single(step.Requests!).Person);
        Assert.Equal(new CapacityRecord(false, new(2025, 11, 1)), step.Facts.Capacity);
        Assert.Equal((EarlierCaseAnswer.SameChild, "A further case.", "330-ABCDEFGHJKMN"), (step.Facts.EarlierCase!.Answer, step.Facts.EarlierCase.Reason, step.Facts.EarlierCase.Case!.Value.Value));
    }

    [Theory]
    [InlineData("forename", "", "missing")]
    [InlineData("assessment", "", "missing")]
    [InlineData("birthdate", "9 May 2016", "not-a-day")]
    [InlineData("decidedon", "24/11/25", "not-a-day")]
    [InlineData("receivedon", "", "missing")]
    [InlineData("nhsnumber", "9990000019", "wrong-number")]
    [InlineData("upn", "A330100199001", "wrong-number")]
    [InlineData("uln", "12", "wrong-number")]
    [InlineData("setting", "100001", "wrong-number")]
    [InlineData("settingname", "", "missing")]
    [InlineData("setting", "", "missing")]
    [InlineData("route", "mother", "unknown-code")]
    [InlineData("settingkind", "2", "unknown-code")]
    [InlineData("language", "fr", "unknown-code")]
    [InlineData("armedforces", "perhaps", "not-a-flag")]
    [InlineData("lackscapacity", "yes", "missing", "capacityassessedon")]
    [InlineData("capacityassessedon", "2025-11-01", "missing", "lackscapacity")]
    [InlineData("restrictedto", "", "missing")]
    [InlineData("restrictionreason", "", "missing")]
    [InlineData("earliercasereason", "Another.", "missing", "earliercase")]
    [InlineData("earliercase", "anotherChild", "missing", "earliercasereason")]
    [InlineData("address2", "", "address-too-short", "address1")]
    [InlineData("name", "", "missing")]
    public void A_cell_that_cannot_be_used_is_named_by_its_column_and_its_row_is_left_out(string column, string value, string code, string? item = null)
    {
        var tables = Read($"{With(Zelphine, (column, value))}\n{Orsolin}");

        var finding = Assert.Single(tables.Findings);
        Assert.Equal(("Assessment 1", item ?? column, code, Sen2Severity.Error), (finding.Place, finding.Item, finding.Code, finding.Severity));
        Assert.Equal(["Assessment 2"], tables.Sound.Select(one => one.Place));
        Assert.False(tables.IsDoubtfulWhose);
    }

    [Theory]
    [InlineData("Q-1,2016-05-09,dental,,,,,,,2025-11-25,,,,", "kind", "unknown-code")]
    [InlineData("Q-1,2016-05-09,medical,ods:RX1,Trust,,,,,,,,,", "askedon", "missing")]
    [InlineData("Q-1,2016-05-09,medical,ods:RX1,Trust,,,,,2025-11-25,soon,,,", "arrivedon", "not-a-day")]
    [InlineData("Q-1,2016-05-09,medical,RX1,Trust,,,,,2025-11-25,,,,", "agency", "wrong-number")]
    [InlineData("Q-1,2016-05-09,other,,,,tutor,,,2025-11-25,,,,", "person", "missing")]
    [InlineData("Q-1,2016-05-09,other,,,Jo,tutor,,,2025-11-25,,,,", "mail", "missing")]
    public void An_error_in_a_request_leaves_its_assessment_out(string request, string column, string code)
    {
        var tables = Read($"{Zelphine}\n{Orsolin}", request);

        Assert.Equal([("Request 1", column, code), ("Assessment 1", null, "request-wrong")], tables.Findings.Select(finding => (finding.Place, finding.Item, finding.Code)));
        Assert.Equal(["Assessment 2"], tables.Sound.Select(one => one.Place));
        Assert.False(tables.IsDoubtfulWhose);
    }

    [Theory]
    [InlineData("Q-9,2016-05-09,familyViews,,,,,,,2025-11-25,,,,", "request-of-nobody")]
    [InlineData(",2016-05-09,familyViews,,,,,,,2025-11-25,,,,", "request-of-nobody")]
    [InlineData("Q-1,2021-11-30,familyViews,,,,,,,2025-11-25,,,,", "request-of-another")]
    [InlineData("Q-1,2016-05-09,familyViews,,,,,,,2025-11-25,,,Orsolin,", "request-of-another")]
    [InlineData("Q-1,2016-05-09,familyViews,,,,,,,2025-11-25,,,,Vendelmark", "request-of-another")]
    [InlineData("Q-1,2016-05-09,familyViews,,,,,,,2025-11-25,,,,,surplus", "too-many-cells")]
    [InlineData("Q-1,2016-05-09,familyViews,,,,,,,2025-11-25", "too-few-cells")]
    [InlineData("Q-1,2016-05-09,familyViews,,,,,,,2025-11-25,,,,\"Quastrow", "wrong-quotes")]
    public void A_request_that_may_be_another_childs_prevents_everything(string request, string code)
    {
        var tables = Read($"{Zelphine}\n{Orsolin}", request);

        Assert.Contains(("Request 1", code), tables.Findings.Select(finding => (finding.Place, finding.Code)));
        Assert.True(tables.IsDoubtfulWhose);
    }

    [Fact]
    public void A_reference_of_two_rows_a_column_that_is_not_known_and_one_that_is_there_twice_prevent_everything()
    {
        var twice = Read($"{Zelphine}\n{With(Orsolin, ("assessment", "q-1"))}");
        Assert.Equal([("Assessment 1", "reference-given-twice"), ("Assessment 2", "reference-given-twice")], twice.Findings.Select(finding => (finding.Place, finding.Code)));
        Assert.Empty(twice.Sound);
        Assert.True(twice.IsDoubtfulWhose);

        var column = Read($"{Orsolin},x", columns: $"{Columns},Doctor");
        Assert.Equal(("Assessments", "doctor", "unknown-column"), (column.Findings.Single().Place, column.Findings.Single().Item, column.Findings.Single().Code));
        Assert.True(column.IsDoubtfulWhose);

        var again = Read($"{Orsolin},Zelphine", columns: $"{Columns},Forename");
        Assert.Equal(("forename", "given-twice"), (again.Findings.Single().Item, again.Findings.Single().Code));
        Assert.True(again.IsDoubtfulWhose);
    }

    [Fact]
    public void A_table_without_a_header_row_is_none_and_its_cells_are_not_repeated()
    {
        var none = Assert.Throws<InvalidDataException>(() => Read(Orsolin, columns: Zelphine));

        Assert.DoesNotContain("Zelphine", none.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("birthdate", none.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Read(Orsolin, requestColumns: ""));
    }

    [Fact]
    public void A_table_that_is_not_in_UTF_8_is_refused_because_a_name_would_lose_a_letter()
    {
        var latin = Encoding.Latin1.GetBytes($"{Columns}\n{With(Orsolin, ("surname", "Vendelm\u00E4rk"))}");

        var refused = Assert.Throws<InvalidDataException>(() => UnderWayTables.Read(Sen2Csv.Text(new MemoryStream(latin)), new StringReader(RequestColumns), Source, Today));
        Assert.Contains("The table of assessments is not encoded in UTF-8", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("number-given-twice", "nhsnumber", "9990000018")]
    [InlineData("number-given-twice", "upn", "F330100199001")]
    [InlineData("number-given-twice", "uln", "1000000000")]
    [InlineData("child-given-twice", "forename", "ZELPHINE Ann", "surname", "Quastrow", "birthdate", "2016-05-09")]
    [InlineData("near-match", "surname", "Quastrow", "birthdate", "2016-05-09")]
    [InlineData(null, "surname", "Quastrow")]
    [InlineData(null, "birthdate", "2016-05-09")]
    public void A_child_who_may_be_in_two_rows_is_taken_from_neither(string? code, params string[] changes)
    {
        var other = With(Orsolin, [.. changes.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        var tables = Read($"{Zelphine}\n{other}");

        Assert.Equal(code is null ? [] : [("Assessment 1", code), ("Assessment 2", code)], tables.Findings.Select(finding => (finding.Place, finding.Code)));
        Assert.Equal(code is null ? 2 : 0, tables.Sound.Count);
        Assert.False(tables.IsDoubtfulWhose);

        // An officer's finding is about two children; a number belongs to one.
        var decided = Read($"{Zelphine}\n{With(other, ("earliercase", "anotherChild"), ("earliercasereason", "Twins."))}");
        Assert.Equal(code == "number-given-twice" ? 0 : 2, decided.Sound.Count);
    }
}
