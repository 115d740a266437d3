using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Keeping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.Commands;

/// <summary><c>import-under-way</c> from the tables of a council to the case that an officer reads.</summary>
public sealed partial class UnderWayCommandTests : IDisposable
{
    private const string Columns = "assessment,forename,surname,birthdate,nhsnumber,name,relationship,address1,address2,settingkind,setting,settingname,route,receivedon,consultedon,decidedon,familytoldon,caseofficer\n";
    private const string Zelphine = "EHC-1,Zelphine,Quastrow,2016-05-09,999 000 0018,Quennel Ostrabane,mother,12 Wendral Street,ZZ99 3WZ,school,urn:100001,Millbrook,parent,2026-05-04,2026-05-11,2026-05-20,2026-05-21,officer-17\n";
    private const string Faulty = "EHC-2,Orsolin,Vendelmark,2021-11-31,,Ixandra Vendelmark,father,3 Wendral Street,ZZ99 3WZ,none,,,becameResponsible,2026-05-11,,,,\n";
    private const string Thibbaut = "EHC-3,Thibbaut,Corvaine,02/09/2019,,Mirelle Corvaine,mother,5 Wendral Street,ZZ99 3WZ,none,,,becameResponsible,11/05/2026,,,,\n";
    private const string RequestColumns = "assessment,birthdate,kind,agency,agencyname,askedon,arrivedon,cameon\n";
    private const string Medical = "EHC-1,2016-05-09,medical,ods:RX1,Trust,2026-05-21,2026-05-22,2026-06-12\n";

    private static readonly string[] Secrets =
        ["Zelphine", "Quastrow", "2016", "9990000018", "999 000", "Ostrabane", "Wendral", "Orsolin", "Vendelmark", "2021", "Thibbaut", "Corvaine", "2019", "EHC-"];

    private readonly string place = Directory.CreateTempSubdirectory("under-way-").FullName;

    public UnderWayCommandTests()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(
            Path.Combine(Data, CouncilsFile.Name),
            """
            [{ "code": "330", "name": "Council", "socialCare": { "id": "la:330/social-care", "name": "Social care" }, "educationalPsychology": { "id": "la:330/educational-psychology", "name": "Psychology" },
               "icb": { "id": "ods:QHL", "name": "Board" }, "mediationAdviser": "a", "mediationContact": "b", "disagreementResolution": "c", "informationAndAdvice": "d" }]
            """);
    }

    private string Data => Path.Combine(place, "data");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_of_three_children_are_taken_over_and_an_officer_reads_a_case_with_its_limits()
    {
        await WriteAsync(Columns + Zelphine + Faulty + Thibbaut, RequestColumns + Medical);

        var (exit, output, messages) = await RunAsync();
        Assert.Equal((Exit.Failed, "3 assessments, 1 request: 2 could be taken over, 0 already in the hub, 1 left out. Nothing was changed."), (exit, messages));
        Assert.Equal(
            ["place,what,item,case,words", "Assessment 1,could be taken over,,,", "Assessment 3,could be taken over,,,", "Assessment 2,error: not-a-day,birthdate,,Write the day as 2026-02-09 or 09/02/2026."], output);
        Assert.False(File.Exists(Path.Combine(Data, LocalHub.StoreFile)));

        (exit, output, messages) = await RunAsync("--apply --by officer-7");
        Assert.Equal((Exit.Failed, "3 assessments, 1 request: 2 taken over, 0 already in the hub, 1 left out."), (exit, messages));
        var id = Assert.Single(output, line => line.StartsWith("Assessment 1,taken over,,330-", StringComparison.Ordinal)).Split(',')[3];

        (exit, output, _) = await RunAsync("--apply --by officer-7");
        Assert.Equal(Exit.Failed, exit);
        Assert.Contains($"Assessment 1,already in the hub,,{id},", output);

        await using var hub = LocalHub.Build(Options());
        await hub.StartAsync(Stop);
        using var http = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        var council = LocalAuthorityCode.TryParse("330", out var code, out var problem) ? code : throw new InvalidDataException(problem);
        var officer = new HubClient(http, hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.CouncilOfficer, "officer-17", council, null, null)), "officer-17");
        var found = (await officer.GetAsync($"/v1/cases/{id}", Stop)).GetProperty("state");
        Assert.Equal(("Zelphine", "officer-17"), (found.GetProperty("facts").GetProperty("child").GetProperty("givenName").GetString(), found.GetProperty("caseOfficer").GetString()));
        var limits = (await officer.GetAsync($"/v1/cases/{id}/limits", Stop)).EnumerateArray().ToDictionary(limit => limit.GetProperty("key").GetString()!);
        Assert.Equal(("met", "2026-05-21", "2026-06-15"), Read(limits["decideWhetherToAssess"]));
        Assert.Equal(("met", "2026-06-12", "2026-07-03"), Read(limits["advice:medical-1"]));
        Assert.Empty((await officer.GetAsync($"/v1/cases/{id}/effects", Stop)).EnumerateArray());
        Assert.Equal(2, (await officer.GetAsync("/v1/cases", Stop)).GetProperty("items").GetArrayLength());
        Assert.Equal(Exit.Failed, (await RunAsync()).Exit);
        await hub.StopAsync(Stop);
    }

    /// <summary>The first backup of a council that goes live holds cases and no document yet.</summary>
    [Fact]
    public async Task Cases_without_any_document_are_sound_and_can_be_restored()
    {
        var (backup, problems) = (Path.Combine(place, "backup"), new List<string>());
        await WriteAsync(Columns + Zelphine + Thibbaut, RequestColumns + Medical);
        Assert.Equal(Exit.Done, (await RunAsync("--apply --by officer-7")).Exit);

        Assert.Equal(2, await DataCheck.RunAsync(Data, problems.Add, Stop));
        Backup.Make(Data, backup);
        Directory.Delete(Path.Combine(backup, LocalHub.Documents));
        var restored = await Restore.RunAsync(backup, Path.Combine(place, "restored"), problems.Add, Stop);

        Assert.Empty(problems);
        Assert.Equal(2, restored?.Cases);
        Directory.Delete(Path.Combine(Data, LocalHub.Documents));
        Assert.Contains("has no folder documents", Assert.Throws<InvalidDataException>(() => Backup.Make(Data, Path.Combine(place, "later"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_assessments_that_was_cut_off_between_two_lines_is_not_called_complete()
    {
        var (file, elsewhere) = (Path.Combine(place, "moved.jsonl"), Path.Combine(place, "elsewhere"));
        await WriteAsync(Columns + Zelphine + Thibbaut, RequestColumns + Medical);
        Assert.Equal(Exit.Done, (await RunAsync("--apply --by officer-7")).Exit);
        Directory.CreateDirectory(elsewhere);
        File.Copy(Path.Combine(Data, CouncilsFile.Name), Path.Combine(elsewhere, CouncilsFile.Name));
        Assert.Equal(Exit.Done, await MoveAsync($"export --data {Data} --out {file}"));
        var lines = await File.ReadAllLinesAsync(file, Stop);
        Assert.Equal((3, """{"assessments":2}"""), (lines.Length, lines[^1]));

        foreach (var (left, exit) in new[] { (0, Exit.Failed), (1, Exit.Failed), (2, Exit.Failed), (3, Exit.Done), (3, Exit.Done) })
        {
            await File.WriteAllLinesAsync(file, lines[..left], Stop);
            Assert.Equal(exit, await MoveAsync($"import --in {file} --data {elsewhere}"));
        }

        static Task<int> MoveAsync(string words) => new RootCommand { AssessmentsCommand.Make() }.Parse($"assessments {words}").InvokeAsync(null, Stop);
    }

    [Theory]
    [InlineData("EHC-4,2016-05-09,medical,ods:RX1,Trust,2026-05-21,,\n", "request-of-nobody")]
    [InlineData("EHC-3,2016-05-09,medical,ods:RX1,Trust,2026-05-21,,\n", "request-of-another")]
    public async Task A_request_that_may_be_another_childs_prevents_everything(string request, string code)
    {
        await WriteAsync(Columns + Zelphine + Thibbaut, RequestColumns + request);

        var (exit, output, _) = await RunAsync();
        Assert.Equal(Exit.Failed, exit);
        Assert.Contains(output, line => line.StartsWith($"Request 1,error: {code},", StringComparison.Ordinal));

        (exit, output, var messages) = await RunAsync("--apply");
        Assert.Equal((Exit.Failed, 0), (exit, output.Length));
        Assert.Contains("Nothing was changed.", messages, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, LocalHub.StoreFile)));
    }

    [Fact]
    public async Task The_example_of_the_documentation_works_as_written()
    {
        var examples = Examples().Matches(await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "import.md"), Stop)).Select(block => block.Groups[1].Value).ToList();
        Assert.Equal(2, examples.Count);
        await WriteAsync(examples[0], examples[1]);

        Assert.Equal((Exit.Done, "2 assessments, 4 requests: 2 could be taken over, 0 already in the hub, 0 left out. Nothing was changed."), (await RunAsync(isSecret: false)) is var (first, _, said) ? (first, said) : default);
        Assert.Equal((Exit.Done, "2 assessments, 4 requests: 2 taken over, 0 already in the hub, 0 left out."), (await RunAsync("--apply", isSecret: false)) is var (second, _, done) ? (second, done) : default);
        Assert.Equal((Exit.Done, "2 assessments, 4 requests: 0 taken over, 2 already in the hub, 0 left out."), (await RunAsync("--apply", isSecret: false)) is var (third, _, again) ? (third, again) : default);
    }

    [Fact]
    public async Task A_file_that_is_not_such_a_table_is_a_wrong_call_and_a_council_without_its_board_is_refused()
    {
        await WriteAsync(Zelphine, RequestColumns);
        var (exit, output, messages) = await RunAsync();
        Assert.Equal((Exit.WrongCall, 0, ""), (exit, output.Length, messages));

        await WriteAsync(Columns + Zelphine, RequestColumns);
        File.Delete(Path.Combine(Data, CouncilsFile.Name));
        (exit, output, messages) = await RunAsync("--apply");
        Assert.Equal((Exit.Failed, 0), (exit, output.Length));
        Assert.Contains("must name council 330 with its icb", messages, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    private static (string? Standing, string? MetOn, string? Due) Read(JsonElement limit) =>
        (limit.GetProperty("standing").GetString(), limit.GetProperty("metOn").GetString(), limit.GetProperty("due").GetString());

    private async Task WriteAsync(string assessments, string requests)
    {
        await File.WriteAllTextAsync(Path.Combine(place, "a.csv"), assessments, Stop);
        await File.WriteAllTextAsync(Path.Combine(place, "r.csv"), requests, Stop);
    }

    private async Task<(int Exit, string[] Output, string Messages)> RunAsync(string options = "", bool isSecret = true)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var messages = new StringWriter(CultureInfo.InvariantCulture);
        var parsed = new RootCommand { UnderWayCommand.Make() }.Parse($"import-under-way {Path.Combine(place, "a.csv")} {Path.Combine(place, "r.csv")} --council 330 --data {Data} {options}");
        Assert.Empty(parsed.Errors);
        var exit = await Faults.RunAsync(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = messages }, Stop));
        Assert.All(isSecret ? Secrets : [], secret => Assert.DoesNotContain(secret, $"{output}{messages}", StringComparison.OrdinalIgnoreCase));
        return (exit, output.ToString().Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries), messages.ToString().Trim());
    }

    private LocalHubOptions Options() => new()
    {
        Development = true,
        DataDirectory = Data,
        Url = "http://127.0.0.1:0",
        StartEngine = false,
        Add = builder => builder.Logging.ClearProviders(),
    };

    private static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "IntegrationHub.sln")))
        {
            at = Path.GetDirectoryName(at)!;
        }

        return at;
    }

    [GeneratedRegex("^```csv\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Examples();
}
