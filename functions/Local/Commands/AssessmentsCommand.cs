using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using Spectre.Console;

namespace IntegrationHub.Local.Commands;

/// <summary>The commands <c>assessments list</c> and <c>assessments show</c> get assessments from the running hub, as an operations reader
/// or an officer.</summary>
internal static class AssessmentsCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Make() => new("assessments", "List or show the assessments of a running hub, or move the assessments of a stopped hub.") { List(), Show(), MovingCommands.Export(), MovingCommands.Import() };

    private static Command List()
    {
        var council = CommonOptions.CouncilIfGiven("Only assessments of this council, as one of its officers sees them.");
        var stage = new Option<string?>("--stage") { Description = "Only assessments at this stage, for example considering or assessing.", HelpName = "STAGE" };
        var limit = new Option<int>("--limit") { Description = "Greatest number of assessments to list (1 to 500).", DefaultValueFactory = _ => 50 };
        var (url, data, json) = (CommonOptions.Url(), CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("list", "List assessments, each with its status in one line.") { council, stage, limit, url, data, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var query = FormattableString.Invariant($"/v1/cases?limit={parsed.GetValue(limit)}");
            query += parsed.GetValue(stage) is { } only ? $"&stage={Uri.EscapeDataString(only)}" : "";
            return AskAsync(parsed.GetRequiredValue(url), parsed.GetRequiredValue(data), parsed.GetValue(council), query, parsed.GetValue(json), WriteList, cancellationToken);
        });
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<string>("id") { Description = "The assessment, for instance 330-7K3M9Q2XH4TD." };
        var (url, data, json) = (CommonOptions.Url(), CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("show", "Show one assessment with its statutory time limits.") { id, url, data, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!AssessmentId.TryParse(parsed.GetRequiredValue(id), out var assessment, out var problem))
            {
                Console.Error.WriteLine(problem);
                return Exit.WrongCall;
            }

            return await AskAsync(
                parsed.GetRequiredValue(url), parsed.GetRequiredValue(data), assessment.Council, $"/v1/cases/{assessment}", parsed.GetValue(json), WriteOne, cancellationToken);
        });
        return command;
    }

    private static async Task<int> AskAsync(
        Uri url, DirectoryInfo data, LocalAuthorityCode? council, string path, bool json, Action<JsonElement> write, CancellationToken cancellationToken)
    {
        var issuer = TokenIssuer.Open(data.FullName, new AccessOptions(), TimeProvider.System);
        var request = new TokenRequest(council is null ? CallerRole.OperationsReader : CallerRole.CouncilOfficer, "command-line", council);
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Issue(request, TimeSpan.FromMinutes(5)));
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                Console.Error.WriteLine($"The hub answered {(int)response.StatusCode}: {Detail(text)}");
                return Exit.Failed;
            }

            var answer = JsonElement.Parse(text);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(answer, Indented));
            }
            else
            {
                write(answer);
            }

            return Exit.Done;
        }
        catch (HttpRequestException unreachable)
        {
            Console.Error.WriteLine($"No hub answers at {url} ({unreachable.HttpRequestError}). Start the hub with: serve");
            return Exit.Failed;
        }
    }

    private static string Detail(string problem)
    {
        try
        {
            return JsonElement.Parse(problem).TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : problem;
        }
        catch (JsonException)
        {
            return problem;
        }
    }

    private static void WriteList(JsonElement answer)
    {
        var table = new Table().AddColumns("Assessment", "Received", "Plan due", "Status").Border(TableBorder.Simple);
        foreach (var item in answer.GetProperty("items").EnumerateArray())
        {
            table.AddRow(Text(item, "id"), Text(item, "receivedOn"), Text(item, "finalPlanDue"), Text(item, "status"));
        }

        AnsiConsole.Write(table);
        if (answer.TryGetProperty("next", out var next))
        {
            Console.Error.WriteLine($"There are more assessments: {next.GetString()}");
        }
    }

    private static void WriteOne(JsonElement answer)
    {
        Console.WriteLine($"{answer.GetProperty("id").GetString()}: {answer.GetProperty("status").GetString()}");
        var table = new Table().AddColumns("Limit", "Due", "Status", "Met on", "Relieved by").Border(TableBorder.Simple);
        foreach (var limit in answer.GetProperty("limits").EnumerateArray())
        {
            var relieved = limit.TryGetProperty("relievedBy", out var grounds) ? string.Join(", ", grounds.EnumerateArray().Select(g => g.GetString())) : "";
            table.AddRow(Text(limit, "key"), Text(limit, "due"), Text(limit, "standing"), Text(limit, "metOn"), Markup.Escape(relieved));
        }

        AnsiConsole.Write(table);
    }

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? Markup.Escape(value.ToString()) : "";
}
