using System.Text.Json;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>The program as a newcomer calls it, with right and wrong words.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("hub-program-").FullName;

    [Fact]
    public async Task The_demonstration_leaves_a_plan_with_provenance_that_lives_and_moves_to_a_second_hub()
    {
        var (exit, output, error) = await HubProcess.RunAsync($"demo --json --data \"{data}\"");
        Assert.True(exit == 0, error);
        var answer = JsonElement.Parse(output);
        var files = answer.GetProperty("plan").EnumerateArray().Select(f => f.GetString()!).ToList();
        Assert.Equal([".docx", ".html", ".json"], files.Where(f => f.Contains("/v2-final-", StringComparison.Ordinal)).Select(Path.GetExtension).Order());

        var plan = PlanJson.Read(await File.ReadAllBytesAsync(files.Single(f => f.Contains("/v2-final-", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal)), TestContext.Current.CancellationToken));
        Assert.All(plan.Sections, section => Assert.NotEmpty(section.Lines));
        Assert.All(plan.Sections.SelectMany(s => s.Lines), line => Assert.NotEmpty(line.From.Source));
        Assert.Empty(plan.LeftOut);

        // Without --development the hub that it names would not start.
        Assert.Contains("run serve --development --data", error, StringComparison.Ordinal);

        // The story it promises: reminded and escalated, an exception, a report relied on, and the 20 weeks kept.
        Assert.Contains("was due on 5 March 2026 and is 1 day late", error, StringComparison.Ordinal);
        Assert.Contains("The commissioner was told that medical advice", error, StringComparison.Ordinal);
        Assert.Contains("exception was claimed", error, StringComparison.Ordinal);
        var final = answer.GetProperty("limits").EnumerateArray().Single(l => l.GetProperty("key").GetString() == "finalPlan");
        Assert.Equal("met", final.GetProperty("standing").GetString(), ignoreCase: true);

        // The plan lives: a review whose report is late, an amended plan, three places consulted before the transfer, and another council's hub.
        var limits = answer.GetProperty("limits").EnumerateArray().ToLookup(l => l.GetProperty("key").GetString()!, l => l.GetProperty("standing").GetString());
        Assert.Equal(["metLate", "met"], limits["reviewReport"]);
        Assert.Equal(["met", "met"], limits["amendedFinal"]);
        Assert.All((string[])["firstReview", "phaseTransferPost16", "transferPlan"], key => Assert.Equal("met", Assert.Single(limits[key])));
        Assert.Equal(["met", "met", "met"], limits.Where(l => l.Key.StartsWith("institutionResponse:", StringComparison.Ordinal)).SelectMany(l => l).Skip(1));
        Assert.Contains("the report of the review meeting, with recommendations\" was not met by its last day, 10 May 2027", error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(12, files.Count);
        var second = answer.GetProperty("second");
        Assert.Equal((13, 4, 0), (second.GetProperty("byteEqual").GetInt32(), second.GetProperty("versions").GetInt32(), second.GetProperty("different").GetArrayLength()));
        var arrived = Directory.EnumerateFiles(second.GetProperty("data").GetString()!, "*", SearchOption.AllDirectories).Where(f => f.Contains("attachments", StringComparison.Ordinal)).Select(File.ReadAllBytes).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        Assert.All(files, file => Assert.Contains(Convert.ToHexString(File.ReadAllBytes(file)), arrived));
        Assert.Equal("met", second.GetProperty("limits").EnumerateArray().Single(l => l.GetProperty("key").GetString() == "transferInform").GetProperty("standing").GetString());
        Assert.Equal((0, "1 assessment read in full, 0 problems."), await SaidAsync($"check --data \"{second.GetProperty("data").GetString()}\""));

        // What it left moves to another machine, once and again; what was changed on the way is reported.
        var file = Path.Combine(data, "moved.jsonl");
        var elsewhere = Path.Combine(data, "elsewhere");
        Assert.Equal((0, "1 assessment written."), await SaidAsync($"assessments export --data \"{Path.Combine(data, "demo", "1")}\" --out \"{file}\""));
        Assert.Equal((0, "1 assessment arrived complete, 0 did not."), await SaidAsync($"assessments import --in \"{file}\" --data \"{elsewhere}\""));
        Assert.Equal((0, "1 assessment arrived complete, 0 did not."), await SaidAsync($"assessments import --in \"{file}\" --data \"{elsewhere}\""));
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("Doyle", "Other", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal((1, "0 assessments arrived complete, 1 did not."), await SaidAsync($"assessments import --in \"{file}\" --data \"{elsewhere}\""));

        static async Task<(int Exit, string Output)> SaidAsync(string words)
        {
            var (exit, output, _) = await HubProcess.RunAsync(words);
            return (exit, output.Trim());
        }
    }

    [Fact]
    public async Task Deadlines_answers_line_by_line_and_says_when_one_was_wrong()
    {
        var (exit, output, _) = await HubProcess.RunAsync("deadlines", """{"id":"a","received":"2025-06-02"}""" + "\n");
        Assert.Equal(0, exit);
        Assert.Contains("\"due\":\"2025-07-14\"", output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        (exit, output, _) = await HubProcess.RunAsync("deadlines", "{\"id\":\"b\",\"received\":\"2025-13-02\"}\n{\"id\":\"c\",\"received\":\"2025-06-02\"}\n");
        Assert.Equal(1, exit);
        Assert.Equal(2, output.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Import_reports_each_row_and_each_fault_and_names_no_child()
    {
        const string Person = """
            <Person><Surname>Quastrow</Surname><Forename>Zelphine</Forename><PersonBirthDate>2017-05-09</PersonBirthDate><Sex>F</Sex><Ethnicity>WBRI</Ethnicity><UPNunknown>UN8</UPNunknown>
            <Requests><ReceivedDate>2025-12-02</ReceivedDate><RequestSource>1</RequestSource><RYA>0</RYA><RequestOutcome>A</RequestOutcome><RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal></Requests></Person>
            """;
        var file = Path.Combine(data, "return.xml");
        async Task WriteAsync(string persons) => await File.WriteAllTextAsync(
            file,
            $"<Message><Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails><Source><LEA>330</LEA></Source></Header><Persons>{persons}</Persons></Message>",
            TestContext.Current.CancellationToken);

        await WriteAsync(Person);
        var (exit, output, error) = await HubProcess.RunAsync($"import \"{file}\" --council 330");
        Assert.True(exit == 0, output + error);
        Assert.Contains("Person 1/Requests 1,OpenRequest,,2025-12-02,", output, StringComparison.Ordinal);
        Assert.Contains("1 person, 1 request: 1 could be taken over, 0 only once they are corrected; 0 doubts. Nothing was changed.", error, StringComparison.Ordinal);

        var contacts = Path.Combine(data, "contacts.csv");
        await File.WriteAllTextAsync(contacts, "forename,surname,birthdate,name,relationship\nZelphine,Quastrow,2017-05-09,Quennel Ostrabane,mother\n", TestContext.Current.CancellationToken);
        (exit, output, error) = await HubProcess.RunAsync($"import \"{file}\" --council 330 --contacts \"{contacts}\"");
        Assert.True(exit == 0, output + error);
        Assert.DoesNotContain("who speaks for the child", output, StringComparison.Ordinal);
        Assert.Contains("Contact 1,doubt: no-way-to-write,address1,", output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(contacts, "forename,surname,birthdate,name,relationship\nZelphine,Quastrow,2017-05-10,Quennel Ostrabane,mother\n", TestContext.Current.CancellationToken);
        (exit, output, error) = await HubProcess.RunAsync($"import \"{file}\" --council 330 --contacts \"{contacts}\"");
        Assert.Equal(1, exit);
        Assert.Contains("Contact 1,error: contact-of-nobody,", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Ostrabane", output + error, StringComparison.Ordinal);
        (exit, output, error) = await HubProcess.RunAsync($"import \"{file}\" --council 330 --contacts \"{contacts}\" --apply --data \"{data}\"");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("The contacts have errors", error, StringComparison.Ordinal);

        await WriteAsync(Person + Person.Replace("<RYA>0</RYA>", "<RYA>0</RYA><Colour>x</Colour>", StringComparison.Ordinal));
        (exit, output, error) = await HubProcess.RunAsync($"import \"{file}\" --council 330");
        Assert.Equal(1, exit);
        Assert.Contains("Person 2/Requests 1,error: unknown-element,Colour,", output, StringComparison.Ordinal);
        Assert.Contains("Person 2,error: person-given-twice,", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Quastrow", output + error, StringComparison.Ordinal);

        (exit, output, _) = await HubProcess.RunAsync($"import \"{file}\" --council 331");
        Assert.Equal(1, exit);
        Assert.Contains("error: other-council", output, StringComparison.Ordinal);

        await WriteAsync("<Person>");
        (exit, output, error) = await HubProcess.RunAsync($"import \"{file}\" --council 330");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("not a well-formed XML", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_are_taken_over_once_and_only_where_the_council_has_named_its_board()
    {
        var file = Path.Combine(data, "return.xml");
        await File.WriteAllTextAsync(
            file,
            """
            <Message><Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails><Source><LEA>330</LEA></Source></Header><Persons>
            <Person><Surname>Quastrow</Surname><Forename>Zelphine</Forename><PersonBirthDate>2012-05-09</PersonBirthDate><Sex>F</Sex><Ethnicity>WBRI</Ethnicity><UPNunknown>UN8</UPNunknown>
            <Requests><ReceivedDate>2022-01-10</ReceivedDate><RequestSource>1</RequestSource><RYA>0</RYA><RequestOutcomeDate>2022-02-10</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal>
            <Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2022-05-20</AssessmentOutcomeDate><AssessmentMediation>0</AssessmentMediation><AssessmentTribunal>0</AssessmentTribunal><OtherMediation>0</OtherMediation><OtherTribunal>0</OtherTribunal><Week20>1</Week20>
            <NamedPlan><StartDate>2022-05-20</StartDate><PB>0</PB><OA>0</OA><PlanDetail><URN>100001</URN><PlacementRank>1</PlacementRank><SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlanDetail></NamedPlan></Assessment>
            <ActivePlans><LastReview>2025-05-10</LastReview><PlacementDetail><URN>100001</URN><PlacementRank>1</PlacementRank><EntryDate>2022-09-01</EntryDate><SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlacementDetail><SENneed><SENtype>ASD</SENtype><SENtypeRank>1</SENtypeRank></SENneed></ActivePlans></Requests></Person>
            </Persons></Message>
            """,
            TestContext.Current.CancellationToken);
        var apply = $"import \"{file}\" --council 330 --apply --data \"{data}\" --by officer-1";

        var (exit, output, error) = await HubProcess.RunAsync(apply);
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("must name council 330 with its icb", error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(data, "councils.json"), """[{ "code": "330", "name": "Borough of Exampleton", "socialCare": { "id": "la:330/social-care", "name": "Social care" }, "icb": { "id": "ods:QHL", "name": "Northbridge ICB" } }]""", TestContext.Current.CancellationToken);
        (exit, output, error) = await HubProcess.RunAsync(apply);
        Assert.True(exit == 0, error);
        Assert.Contains("Person 1/Requests 1,Taken,330-", output, StringComparison.Ordinal);
        (exit, output, error) = await HubProcess.RunAsync(apply);
        Assert.True(exit == 0, error);
        Assert.Contains("0 plans taken over, 1 already there", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Quastrow", output + error, StringComparison.Ordinal);

        // The return of the same year is kept, and the cases still report the same.
        (exit, output, error) = await HubProcess.RunAsync($"sen2 changes --year 2026 --data \"{data}\"");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("No return for 2026 is stored", error, StringComparison.Ordinal);
        (exit, output, error) = await HubProcess.RunAsync($"sen2 keep --year 2026 --data \"{data}\" --by manager-1");
        Assert.True(exit == 0, error);
        Assert.Contains("Return 1 of 2026 is kept: 1 person, 0 errors, ", error, StringComparison.Ordinal);
        (exit, output, error) = await HubProcess.RunAsync($"sen2 changes --year 2026 --data \"{data}\"");
        Assert.Equal((0, "case,change,item,before,after"), (exit, output.Trim()));
        Assert.Contains("0 children differ from return 1 of 2026", error, StringComparison.Ordinal);
        (exit, output, error) = await HubProcess.RunAsync($"sen2 build --year 2026 --data \"{data}\" --out \"{Path.Combine(data, "return")}\"");
        Assert.True(exit == 0, error);
        Assert.Contains("<SerialNo>1</SerialNo>", await File.ReadAllTextAsync(Path.Combine(data, "return", "sen2.xml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("Quastrow", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import nowhere.xml --council 330")]
    [InlineData("import . --council 33")]
    [InlineData("token nobody")]
    [InlineData("token agency --agency rubbish")]
    [InlineData("token council-officer")]
    [InlineData("assessments show rubbish")]
    [InlineData("assessments list --council 12")]
    [InlineData("serve --nonsense")]
    [InlineData("demo --data")]
    public async Task A_wrong_call_ends_with_2_and_a_sentence_on_standard_error(string words)
    {
        var (exit, output, error) = await HubProcess.RunAsync(words);
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Without_a_hub_the_list_says_how_to_start_one()
    {
        var (exit, _, error) = await HubProcess.RunAsync($"assessments list --url http://127.0.0.1:1 --data \"{data}\"");
        Assert.Equal(1, exit);
        Assert.Contains("serve", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);
}
