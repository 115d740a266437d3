using IntegrationHub.Issuer;

// An issuer to try a sign-in with: dotnet run --project tests/Issuer -- --client monitor --secret s3 --port 5005 sub=anna roles=operator
var options = new Dictionary<string, string>();
var claims = new List<(string Name, string Value)>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
    {
        options[args[i][2..]] = args[++i];
    }
    else if (args[i].Split('=', 2) is [var name, var value])
    {
        claims.Add((name, value));
    }
    else
    {
        Console.Error.WriteLine("--client ID [--secret TEXT] [--port N] CLAIM=VALUE ...");
        return 2;
    }
}

await using var issuer = await FakeIssuer.StartAsync(
    [new IssuerClient(options.GetValueOrDefault("client", "hub"), options.GetValueOrDefault("secret"))],
    int.Parse(options.GetValueOrDefault("port", "0"), System.Globalization.CultureInfo.InvariantCulture));
issuer.Person = new Person([.. claims]);
Console.WriteLine($"{issuer.Name} signs everybody in as {string.Join(", ", claims.Select(claim => $"{claim.Name}={claim.Value}"))}. No password is asked. Ctrl+C ends it.");
await issuer.EndedAsync();
return 0;
